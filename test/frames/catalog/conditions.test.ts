import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileEvents } from '../../../src/frames/catalog/compile-events.ts';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { SettingsError } from '../../../src/settings/settings-error.ts';
import { catalogText, writeProtocol } from './protocol.ts';

const question = `       01  Q1.
           05  Q1-NAME         PIC X(8).
           05  Q1-KIND         PIC X.
           05  Q1-DATA         PIC X(6).
           05  Q1-NUMBER REDEFINES Q1-DATA PIC 9(6).
           05  A_B             PIC 9.
           05  A-B             PIC 9.
           05  Q1-AMOUNT       PIC S9(5)V99 COMP-3.
           05  Q1-LONG         PIC 9(18).
           05  Q1-EXACT        PIC 9(16)V99.
           05  Q1-BITS         PIC 9(4).
           05  X               PIC 9.
           05  PACKAGE         PIC 9.
           05  LEFT-ONE.
               10  HORSE       PIC 99.
           05  RIGHT-ONE.
               10  HORSE       PIC 99.
           05  Q1-COUNT        PIC 9.
           05  Q1-LINE OCCURS 0 TO 4 DEPENDING ON Q1-COUNT.
               10  Q1-ITEM     PIC X(3).
               10  Q1-PRICE    PIC 9(3)V9.
`;

/** The catalog with these conditions of an event of the question. */
function catalogWith(when: readonly string[], fields = '{ name: Q1-NAME }'): ReturnType<typeof loadCatalog> {
  const conditions = when.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
  const from = "'Q1-DATA=Q1-DATA']";
  const text = catalogText.replace(from, `${from}, events: [{ event: e, when: [${conditions}], fields: ${fields} }]`);
  return loadCatalog(writeProtocol(text, { 'Q1.cpy': question }));
}

const header = {
  'HDR-FLAGS': { 'HDR-PACKED': 0, 'HDR-AGAIN': 0 },
  'HDR-WAY': 'Q',
  'HDR-KEY': 7,
  'HDR-NUMBER': 3,
  'HDR-TIME': 1_700_000_000,
};
const asked = {
  ...header,
  'HDR-TYPE': 'Q1',
  'Q1-NAME': 'ADA',
  'Q1-KIND': 'N',
  'Q1-NUMBER': 42,
  A_B: 1,
  'A-B': 2,
  'Q1-AMOUNT': -12.5,
  'Q1-LONG': '900000000000000001',
  'Q1-EXACT': '1234567890123456.78',
  'Q1-BITS': null,
  X: 3,
  PACKAGE: 4,
  'LEFT-ONE': { HORSE: 1 },
  'RIGHT-ONE': { HORSE: 2 },
  'Q1-COUNT': 2,
  'Q1-LINE': [
    { 'Q1-ITEM': 'abc', 'Q1-PRICE': 1.5 },
    { 'Q1-ITEM': 'd', 'Q1-PRICE': 20 },
  ],
};
const answered = { ...header, 'HDR-TYPE': 'R1', 'HDR-WAY': 'R', 'R1-STATUS': 0, 'R1-TEXT': 'fine' };

/** Whether a condition holds for a question with its answer. */
function holds(condition: string, changes: Readonly<Record<string, unknown>> = {}): boolean {
  const catalog = catalogWith([condition]);
  const reader = createFrameReader(catalog);
  const frames = [
    ['Q1', { ...asked, ...changes }],
    ['R1', answered],
  ] as const;
  const [request, response] = frames.map(([name, value]) => {
    const type = catalog.typeNamed(name);
    const encoded = type === undefined ? null : reader.encode(type, value);
    expect(encoded?.issues).toEqual([]);
    return reader.read(encoded?.bytes ?? new Uint8Array(0));
  });
  if (request === undefined || response === undefined) throw new Error('two frames');
  const events = compileEvents(catalog);
  const found = events.build(request, response).length === 1;
  expect(events.build({ ...request, reading: null }, { ...response, reading: null }).length === 1).toBe(found);
  return found;
}

/** What is wrong with a condition: message, and behind it the hint. */
function mistakes(condition: string): readonly string[] {
  try {
    compileEvents(catalogWith([condition]));
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.problems.map(({ position, code, message, hint }) => {
      return `${position.column - 136} ${code}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
    });
  }
}

describe('a condition of an event', () => {
  test('asks both frames of a pair, and plain names the frame itself', () => {
    expect(holds('response.R1_STATUS == 0 && request.Q1_NAME == "ADA"')).toBe(true);
    expect(holds('Q1_NAME == "ADA" && frame.Q1_COUNT == 2')).toBe(true);
    expect(holds('response.R1_STATUS == 1')).toBe(false);
    expect(holds('request["Q1-NAME"].startsWith("A") || response["R1-TEXT"] == ""')).toBe(true);
    expect(holds('response.r1_status == 0')).toBe(true);
  });

  test('asks fields of the header', () => {
    expect(holds('request.HDR_KEY == 7 && response.HDR_WAY == "R"')).toBe(true);
    expect(holds('request.HDR_TIME == 1700000000000')).toBe(true);
  });

  test('compares numbers exactly', () => {
    expect(holds('Q1_AMOUNT == -12.5 && Q1_AMOUNT < -12')).toBe(true);
    expect(holds('Q1_LONG == 900000000000000001 && Q1_LONG > 900000000000000000')).toBe(true);
    expect(holds('Q1_EXACT == "1234567890123456.78"')).toBe(true);
    expect(holds('Q1_EXACT in ["1234567890123456.78"]')).toBe(true);
    expect(holds('Q1_EXACT != "1234567890123456.78"')).toBe(false);
  });

  test('is the same in short as it is among others', () => {
    const compared = [
      'PACKAGE == 4',
      'PACKAGE != 4',
      '4 == PACKAGE',
      'Q1_NAME == "ADA"',
      '"AD" != Q1_NAME',
      'Q1_LONG == 900000000000000001',
    ];
    compared.push(
      'Q1_BITS == 0',
      'Q1_BITS != 0',
      'PACKAGE == 4 && Q1_NAME != "X"',
      'PACKAGE == 4 && Q1_BITS == 0 && X == 3',
    );
    for (const changes of [
      {},
      { PACKAGE: 0, 'Q1-NAME': 'AD', X: 0 },
      { 'Q1-BITS': 0 },
      { 'Q1-LONG': '900000000000000002' },
    ]) {
      for (const condition of compared)
        expect(holds(condition, changes)).toBe(holds(`(${condition}) || X == 9`, changes));
    }
  });

  test('reaches groups by path and tables as lists', () => {
    expect(holds('request.LEFT_ONE.HORSE == 1 && request["RIGHT-ONE"].HORSE == 2')).toBe(true);
    expect(holds('Q1_LINE.Q1_ITEM == ["abc", "d"]')).toBe(true);
    expect(holds('Q1_LINE.Q1_PRICE.exists(p, p > 19.0) && size(Q1_ITEM) == 2 && Q1_ITEM[0] == "abc"')).toBe(true);
    expect(holds('"d" in request.Q1_ITEM')).toBe(true);
    expect(holds('Q1_PRICE[5] == 1.0')).toBe(false);
  });

  test('does not hold where it asks for a value that is not there, unless the rest decides alone', () => {
    expect(holds('Q1_BITS == 0')).toBe(false);
    expect(holds('Q1_BITS != 0')).toBe(false);
    expect(holds('Q1_BITS == 0 || Q1_COUNT == 2')).toBe(true);
    expect(holds('Q1_COUNT == 2 || Q1_BITS == 0')).toBe(true);
    expect(holds('!(Q1_BITS == 0 && Q1_COUNT == 3)')).toBe(true);
    expect(holds('has(request.Q1_BITS)')).toBe(false);
    expect(holds('has(request.Q1_NUMBER) && !has(frame.Q1_DATA) && Q1_NUMBER == 42')).toBe(true);
    expect(holds('1 / (Q1_COUNT - 2) == 1')).toBe(false);
  });

  test('does not hold where a function cannot do what it is asked for', () => {
    for (const failing of [
      'int(Q1_NAME) == 1',
      'double(Q1_NAME) == 1.0',
      'bool(Q1_NAME)',
      'Q1_NAME.substring(9) == ""',
      'Q1_NAME.substring(2, 1) == ""',
      'Q1_NAME.indexOf("A", 99) == 0',
      'dyn(Q1_NAME).size() == dyn(1).size()',
      'int(Q1_NAME + "99999999999999999999") == 1',
      'Q1_ITEM.map(i, int(i)) == []',
    ])
      expect(holds(failing)).toBe(false);
    expect(holds('Q1_NAME.lowerAscii().substring(1) == "da" && string(Q1_COUNT) == "2"')).toBe(true);
  });

  test('may bind and loop over variables', () => {
    expect(holds('cel.bind(x, Q1_COUNT + 1, x == 3)')).toBe(true);
    expect(holds('[1, 2].all(Q1_NAME, Q1_NAME > 0)')).toBe(true);
    expect(holds('X == 3 && [1, 2].all(X, X < 3) && X == 3')).toBe(true);
  });

  test('asks fields that are called like words of CEL or of programs', () => {
    expect(holds('x == 3 && frame.PACKAGE == 4 && request["PACKAGE"] == 4')).toBe(true);
    expect(mistakes('package == 4').every((mistake) => mistake.includes('CATALOG_CONDITION'))).toBe(true);
  });

  test('holds for a number as it does for the number itself', () => {
    const operators = ['==', '!=', '<', '<=', '>', '>='] as const;
    fc.assert(
      fc.property(fc.integer({ min: -9999999, max: 9999999 }), fc.integer({ min: -9999999, max: 9999999 }), (a, b) => {
        const operator = operators[Math.abs(a) % operators.length] ?? '==';
        const literal = (b / 100).toFixed(2);
        const order = a - b;
        const expected = {
          '==': order === 0,
          '!=': order !== 0,
          '<': order < 0,
          '<=': order <= 0,
          '>': order > 0,
          '>=': order >= 0,
        };
        expect(holds(`Q1_AMOUNT ${operator} ${literal}`, { 'Q1-AMOUNT': a / 100 })).toBe(expected[operator]);
      }),
      {
        numRuns: 25,
        examples: [
          [5, 5],
          [-6, -6],
        ],
      },
    );
  });
});

describe('a condition is refused at load', () => {
  test('with = for ==', () => {
    expect(mistakes('response.R1-STATUS = 0')).toEqual([
      '20 CATALOG_CONDITION: a condition compares with ==, not with = (write response.R1_STATUS == 0)',
    ]);
  });

  test('with the words of other options', () => {
    expect(mistakes('request.Q1-NAME = ADA')[0]).toContain('(write request.Q1_NAME == "ADA")');
    expect(mistakes('Q1_COUNT + 1 = 2')[0]).toContain('(write Q1_COUNT + 1 == 2)');
  });

  test('with - in a name', () => {
    expect(mistakes('response.R1-STATUS == 0')).toEqual([
      '1 CATALOG_FIELD: R1 is a group (a hyphen is a minus in CEL: write response.R1_STATUS)',
    ]);
    expect(mistakes('Q1-COUNT == 0')[0]).toContain('write Q1_COUNT)');
  });

  test('with a field that is unknown, ambiguous or a group, also in has', () => {
    expect(mistakes('true || has(request.Q1_NAM)')).toEqual([
      '9 CATALOG_FIELD: Q1 has no field Q1_NAM (did you mean Q1-NAME?)',
    ]);
    expect(mistakes('request.A_B == 1')).toEqual(['1 CATALOG_FIELD: A_B may be A_B or A-B (write frame["A_B"])']);
    expect(mistakes('HORSE == 1')).toEqual([
      '1 CATALOG_FIELD: HORSE may be Q1.LEFT-ONE.HORSE, Q1.RIGHT-ONE.HORSE (qualify it: GROUP.NAME)',
    ]);
    expect(mistakes('LEFT_ONE == 1')).toEqual(['1 CATALOG_FIELD: Q1.LEFT-ONE is a group (it holds HORSE)']);
    expect(mistakes('nonsense')[0]).toMatch(/^1 CATALOG_FIELD: Q1 has no field nonsense/);
    expect(mistakes('request.constructor == 1')[0]).toMatch(/^1 CATALOG_FIELD: Q1 has no field constructor/);
    expect(mistakes('request.__proto__ == 1')[0]).toMatch(/^1 CATALOG_FIELD: Q1 has no field __proto__/);
    expect(mistakes('request == 1')[0]).toMatch(/^1 CATALOG_FIELD: Q1 has no field request/);
  });

  test('with types that do not go together', () => {
    expect(mistakes('Q1_COUNT == "2"')).toEqual([
      "1 CATALOG_CONDITION: there is no int == string (text stands in quotation marks: FIELD == '0'; numbers do not: FIELD == 0)",
    ]);
    expect(mistakes('true && Q1_AMOUNT == 2')).toEqual([
      '9 CATALOG_CONDITION: there is no double == int (a number with decimals is compared with one: FIELD == 0.0)',
    ]);
    expect(mistakes('Q1_COUNT')).toEqual(['1 CATALOG_CONDITION: the condition is int, neither true nor false']);
    expect(mistakes('Q1_COUNT == null')[0]).toContain('has(request.FIELD)');
    expect(mistakes('dyn(Q1_COUNT)')).toEqual(['1 CATALOG_CONDITION: the condition is dyn, neither true nor false']);
  });

  test('with an order of numbers that are given as text', () => {
    for (const condition of [
      'Q1_EXACT > "1"',
      '"1" < Q1_EXACT',
      'size(Q1_EXACT) == 1',
      '[Q1_EXACT].exists(x, x < "2")',
    ])
      expect(mistakes(condition)[0]).toContain(
        'CATALOG_CONDITION: Q1-EXACT has more digits than a number holds exactly',
      );
  });

  test('with a value that the field never has', () => {
    expect(mistakes('Q1_NAME == "ADA LOVELACE"')[0]).toContain('Q1-NAME has room for 8 characters');
    expect(mistakes('Q1_KIND in ["A", "BB"]')[0]).toContain('Q1-KIND has room for 1 characters');
    expect(mistakes('Q1_EXACT == "01.5"')[0]).toContain("Q1-EXACT is never '01.5'");
  });

  test('when it is long, deep, or may take long', () => {
    expect(mistakes('Q1_NAME.matches("(a+)+")')[0]).toContain('matches is not available');
    expect(mistakes(`Q1_NAME == "${'x'.repeat(2000)}"`)[0]).toContain('the condition has 2013 characters');
    expect(mistakes(`${'('.repeat(60)}true${')'.repeat(60)}`)[0]).toContain('CATALOG_CONDITION: Exceeded max');
    expect(mistakes(Array.from({ length: 160 }, () => '1>0').join('||'))[0]).toContain('Exceeded maxAstNodes');
    const loop = (inside: string): string => `Q1_ITEM.all(x, ${inside})`;
    expect(mistakes(loop(loop('true')))).toEqual([]);
    expect(mistakes(loop(loop(loop('true'))))[0]).toContain('all is in 2 others');
    expect(mistakes('')[0]).toBeDefined();
  });

  test('with a function that is not one of those there are', () => {
    const condition = 'Q1_COUNT == 2 && bytes(Q1_NAME).json() == {}';
    expect(mistakes(condition)[0]).toMatch(/^18 CATALOG_CONDITION: json is not available in conditions of catalogs/);
    try {
      compileEvents(catalogWith([condition]));
    } catch (error) {
      const [problem] = error instanceof SettingsError ? error.problems : [];
      expect(problem?.expected).toMatch(/^one of has, size, int,.* exists, exists_one, map, filter/);
    }
    for (const called of ['bytes(Q1_NAME) == b"a"', 'type(X) == int', 'uint(X) == 1u', 'Q1_NAME.split("") == []']) {
      expect(mistakes(called)[0]).toContain('is not available in conditions of catalogs');
    }
    expect(mistakes('timestamp(Q1_NAME) < timestamp(0)')[0]).toMatch(
      /^1 CATALOG_CONDITION: timestamp is not available/,
    );
    expect(mistakes('Q1_ITEM.exists(x, x == [1].join())')[0]).toContain('join is not available');
  });

  test('whatever it is, with a problem and no other error', () => {
    const part = fc.constantFrom(
      ...[
        'request',
        'response',
        '.',
        'Q1_NAME',
        'Q1-COUNT',
        '[',
        ']',
        '(',
        ')',
        '"a"',
        '0',
        '==',
        '=',
        '&&',
        '||',
        '!',
        ' ',
      ],
      ...[
        'has',
        'all',
        'x',
        ',',
        'Q1_ITEM',
        'in',
        '?',
        ':',
        '+',
        'cel.bind',
        'b"\\xff"',
        'null',
        '_0',
        '{',
        '}',
        '"',
        "'",
        '\\',
        '-',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 14 }), (parts) => {
        for (const mistake of mistakes(parts.join(''))) expect(mistake).toMatch(/CATALOG_(?:CONDITION|FIELD|SCHEMA)/);
      }),
      { numRuns: 100 },
    );
  });
});
