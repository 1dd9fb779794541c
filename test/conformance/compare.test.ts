import { describe, expect, it } from 'vitest';
import type { Actual, ActualLeaf, ActualValue } from './actual.ts';
import { type CompareOptions, compareRow, countValues } from './compare.ts';
import { ExactNumber, ExactObject, parseExactJson } from './exact-json.ts';

const plain: CompareOptions = {
  listedOnly: false,
  ignore: new Set(),
  absentIsZero: false,
  rawSuffix: null,
  choices: false,
};

function leaf(
  name: string,
  value: ActualValue | null,
  bytes = '',
  numeric = value !== null && value.type !== 'text',
): ActualLeaf {
  return { kind: 'leaf', name, numeric, value, bytes, cut: false };
}
const text = (name: string, value: string, bytes = ''): Actual => leaf(name, { type: 'text', text: value }, bytes);
const number = (name: string, digits: string, beyondPicture = false): Actual =>
  leaf(name, { type: 'number', digits, beyondPicture });
const group = (name: string, ...members: Actual[]): Actual => ({ kind: 'group', name, members });
const table = (name: string, ...entries: Actual[]): Actual => ({ kind: 'table', name, entries });
const hidden = (name: string): Actual => ({ kind: 'hidden', name });

function differences(row: string, actual: readonly Actual[], options: Partial<CompareOptions> = {}) {
  const expected = parseExactJson(row);
  if (!(expected instanceof ExactObject)) throw new TypeError('a row is an object');
  return compareRow(expected, actual, { ...plain, ...options });
}

const paths = (row: string, actual: readonly Actual[], options: Partial<CompareOptions> = {}) =>
  differences(row, actual, options).map(({ path }) => path);

describe('names', () => {
  it('are equal without hyphens, underscores and case, in any order', () => {
    expect(differences('{"b_c":"x","A1":"y"}', [text('A-1', 'y'), text('B-C', 'x')])).toEqual([]);
  });

  it('that the copybook does not have fail only with a value', () => {
    expect(differences('{"GONE":"","GONE2":null,"GONE3":{"A":[]}}', [])).toEqual([]);
    expect(differences('{"GONE":{"A":[1,""]}}', [])).toEqual([
      { path: 'GONE.A(1)', expected: new ExactNumber('1'), got: null, bytes: '' },
    ]);
  });

  it('that stand twice are paired in order when the row has them twice', () => {
    expect(paths('{"A":"x","A":"y"}', [text('A', 'x'), text('A', 'y')])).toEqual([]);
    expect(paths('{"A":"y","A":"x"}', [text('A', 'x'), text('A', 'y')])).toEqual(['A', 'A']);
  });

  it('that stand twice in the copybook are met by whichever item is there', () => {
    expect(paths('{"A":"x"}', [hidden('A'), text('A', 'x')])).toEqual([]);
    expect(paths('{"A":"z"}', [text('A', 'x'), text('A', 'y')])).toEqual(['A']);
  });

  it('like __proto__ are names like any other', () => {
    expect(paths('{"__proto__":"x"}', [text('__PROTO__', 'x')])).toEqual([]);
    expect(paths('{"__proto__":"y","constructor":"z"}', [text('__PROTO__', 'x')])).toEqual([
      'constructor',
      '__PROTO__',
    ]);
  });
});

describe('empties', () => {
  const absent = leaf('A', null, '40', true);

  it.each(['{}', '{"A":null}', '{"A":""}', '{"A":{}}', '{"A":[]}', '{"A":[null,""]}'])(
    '%s equals an absent item',
    (row) => {
      expect(differences(row, [absent])).toEqual([]);
    },
  );

  it('never equal a value', () => {
    expect(differences('{}', [text('A', 'x', 'A7')])).toEqual([{ path: 'A', expected: null, got: 'x', bytes: 'A7' }]);
    expect(paths('{"A":""}', [number('A', '0')])).toEqual(['A']);
    expect(paths('{"A":0}', [absent])).toEqual(['A']);
    expect(paths('{"A":" "}', [text('A', '')])).toEqual(['A']);
  });

  it('are looked for item by item in groups and tables that are not listed', () => {
    const row = [group('G', text('A', ''), text('B', 'x'), table('T', number('C', '1'), absent))];
    expect(paths('{}', row)).toEqual(['G.B', 'G.T(1)']);
  });

  it('let a binary item stand that holds more digits than its picture', () => {
    expect(differences('{"A":null}', [number('A', '10000', true)])).toEqual([]);
    expect(paths('{"A":1}', [number('A', '10000', true)])).toEqual(['A']);
  });

  it('hold for what a view rule hides, and nothing else does', () => {
    expect(differences('{"V":{"A":""}}', [hidden('V')])).toEqual([]);
    expect(paths('{"V":{"A":"","B":"x"}}', [hidden('V')])).toEqual(['V.B']);
  });
});

describe('numbers', () => {
  it('are compared as decimals, never as doubles', () => {
    expect(differences('{"A":5.00,"B":1e3,"C":-0}', [number('A', '5'), number('B', '1000'), number('C', '0')])).toEqual(
      [],
    );
    expect(differences('{"A":9007199254740993}', [number('A', '9007199254740992')])).toEqual([
      { path: 'A', expected: new ExactNumber('9007199254740993'), got: new ExactNumber('9007199254740992'), bytes: '' },
    ]);
  });

  it('of floating point are equal within a relative 1e-6', () => {
    const float = (digits: string): Actual => leaf('F', { type: 'float', digits });
    expect(paths('{"F":0.1000000001}', [float('0.1')])).toEqual([]);
    expect(paths('{"F":0.10001}', [float('0.1')])).toEqual(['F']);
    expect(paths('{"F":0}', [float('1e-70')])).toEqual(['F']);
  });

  it('that are absent equal 0 only where the case says so', () => {
    const absent = leaf('A', null, '', true);
    expect(paths('{"A":0.00}', [absent], { absentIsZero: true })).toEqual([]);
    expect(paths('{"A":1}', [absent], { absentIsZero: true })).toEqual(['A']);
    expect(paths('{"A":0}', [leaf('A', null, '', false)], { absentIsZero: true })).toEqual(['A']);
    expect(paths('{"V":{"A":0}}', [hidden('V')], { absentIsZero: true })).toEqual([]);
    expect(paths('{"GONE":0}', [], { absentIsZero: true })).toEqual(['GONE']);
  });

  it('of edited items are compared as text or by meaning, as the row has them', () => {
    const edited: Actual = leaf('E', { type: 'edited', text: '1,234.50CR', number: '-1234.5' });
    expect(paths('{"E":-1234.50}', [edited])).toEqual([]);
    expect(paths('{"E":"1,234.50CR"}', [edited])).toEqual([]);
    expect(paths('{"E":1234.50}', [edited])).toEqual(['E']);
    expect(paths('{"E":null}', [leaf('E', { type: 'edited', text: '***', number: null })])).toEqual([]);
  });
});

describe('tables', () => {
  it('have the same number of entries, in order', () => {
    const entries = [text('T', 'x'), text('T', 'y')];
    expect(paths('{"T":["x","y"]}', [table('T', ...entries)])).toEqual([]);
    expect(paths('{"T":["y","x"]}', [table('T', ...entries)])).toEqual(['T(1)', 'T(2)']);
    expect(differences('{"T":["x"]}', [table('T', ...entries)])).toEqual([
      { path: 'T', expected: '1 entry', got: '2 entries', bytes: '' },
    ]);
  });

  it('name the entry and the item that is wrong', () => {
    const row = [table('T', group('T', text('A', 'x')), group('T', text('A', 'y', 'A8')))];
    expect(differences('{"T":[{"A":"x"},{"A":"z"}]}', row)).toEqual([
      { path: 'T(2).A', expected: 'z', got: 'y', bytes: 'A8' },
    ]);
  });

  it('are not groups, and groups not tables', () => {
    expect(paths('{"T":{"A":"x"}}', [table('T', text('T', 'x'))])).toEqual(['T']);
    expect(paths('{"G":["x"]}', [group('G', text('A', 'x'))])).toEqual(['G']);
    expect(paths('{"A":["x"],"B":{"C":1},"D":true}', [text('A', 'x'), number('B', '1'), number('D', '1')])).toEqual([
      'A',
      'B',
      'D',
    ]);
  });
});

describe('the options', () => {
  it('listed: items that are not listed are not looked at', () => {
    const row = [text('A', 'x'), text('B', 'y'), group('G', text('C', 'z'))];
    expect(paths('{"A":"x","G":{}}', row, { listedOnly: true })).toEqual([]);
    expect(paths('{"A":""}', row, { listedOnly: true })).toEqual(['A']);
  });

  it('ignore: neither value nor presence, wherever they stand', () => {
    const row = [text('A-B', 'x'), group('G', text('A-B', 'y'), text('C', 'z'))];
    expect(paths('{"a_b":"q","G":{"C":"z"},"OTHER":{"AB":1}}', row, { ignore: new Set(['ab']) })).toEqual([]);
  });

  it('raw suffix: the row holds the bytes of every elementary item', () => {
    const row = [
      text('A', 'x', 'A7'),
      table('T', text('T', 'y', 'A8'), text('T', 'z', 'A9')),
      group('G', text('B', 'w', 'A6')),
    ];
    const rows = { rawSuffix: '_raw' };
    expect(
      paths('{"A":"x","A_raw":"A7","T":["y","z"],"T_raw":["A8","A9"],"G":{"B":"w","B_raw":"A6"}}', row, rows),
    ).toEqual([]);
    expect(differences('{"A":"x","A_raw":"A8","T":["y","z"],"T_raw":["A8"],"G":{"B":"w"}}', row, rows)).toEqual([
      { path: 'A_raw', expected: 'A8', got: 'A7', bytes: 'A7' },
      { path: 'T_raw', expected: '1 entry', got: '2 entries', bytes: '' },
      { path: 'G.B_raw', expected: null, got: 'A6', bytes: 'A6' },
    ]);
  });

  it('choices: an object that is no item only groups the views of one place', () => {
    const row = [group('ITEM-1', text('NAME', 'x'))];
    const options = { choices: true, listedOnly: true };
    expect(paths('{"item1Choice":{"item1":{"name":"x"}}}', row, options)).toEqual([]);
    expect(paths('{"item1Choice":{"item1":{"name":"y"}}}', row, options)).toEqual(['ITEM-1.NAME']);
    expect(paths('{"nameChoice":{"a":"x"}}', [group('NAME-CHOICE', text('A', 'x'))], options)).toEqual([]);
  });
});

describe('values', () => {
  it('are counted one by one, empty ones too, ignored ones not', () => {
    expect(countValues(parseExactJson('{"A":1,"B":{"C":"","D":[1,null,{"E":1}]},"F":{}}'), new Set(['a']))).toBe(4);
  });
});
