import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { offsetOf, plainValue, type YamlNode } from '../../src/yaml/yaml-node.ts';

/** What the full parser makes of a text; `null` for a text with errors. */
function full(text: string): unknown {
  const document = parseDocument(text, { schema: 'failsafe', prettyErrors: false, logLevel: 'silent' });
  return document.errors.length > 0 ? null : document.toJS();
}

function plain(node: YamlNode): unknown {
  return JSON.parse(JSON.stringify(plainValue(node)));
}

const word = fc.constantFrom('a', 'ITC-TYPE', 'T031', '0040', 'x y', 'a:b', 'PARI-TYPE:SG,SP=X', '-1', "it's", 'é#é');
const scalar = fc.oneof(
  word.map((text) => (/^[-]|:.*,/.test(text) ? `'${text.replaceAll("'", "''")}'` : text)),
  word.map((text) => `'${text.replaceAll("'", "''")}'`),
  word.map((text) => `"${text}"`),
);
const flow = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar.filter((text) => /^['"]/.test(text) || !/[:,]/.test(text)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b-c', 'T1', '9'), tie('value')), {
        selector: ([key]) => key,
        maxLength: 3,
      })
      .map((pairs) => `{ ${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')} }`),
  ),
})).value;
const block = fc.letrec<{ value: string[] }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(scalar, flow).map((text) => [text]),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b-c', 'T1', '9', 'x.y'), tie('value'), fc.nat(2)), {
        selector: ([key]) => key,
        minLength: 1,
        maxLength: 4,
      })
      .map((pairs) =>
        pairs.flatMap(([key, lines, comment]) => [
          ...(comment === 1 ? ['', '  # a comment: - here'] : []),
          ...(lines.length === 1
            ? [`${key}: ${lines[0]}${comment === 2 ? ' # why' : ''}`]
            : [`${key}:`, ...indent(lines)]),
        ]),
      ),
    fc
      .array(tie('value'), { minLength: 2, maxLength: 3 })
      .map((items) => items.flatMap((lines) => [`- ${lines[0]}`, ...indent(lines.slice(1))])),
  ),
})).value;

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`));
}

describe('reading YAML', () => {
  test('gives what another reader of YAML gives', () => {
    fc.assert(
      fc.property(block, (lines) => {
        const text = `${lines.join('\n')}\n`;
        const { root, mistake } = readYaml(text);
        const expected = full(text);
        if (expected === null) expect({ text, root }).toEqual({ text, root: null });
        else expect({ text, mistake, value: root && plain(root) }).toEqual({ text, mistake: null, value: expected });
      }),
      { numRuns: 500 },
    );
  });

  test('knows where everything stands', () => {
    const text = 'a:\n  b: [x, { c: y }]\n  "d":\n    - e: \'z\'\n';
    const { root } = readYaml(text);
    const at = (path: readonly PropertyKey[]): string =>
      root === null ? '' : text.slice(offsetOf(root, path), offsetOf(root, path) + 3);
    expect([['a'], ['a', 'b'], ['a', 'b', 1], ['a', 'b', 1, 'c'], ['a', 'd'], ['a', 'd', 0, 'e']].map(at)).toEqual([
      'a:\n',
      'b: ',
      '{ c',
      'c: ',
      '"d"',
      'e: ',
    ]);
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readYaml(text);
      }),
      { numRuns: 300 },
    );
    expect(readYaml(`a: &a [*a]\n`).mistake?.message).toBe('the alias has no anchor');
  });

  const mistake = (text: string): string => readYaml(text).mistake?.message ?? '';

  test('refuses duplicate keys, endless aliases, deep nesting and keys that are no text', () => {
    expect(mistake('a: 1\na: 2\n')).toContain('unique');
    expect(mistake(`a: &a x\nb: [${'*a, '.repeat(101)}]\n`)).toBe('more than 100 aliases');
    expect(mistake('['.repeat(100_000))).not.toBe('');
    expect(mistake(`${'['.repeat(50)}x${']'.repeat(50)}`)).toContain('nesting');
    expect(mistake('? [a]\n: b\n')).toBe('a key is a plain text');
    expect(mistake('a: *b\n')).not.toBe('');
  });

  test('repeats no more than so many values, however aliases multiply', () => {
    const levels = Array.from({ length: 20 }, (_, level) => {
      const item = level === 0 ? 'x' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 5 }, () => item).join(', ')}]`;
    });
    expect(mistake(`${levels.join('\n')}\n`)).toMatch(/more than|deeper/);
  });

  test('takes every scalar as the text it is', () => {
    const { root } = readYaml('a: 0040\nb: true\nc:\nd: !!str 1\n"e": ~\n');
    expect(root && plain(root)).toEqual({ a: '0040', b: 'true', c: '', d: '1', e: '~' });
  });
});
