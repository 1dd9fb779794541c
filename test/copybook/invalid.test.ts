import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import { fileCopyLibrary } from '../../src/copybook/file-copy-library.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';

// Each fixture says in its first comment line what it must produce: `* expect: CODE LINE:COLUMN`.
const folder = fileURLToPath(new URL('../../fixtures/copybooks/invalid/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.cpy'));

function errorOf(file: string): CopybookError | null {
  try {
    const library = fileCopyLibrary({ folders: [folder] });
    layoutOf(parseCopybook(readFileSync(folder + file, 'utf8'), { file, library }));
  } catch (error) {
    if (error instanceof CopybookError) return error;
    throw error;
  }
  return null;
}

describe('an invalid copybook', () => {
  it('comes in at least 60 kinds', () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
  });

  it.each(files)('%s gets the diagnostic it names', (file) => {
    const expected = /^ *\* expect: (\S+ \d+:\d+)\n/.exec(readFileSync(folder + file, 'utf8'))?.[1];
    const error = errorOf(file);
    expect(error?.diagnostic.expected, 'says what was expected').toBeTruthy();
    expect(error?.hint, 'says what to do').toBeTruthy();
    const { code, position } = error?.diagnostic ?? { code: 'none', position: { line: 0, column: 0 } };
    expect(`${code} ${position.line}:${position.column}`).toBe(expected);
    expect(error?.message).toContain(`${file}:${position.line}:${position.column}: ${code}: `);
  });
});
