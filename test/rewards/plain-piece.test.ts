import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainPiece } from '../../src/rewards/plain-piece.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { plainValue } from '../../src/yaml/yaml-node.ts';

/** What YAML reads, with the lists that were taken out in their places. */
function asYaml(text: string): unknown {
  const { root } = readYaml(text);
  return root === null ? null : plainValue(root);
}

function whole(text: string): unknown {
  const piece = plainPiece(text);
  if (piece === null) return null;
  const { members, include, exclude } = piece;
  const lists: Record<string, unknown> = {};
  if (include !== null) lists['include'] = asYaml(include);
  if (exclude !== null) lists['exclude'] = asYaml(exclude);
  return { ...members, ...lists };
}

describe('a campaign in JSON', () => {
  test('says what YAML reads, or is left to it', () => {
    const name = fc.constantFrom('id', 'include', 'exclude', 'types', 'a b', '__proto__', 'x"', 'é');
    const scalar = fc.oneof(
      fc.constantFrom('1', '-0', '0.5', '1e3', 'true', 'null', '12345678901234567890', '007', '"\\u00e9"', '"a\\nb"'),
      fc.string().map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }).map((value) => JSON.stringify(value)),
      fc.constantFrom('"x: [y"', '"include\\":["', '"a\\\\"', '" # no"', '"A1"', '"include"'),
    );
    const list = fc.array(scalar, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`);
    const member = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc
        .tuple(name, fc.constantFrom(':', ': ', ' : '), value)
        .map(([key, colon, text]) => JSON.stringify(key) + colon + text);
    const mapping = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
      fc.array(member(value), { maxLength: 5 }).map((members) => `{${members.join(', ')}}`);
    const text = mapping(fc.oneof(scalar, list, mapping(fc.oneof(scalar, list))));
    let read = 0;
    fc.assert(
      fc.property(text, (campaign) => {
        const plain = whole(campaign);
        if (plain === null) return;
        read += 1;
        expect(plain).toEqual(asYaml(campaign));
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(100);
  });

  test.each([
    ['a name that comes twice', '{"id": "a", "id": "b"}'],
    ['a list that comes twice', '{"include": ["A"], "include": ["B"]}'],
    ['nothing', '{"title": null}'],
    ['an escape', '{"title": "\\u0041"}'],
    ['a comment', '{"id": "a"} # x'],
    ['a list', '["a"]'],
  ])('is left to YAML with %s', (_what, text) => {
    expect(plainPiece(text)).toBeNull();
  });

  test('says numbers as they are written, and leaves lists elsewhere where they are', () => {
    const text = '{"share": 0.10, "a": [1.0, -0, 12345678901234567890], "b": {"include": ["A"]}}';
    expect(plainPiece(text)?.members).toEqual({
      share: '0.10',
      a: ['1.0', '-0', '12345678901234567890'],
      b: { include: ['A'] },
    });
    expect(plainPiece(text)?.include).toBeNull();
  });

  test('keeps lists of terminals as they are written', () => {
    expect(plainPiece('{"id": "a", "types": ["A1"], "exclude": ["A1"], "include":["13001", "13002"]}')).toEqual({
      members: { id: 'a', types: ['A1'], exclude: '', include: '' },
      include: '["13001", "13002"]',
      exclude: '["A1"]',
    });
  });
});
