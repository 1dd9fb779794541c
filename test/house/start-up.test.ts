import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './tracked-files.ts';

/** What a statement that stands at the start of a line imports when its file is loaded: types are erased. */
const statement = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm;

function importsOf(file: string): readonly string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(statement)].map(([, name = '']) => name);
}

/** Everything that is loaded with a file of the source: paths from the root, names of packages and built-in modules. */
function loadedWith(file: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const name of importsOf(path)) {
      if (name.startsWith('.')) visit(posix.join(posix.dirname(path), name));
      else loaded.add(name);
    }
  };
  visit(file);
  return loaded;
}

describe('the start of the command', () => {
  const loaded = [...loadedWith('src/cli/main.ts')];

  test('is all that a plain decode needs', () => {
    expect(loaded).toEqual(expect.arrayContaining(['src/cli/decode-command.ts', 'src/cli/decode-run.ts', 'node:fs']));
    expect(loaded).toEqual(expect.arrayContaining(['src/copybook/parse-copybook.ts', 'src/codec/create-codec.ts']));
  });

  test('loads no package', () => {
    expect(loaded.filter((name) => !name.startsWith('src/') && !name.startsWith('node:'))).toEqual([]);
  });

  test('loads only those built-in modules that Node.js has loaded anyway, or that any decode needs', () => {
    const expected = ['fs', 'fs/promises', 'module', 'path', 'timers/promises', 'util'];
    expect(loaded.filter((name) => name.startsWith('node:')).sort()).toEqual(expected.map((name) => `node:${name}`));
  });

  test('leaves other commands, catalogs and the compiled decoder to those who need them', () => {
    const folders = ['codec/compiled', 'compare', 'golden', 'rewards', 'runtime', 'schema', 'sinks', 'sources'];
    const foreign = [...folders, 'state', 'streams', 'traffic', 'yaml'].map((folder) => `src/${folder}/`);
    const commands = loaded.filter((name) => /^src\/cli\/.*(?:(?<!\/run)-command|yargs.*|-worker)\.ts$/.test(name));
    expect(commands).toEqual(['src/cli/decode-command.ts']);
    expect(loaded.filter((name) => foreign.some((folder) => name.startsWith(folder)))).toEqual([]);
    const settings = loaded.filter((name) => /^src\/(?:frames\/catalog|settings)\//.test(name));
    const small = ['src/frames/catalog/catalog.ts', 'src/settings/duration.ts', 'src/settings/io-error.ts'];
    expect(settings.sort()).toEqual(small); // words that options take, and what is said of a file
    expect(loaded.filter((name) => name.startsWith('src/frames/header/'))).toEqual([]);
  });

  test('is one file, joined when the command is built', () => {
    const staticImport = /\bfrom\s*"(\.[^"]+)"|\bimport\s*"(\.[^"]+)"/g;
    const importsIn = (file: string): readonly string[] =>
      [...readFileSync(join(root, 'dist/cli', file), 'utf8').matchAll(staticImport)].map(
        ([, from, alone]) => from ?? alone ?? '',
      );
    const [start, ...others] = importsIn('main.js');
    expect(others).toEqual([]);
    expect(start).toMatch(/^\.\/chunk-[0-9A-Z]{8}\.js$/);
    expect(importsIn(start ?? '')).toEqual([]);
  });
});
