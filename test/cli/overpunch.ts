import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

/** The folder with the fixtures of the command line. */
export const fixtures: string = fileURLToPath(new URL('fixtures/cli', root));

/** Let the command be what the sources say. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('scripts/build.js', root))], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

/** Build, and make a folder that is empty but for `overpunch`, which is the command. */
export function workFolder(): { folder: string; environment: Record<string, string | undefined> } {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-cli-'));
  const command = fileURLToPath(new URL('bin/overpunch.js', root));
  writeFileSync(join(folder, 'overpunch'), `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`, {
    mode: 0o755,
  });
  const environment: Record<string, string | undefined> = { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
  delete environment['OVERPUNCH_DEBUG'];
  return { folder, environment };
}
