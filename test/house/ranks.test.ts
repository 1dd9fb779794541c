import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Finding, lintTree } from './lint-tree.ts';
import { mayImport, ranks } from './rank-table.ts';

const source = fileURLToPath(new URL('../../src', import.meta.url));
const isFile = (name: string): boolean => name.endsWith('.ts');

/** A file of a folder or the top-level file itself, and one deeper where there can be one. */
const inside = (name: string, file: string): string => (isFile(name) ? name : `${name}/${file}`);

const of = (findings: readonly Finding[], rule: string): readonly string[] =>
  findings.filter((finding) => finding.rule === rule).map(({ file, line }) => `${file}:${line}`);

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

describe('the rank rule', () => {
  test('is enforced between any two folders or files of the table, at any depth', () => {
    const files: Record<string, string> = {};
    const expected: string[] = [];
    for (const from of ranks.keys()) {
      for (const file of isFile(from) ? [from] : [`${from}/importer.ts`, `${from}/deeper/importer.ts`]) {
        const lines = [...ranks.keys()]
          .filter((to) => to !== from)
          .flatMap((to) =>
            [inside(to, 'target.ts'), ...(isFile(to) ? [] : [`${to}/deeper/target.ts`])].map(
              (path) => [to, path] as const,
            ),
          );
        files[`src/${file}`] = lines.map(([, path]) => `import '${relative(file, path)}';\n`).join('');
        for (const [index, [to]] of lines.entries())
          if (!mayImport(from, to)) expected.push(`src/${file}:${index + 1}`);
      }
    }
    expect([...of(lintTree(files), 'noRestrictedImports')].sort()).toEqual(expected.sort());
  });

  test('holds for every form of import, types too, and for the package’s own name', () => {
    const findings = lintTree({
      'src/codec/compile.ts': 'export const x = 1;\nexport type T = number;\n',
      'src/ebcdic/page.ts': [
        "import { x } from '../codec/compile.ts';",
        "import type { T } from '../codec/compile.ts';",
        "export { x as again } from '../codec/compile.ts';",
        "export type { T as Again } from '../codec/compile.ts';",
        "export const later = import('../codec/compile.ts');",
        "import './../codec/compile.ts';",
        "import '../../src/codec/compile.ts';",
        "import 'overpunch/codec';",
        "import 'overpunch';",
        "import '../../dist/codec/compile.js';",
        'export const used: T = x;',
      ].join('\n'),
    });
    const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((line) => `src/ebcdic/page.ts:${line}`);
    expect(of(findings, 'noRestrictedImports')).toEqual(lines);
    expect(
      findings.filter(({ rule }) => rule === 'noRestrictedImports').every(({ severity }) => severity === 'error'),
    ).toBe(true);
  });

  test('covers every folder and file that src has', () => {
    expect(readdirSync(source).filter((name) => !ranks.has(name))).toEqual([]);
  });

  test('holds in src, counted without the linter', () => {
    const wrong: string[] = [];
    for (const path of readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(isFile)) {
      const file = path.replaceAll('\\', '/');
      const text = readFileSync(join(source, path), 'utf8');
      for (const [, specifier = ''] of text.matchAll(
        /(?:\bfrom|\bimport|\bimport\(|\brequire\()\s*['"](\.[^'"]*)['"]/g,
      )) {
        const target = posix.join(posix.dirname(file), specifier);
        if (!mayImport(file.split('/')[0] ?? '', target.split('/')[0] ?? '')) wrong.push(`${file} imports ${target}`);
      }
      if (/biome-ignore.*(?:noRestrictedImports|noImportCycles)/.test(text))
        wrong.push(`${file} switches the rule off`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the cycle rule', () => {
  test('finds two files that import each other', () => {
    const findings = lintTree({
      'src/copybook/lexer.ts': "import { parse } from './parser.ts';\nexport const lex = (): unknown => parse;\n",
      'src/copybook/parser.ts': "import { lex } from './lexer.ts';\nexport const parse = (): unknown => lex;\n",
      'src/copybook/token.ts': "export { lex } from './lexer.ts';\n",
    });
    expect(of(findings, 'noImportCycles')).toEqual(['src/copybook/lexer.ts:1', 'src/copybook/parser.ts:1']);
    expect(findings.every(({ severity }) => severity === 'error')).toBe(true);
  });

  test('finds a longer cycle, and one of types alone', () => {
    const findings = lintTree({
      'src/copybook/a.ts': "import type { B } from './b.ts';\nexport type A = B[];\n",
      'src/copybook/b.ts': "import type { C } from './c.ts';\nexport type B = C[];\n",
      'src/copybook/c.ts': "import type { A } from './a.ts';\nexport type C = A | 1;\n",
    });
    expect(of(findings, 'noImportCycles')).toEqual(['a', 'b', 'c'].map((name) => `src/copybook/${name}.ts:1`));
  });

  test('accepts files in order', () => {
    const findings = lintTree({
      'src/bytes/cursor.ts': 'export const cursor = 1;\n',
      'src/ebcdic/page.ts': "import { cursor } from '../bytes/cursor.ts';\n\nexport const page = cursor;\n",
      'src/codec/decode.ts': "import { page } from '../ebcdic/page.ts';\n\nexport const decode = page;\n",
    });
    expect(findings).toEqual([]);
  });
});
