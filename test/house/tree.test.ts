import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, trackedFiles } from './tracked-files.ts';

const files = trackedFiles();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const isCode = (path: string): boolean => /\.(?:ts|js)$/.test(path) && !path.startsWith('fixtures/');

/** Files that may be longer than 400 lines, and why. */
const long: Readonly<Record<string, string>> = {};

describe('the tree', () => {
  test('has no file of code over 400 lines, but those listed with their reason', () => {
    const over = files.filter((path) => isCode(path) && read(path).split('\n').length - 1 > 400);
    expect(over.sort()).toEqual(Object.keys(long).sort());
  });

  test('names a file for the one thing in it, in kebab-case', () => {
    const catchAll = /^(?:utils?|helpers?|commons?|types?|managers?|misc|shared|lib)$/;
    const names = files.filter(isCode).map((path) => ({ path, name: basename(path).replace(/\..*$/, '') }));
    const wrong = names.filter(({ name }) => catchAll.test(name) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('makes nothing public by export *', () => {
    expect(files.filter((path) => path.startsWith('src/') && /^export \*/m.test(read(path)))).toEqual([]);
  });

  test('knows no path of one machine and nothing beside itself', () => {
    // An absolute path of Unix or Windows; a folder beside the checkout, which only .ci/run looks for.
    const places = /(?<![\w.}])\/(?:home|Users|root|work|tmp|opt|mnt)\/|\b[A-Z]:\\\\?Users|\.\.\/shared\b/;
    const text = files.filter((path) => /\.(?:ts|js|json|jsonl|md|cpy|cbl|txt|sh|ya?ml)$|^\.ci\//.test(path));
    const wrong = text.filter(
      (path) => path !== '.ci/run' && path !== 'test/house/tree.test.ts' && places.test(read(path)),
    );
    expect(wrong).toEqual([]);
  });

  test('leaves nothing marked as unfinished', () => {
    const marks = /\b(?:TODO|FIXME|HACK)\b/;
    expect(
      files.filter((path) => isCode(path) && path !== 'test/house/tree.test.ts' && marks.test(read(path))),
    ).toEqual([]);
  });
});
