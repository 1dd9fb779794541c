import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { workFolder } from '../cli/overpunch.ts';
import { root } from './tracked-files.ts';

const page = join(root, 'docs/catalog.md');
/** Commands with what they print, or the catalog that the reader has by then. */
const step = /```console\n([^`]*)```|```yaml\n# catalog\.yaml\n([^`]*)```/g;
const command = /^\$ (?:.*\\\n)*.*\n/gm;

const { folder, environment } = workFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** What a terminal would show: standard output, then the messages. */
function run(line: string): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', line], {
    cwd: folder,
    env: { ...environment, OVERPUNCH: root, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return (stdout + stderr).replaceAll('\r\n', '\n').replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s');
}

/** Go through the page as its reader does; a run starts from an empty folder. */
function followed(text: string): string {
  return text.replace(step, (whole, commands: string | undefined, catalog: string | undefined) => {
    if (commands === undefined) {
      writeFileSync(join(folder, 'catalog.yaml'), catalog ?? '');
      return whole;
    }
    const shown = [...commands.matchAll(command)].map(([line]) => line + run(line.slice(2)));
    return `\`\`\`console\n${shown.join('')}\`\`\``;
  });
}

describe('docs/catalog.md', () => {
  // UPDATE_TRANSCRIPTS=1 writes what is printed now.
  const text = readFileSync(page, 'utf8');
  const now = followed(text);
  if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(page, now);

  test('has a worked example', () => {
    expect([...text.matchAll(step)].length).toBeGreaterThanOrEqual(8);
  });

  test('shows what its commands print', () => {
    expect(now).toBe(process.env['UPDATE_TRANSCRIPTS'] === '1' ? now : text);
  });
});
