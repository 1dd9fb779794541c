import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One finding of the linter: the file (as given), its rule without the group (`noImportCycles`), and the line. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly line: number;
  readonly severity: string;
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

/**
 * Write files (path → text) into a temporary folder beside the checkout's own biome.json and package.json, lint them there,
 * and remove the folder.
 */
export function lintTree(files: Readonly<Record<string, string>>): readonly Finding[] {
  const folder = mkdtempSync(join(tmpdir(), 'overpunch-lint-'));
  try {
    for (const name of ['biome.json', 'package.json']) copyFileSync(join(root, name), join(folder, name));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const flags = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...flags], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26, // 64 MiB
    });
    if (!stdout.startsWith('{')) throw new Error(`biome gave no report: ${stderr}`);
    const report = JSON.parse(stdout) as Report;
    return report.diagnostics.map(({ category, severity, location }) => ({
      file: location.path.replaceAll('\\', '/'),
      rule: category.split('/').at(-1) ?? category,
      line: location.start.line,
      severity,
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
