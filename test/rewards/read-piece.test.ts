import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPiece } from '../../src/rewards/read-piece.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';

describe('a piece of a file', () => {
  test('reads as the parser reads it, whatever stands around long lists', () => {
    const words = fc
      .array(fc.constantFrom('13001', '"13002"', 'A1', 'null', '"x"'), { minLength: 14, maxLength: 40 })
      .chain((list) => fc.constantFrom(', ', ',', ',\n      ', ',\t').map((comma) => `[${list.join(comma)}]`));
    const around = fc.constantFrom(
      'a: LIST',
      '- a: LIST\n  b: LIST # LIST',
      'a: "x LIST y"',
      "a: 'LIST'",
      'a: |\n      LIST\nb: LIST',
      'a: x LIST',
      'a: [LIST, {b: LIST}]',
      '{"a": LIST, "b": "LIST"}',
      '# LIST\na: b',
      'LIST: a',
      'a: LISTLIST',
      '&a LIST',
      'a: !!seq LIST',
      'a: *LIST',
    );
    fc.assert(
      fc.property(around, fc.array(words, { minLength: 3, maxLength: 3 }), (text, lists) => {
        let next = 0;
        const written = text.replaceAll('LIST', () => lists[next++ % 3] ?? '');
        const read = readPiece(written);
        const { root } = readYaml(written);
        if (written.includes('*')) expect(read).toBeNull();
        else expect(read).toEqual(root);
      }),
      { numRuns: 300 },
    );
  });
});
