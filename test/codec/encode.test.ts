import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/codec-options.ts';
import type { EncodeOptions } from '../../src/codec/encode-value.ts';
import { parseJsonLine } from '../../src/codec/parse-json-line.ts';
import type { DialectOptions } from '../../src/copybook/index.ts';
import { codecOf, ebcdic, hex } from './codec-of.ts';

/** Encode one field `05 F`: its bytes in hexadecimal, or the codes of what is wrong. */
function field(
  clauses: string,
  value: unknown,
  given: EncodeOptions = {},
  options: CodecOptions = {},
  dialect: DialectOptions = {},
): string {
  const { bytes, issues } = codecOf(`01 R. 05 F ${clauses}.`, options, dialect).encode({ F: value }, given);
  return bytes === null ? issues.map(({ code }) => code).join() : Buffer.from(bytes).toString('hex').toUpperCase();
}

describe('a number is written', () => {
  it.each([
    ['PIC S9(3)', -12, 'F0F1D2'],
    ['PIC S9(3)', 12, 'F0F1C2'],
    ['PIC 9(3)', '12', 'F0F1F2'],
    ['PIC S9(3) SIGN LEADING', -12, 'D0F1F2'],
    ['PIC S9(3) SIGN LEADING SEPARATE', -12, '60F0F1F2'],
    ['PIC S9(3) SIGN TRAILING SEPARATE', 12n, 'F0F1F24E'],
    ['PIC 9(3) BLANK WHEN ZERO', 0, '404040'],
    ['PIC 9(2) NATIONAL', 12, '00310032'],
    ['PIC S9(3)V99 COMP-3', '-12.5', '01250D'],
    ['PIC 9(4) COMP-3', 12, '00012F'],
    ['PIC 9(3) COMP-6', 12, '0012'],
    ['PIC S9(4) COMP', -2, 'FFFE'],
    ['PIC S9(3)PP COMP-3', 12_300, '123C'],
    ['PIC VPP9(2)', 0.0012, 'F1F2'],
    ['COMP-1', 0.1, '4019999A'],
    ['COMP-2', -0.1, 'C01999999999999A'],
    ['PIC 1(4) BIT', 5, '50'],
    ['PIC S9(2)V9', -0, 'F0F0C0'],
  ] as const)('%s %s', (clauses, value, bytes) => {
    expect(field(clauses, value)).toBe(bytes);
  });

  it('in ASCII and in the byte orders of other machines', () => {
    expect(field('PIC S9(2)', -12, {}, { codepage: 'ascii' })).toBe('314B');
    expect(field('PIC S9(2)', -12, {}, { codepage: 'ascii', asciiSign: 'microfocus' })).toBe('3172');
    expect(field('PIC S9(2)', 12, {}, { codepage: 'ascii', asciiSign: 'fujitsu' })).toBe('3142');
    expect(field('PIC S9(4) COMP-5', 1, {}, {}, { dialect: 'gnucobol' })).toBe('0100');
    expect(field('COMP-1', 1.5, {}, { floats: 'ieee-le' })).toBe('0000C03F');
  });

  it('by its picture when edited items are numbers, and as the text it is otherwise', () => {
    expect(field('PIC Z(3)9.99', '-1', {}, { edited: 'number' })).toBe('ENCODE_SIGN');
    expect(field('PIC -(3)9.99', '-1.5', {}, { edited: 'number' })).toBe('404060F14BF5F0');
    expect(field('PIC 9(2)', null, {}, { edited: 'number' })).toBe('4040');
    expect(field('PIC Z9.9', ' 1.5')).toBe('40F14BF5');
    expect(field('PIC S9(2).9', -1.5, {}, { edited: 'number' })).toBe('F0F14BD5');
    expect(field('PIC Z9', 123, {}, { edited: 'number' })).toBe('ENCODE_DIGITS');
    expect(field('PIC +9.99E+99', 1, {}, { edited: 'number' })).toBe('ENCODE_EDITED');
  });
});

describe('a number is refused', () => {
  it.each([
    ['PIC 9(2)', 100, 'ENCODE_DIGITS'],
    ['PIC 9(4) COMP', 10_000, 'ENCODE_DIGITS'],
    ['PIC 9(2)', -1, 'ENCODE_SIGN'],
    ['PIC 9(4) COMP-5', -1, 'ENCODE_SIGN'],
    ['PIC 1(4) BIT', -1, 'ENCODE_SIGN'],
    ['PIC 1(4) BIT', 16, 'ENCODE_RANGE'],
    ['PIC S9(4) COMP-5', 32_768, 'ENCODE_RANGE'],
    ['COMP-1', 1e76, 'ENCODE_RANGE'],
    ['COMP-2', '1e-80', 'ENCODE_RANGE'],
    ['PIC 9V9', 1.25, 'ENCODE_DECIMALS'],
    ['PIC 9(2)P', 125, 'ENCODE_DECIMALS'],
    ['PIC 9', 'one', 'ENCODE_TYPE'],
    ['PIC 9', '', 'ENCODE_TYPE'],
    ['PIC 9', true, 'ENCODE_TYPE'],
    ['PIC 9', Number.NaN, 'ENCODE_TYPE'],
    ['PIC 9', [1], 'ENCODE_TYPE'],
    ['PIC 9(4) COMP', null, 'ENCODE_TYPE'],
    ['PIC 9(4) COMP-6', null, 'ENCODE_TYPE'],
    ['COMP-1', null, 'ENCODE_TYPE'],
    ['PIC 9', '1'.repeat(100_000), 'ENCODE_TYPE'],
    ['PIC 9', 10n ** 5000n, 'ENCODE_DIGITS'],
  ] as const)('%s %s', (clauses, value, code) => {
    expect(field(clauses, value)).toBe(code);
  });

  it('or rounded half up, away from zero', () => {
    const round = { round: true };
    expect(field('PIC S9V9', 1.25, round)).toBe('F1C3');
    expect(field('PIC S9V9', -1.25, round)).toBe('F1D3');
    expect(field('PIC S9V9', 1.249, round)).toBe('F1C2');
    expect(field('PIC S9V9', 0.05, round)).toBe('F0C1');
    expect(field('PIC S9V9', -0.004, round)).toBe('F0C0');
    expect(field('PIC S9V9', 9.95, round)).toBe('ENCODE_DIGITS');
    expect(field('PIC 9(2)P', 125, round)).toBe('F1F3');
  });

  it('with its path, its value and the limit', () => {
    const codec = codecOf('01 R. 05 T OCCURS 2. 10 A PIC 9(2). 10 B PIC X(2).');
    const { bytes, issues } = codec.encode({
      T: [
        { A: 100, B: 'abc' },
        { A: 1, B: 'ab' },
      ],
    });
    expect(bytes).toBeNull();
    expect(issues).toEqual([
      {
        code: 'ENCODE_DIGITS',
        severity: 'error',
        path: 'T(1).A',
        value: '100',
        expected: 'at most 2 digits as stored',
      },
      {
        code: 'ENCODE_TOO_LONG',
        severity: 'error',
        path: 'T(1).B',
        value: "'abc'",
        expected: 'text of at most 2 bytes; it takes 3 bytes',
      },
    ]);
  });
});

describe('text', () => {
  it('is filled with blanks, on the left where it is JUSTIFIED', () => {
    expect(field('PIC X(3)', 'A')).toBe('C14040');
    expect(field('PIC X(3) JUSTIFIED', 'A')).toBe('4040C1');
    expect(field('PIC N(2)', 'A')).toBe('00410020');
    expect(field('PIC G(2)', 'Ａ')).toBe('42C14040');
    expect(field('PIC U(1)', 'é')).toBe('C3A92020');
    expect(field('PIC X(3)', null)).toBe('404040');
    expect(field('PIC X(4)', '漢', {}, { codepage: 'cp930' })).toMatch(/^0E....0F$/);
  });

  it('is refused when it does not fit', () => {
    expect(field('PIC X(3)', '漢')).toBe('ENCODE_CHARACTER');
    expect(field('PIC X(3)', 'abcd')).toBe('ENCODE_TOO_LONG');
    expect(field('PIC N(2)', 'abc')).toBe('ENCODE_TOO_LONG');
    expect(field('PIC U(1)', 'éàü')).toBe('ENCODE_TOO_LONG');
    expect(field('PIC X(3)', '漢', {}, { codepage: 'cp930' })).toBe('ENCODE_TOO_LONG');
    expect(field('PIC X(3)', 5)).toBe('ENCODE_TYPE');
    expect(field('PIC N(3)', null)).toBe('ENCODE_TYPE');
    expect(field('PIC X(2)', 'C1C', {}, { field: 'F=hex' })).toBe('ENCODE_TYPE');
    expect(field('PIC X(2)', 'c1C2', {}, { field: 'F=hex' })).toBe('C1C2');
    expect(field('PIC X(2)', 123, {}, { field: 'F=packed-unsigned' })).toBe('0123');
    expect(field('PIC 1(4) BIT', '0101', {}, { field: 'F=bits' })).toBe('50');
    expect(field('PIC 1(4) BIT', '101', {}, { field: 'F=bits' })).toBe('ENCODE_TYPE');
    expect(field('PIC 1(4) BIT', 5, {}, { field: 'F=bits' })).toBe('ENCODE_TYPE');
    expect(field('PIC 1(4) BIT', '51', {}, { field: 'F=hex' })).toBe('ENCODE_TYPE');
    expect(field('PIC 1(4) BIT', 12.5, {}, { field: 'F=scale:1' })).toBe('ENCODE_RANGE');
    expect(field('PIC 1(4) BIT', 1.25, {}, { field: 'F=scale:1' })).toBe('ENCODE_DECIMALS');
  });

  it('names the character that the code page does not have', () => {
    const [issue] = codecOf('01 R. 05 F PIC X(3).').encode({ F: 'a漢' }).issues;
    expect(issue?.expected).toBe("characters of the code page; character 2, '漢' (U+6F22), is none");
  });
});

describe('a record', () => {
  const text = '01 R. 05 A PIC X VALUE "v". 05 FILLER PIC X(2) VALUE "ff". 05 G. 10 B PIC 9 VALUE 7. 10 C PIC 9.';

  it('has blank or zero FILLER, and every field that it needs', () => {
    const codec = codecOf(text);
    expect(codec.encode({ A: 'a', G: { B: 1, C: 2 } }).bytes).toEqual(ebcdic('a  12'));
    expect(codec.encode({ A: 'a', G: { B: 1, C: 2 }, _offset: 7 }).bytes).toEqual(ebcdic('a  12'));
    const { issues } = codec.encode({ B: 1, G: { B: 1, 'C\u001b': 1 } });
    expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'ENCODE_UNKNOWN_FIELD B',
      'ENCODE_MISSING_FIELD A',
      'ENCODE_UNKNOWN_FIELD G.C\\x1B',
      'ENCODE_MISSING_FIELD G.C',
    ]);
    expect(codec.encode({ A: 'a' }).issues).toMatchObject([{ code: 'ENCODE_MISSING_FIELD', path: 'G' }]);
    for (const value of [null, 5, 'x', [], undefined]) {
      expect(codec.encode(value).issues).toMatchObject([{ code: 'ENCODE_TYPE', path: '' }]);
    }
    expect(codec.encode({ A: 'a', G: [] }).issues).toMatchObject([{ code: 'ENCODE_TYPE', path: 'G' }]);
  });

  it('is completed by init with VALUEs, else as INITIALIZE does', () => {
    expect(codecOf(text).encode({ G: { C: 1 } }, { init: true }).bytes).toEqual(ebcdic('vff71'));
    const all =
      '01 R. 05 G VALUE "ab". 10 X PIC X. 10 Y PIC X. 05 H PIC X(3) VALUE ALL "xy". 05 Z PIC X(2) VALUE ZEROS.';
    expect(codecOf(all).encode({}, { init: true }).bytes).toEqual(ebcdic('abxyx00'));
    expect(
      codecOf('01 R. 05 L PIC X VALUE LOW-VALUE. 05 H PIC X VALUE X"C1". 05 E PIC Z9.').encode({}, { init: true })
        .bytes,
    ).toEqual(hex('00 C1 40 F0'));
  });

  it('takes what nobody describes, unchanged values and missing fields from its original', () => {
    const codec = codecOf('01 R. 05 A PIC S9(2) COMP-3. 05 FILLER PIC X. 05 B PIC X(2).');
    const original = hex('012F 99 C1C2');
    expect(codec.encode({ A: 12, B: 'ZZ' }, { original }).bytes).toEqual(hex('012F 99 E9E9'));
    expect(codec.encode({ A: 13 }, { original }).bytes).toEqual(hex('013C 99 C1C2'));
    expect(codec.encode({}, { original: hex('012F 99 C1C2 FF') }).bytes).toEqual(hex('012F 99 C1C2 FF'));
  });

  it('ends where its original did, unless something behind that is given', () => {
    const codec = codecOf('01 R. 05 A PIC X. 05 B PIC X. 05 C PIC X.', { format: 'rdw' });
    expect(codec.encode({ A: 'a' }, { original: ebcdic('x') }).bytes).toEqual(ebcdic('a'));
    expect(codec.encode({ A: 'a', C: 'c' }, { original: ebcdic('x') }).issues).toMatchObject([
      { code: 'ENCODE_MISSING_FIELD', path: 'B' },
    ]);
    expect(codec.encode({ A: 'a', C: 'c' }, { original: ebcdic('x'), init: true }).bytes).toEqual(ebcdic('a c'));
  });

  it('is chosen by rules when there are several', () => {
    const codec = codecOf('01 A. 05 K PIC X. 05 X PIC 9. 01 B. 05 K PIC X. 05 Y PIC X.', {
      recordWhen: ['K:A=A', 'K:B=B'],
    });
    expect(codec.encode({ K: 'B', Y: 'y' }).bytes).toEqual(ebcdic('By'));
    expect(codec.encode({ K: 'A', X: 1 }, { original: ebcdic('By') }).bytes).toEqual(ebcdic('A1'));
    expect(codec.encode({ K: 'A', Y: 'y' }).issues).toMatchObject([{ code: 'ENCODE_RECORD' }]);
    expect(codec.encode({ K: 'C', Y: 'y' }).issues).toMatchObject([{ code: 'ENCODE_RECORD' }]);
  });

  it('may be one field', () => {
    const codec = codecOf('77 N PIC 9(2).');
    expect(codec.encode({ N: 5 }).bytes).toEqual(ebcdic('05'));
    expect(codec.encode({ M: 5 }).issues.map(({ code }) => code)).toEqual([
      'ENCODE_UNKNOWN_FIELD',
      'ENCODE_MISSING_FIELD',
    ]);
    expect(codec.encode(5).issues).toMatchObject([{ code: 'ENCODE_TYPE' }]);
  });
});

describe('OCCURS DEPENDING ON', () => {
  const text = '01 R. 05 N PIC 9. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 Z PIC X.';
  const value = { N: 2, T: ['a', 'b'], Z: 'z' };

  it('slides, stands or is padded', () => {
    expect(codecOf(text).encode(value).bytes).toEqual(ebcdic('2abz'));
    expect(codecOf(text, { odo: 'maximum' }).encode(value).bytes).toEqual(hex('F2 81 82 00 A9'));
    expect(codecOf(text, { odo: 'padded' }).encode(value).bytes).toEqual(hex('F2 81 82 A9 00'));
  });

  it.each([
    [{ ...value, N: 3 }, '3 entries, as N says; it has 2'],
    [{ ...value, T: ['a'] }, '2 entries, as N says; it has 1'],
    [{ ...value, N: 0, T: [] }, '1 to 3 entries; it has 0'],
    [{ ...value, N: 4, T: ['a', 'b', 'c', 'd'] }, '1 to 3 entries; it has 4'],
  ])('refuses %j', (wrong, expected) => {
    expect(codecOf(text).encode(wrong).issues).toEqual([
      { code: 'ENCODE_COUNT', severity: 'error', path: 'T', value: '', expected },
    ]);
  });

  it('checks a counter behind its table, and tables of a fixed size', () => {
    const behind = codecOf(
      '01 R. 05 T PIC X OCCURS 1 TO 3 DEPENDING ON N. 05 N PIC 9.',
      { odo: 'maximum' },
      { odo: 'maximum' },
    );
    expect(behind.encode({ T: ['a'], N: 1 }).bytes).toEqual(hex('81 00 00 F1'));
    expect(behind.encode({ T: ['a'], N: 2 }).issues).toMatchObject([{ code: 'ENCODE_COUNT' }]);
    const fixed = codecOf('01 R. 05 T PIC X OCCURS 2.');
    expect(fixed.encode({ T: ['a'] }).issues).toMatchObject([
      { code: 'ENCODE_COUNT', expected: '2 entries; it has 1' },
    ]);
    expect(fixed.encode({ T: 'ab' }).issues).toMatchObject([{ code: 'ENCODE_TYPE', path: 'T' }]);
  });

  it('moves what the original had when the number of entries changes', () => {
    const codec = codecOf('01 R. 05 N PIC 9. 05 T PIC X OCCURS 0 TO 3 DEPENDING ON N. 05 FILLER PIC X. 05 Z PIC X.');
    expect(codec.encode({ N: 3, T: ['a', 'b', 'c'] }, { original: ebcdic('1a*z') }).bytes).toEqual(ebcdic('3abc*z'));
    expect(codec.encode({ N: 0, T: [] }, { original: ebcdic('2ab*z') }).bytes).toEqual(ebcdic('0*z'));
  });
});

describe('REDEFINES', () => {
  const text = '01 R. 05 K PIC X. 05 A PIC X(3). 05 B REDEFINES A. 10 C PIC 9(2). 10 FILLER PIC X.';

  it('writes all views that are given, which must agree', () => {
    const codec = codecOf(text);
    expect(codec.encode({ K: 'k', A: '12x' }).bytes).toEqual(ebcdic('k12x'));
    expect(codec.encode({ K: 'k', B: { C: 12 } }).bytes).toEqual(ebcdic('k12 '));
    expect(codec.encode({ K: 'k', A: '12x', B: { C: 12 } }).bytes).toEqual(ebcdic('k12x'));
    expect(codec.encode({ K: 'k', A: '12x', B: { C: 13 } }).issues).toEqual([
      {
        code: 'ENCODE_VIEWS',
        severity: 'error',
        path: 'A',
        value: '',
        expected: "views that agree, or only one of them: A X'F2' and B X'F3' stand at byte 3 of the record",
      },
    ]);
    expect(codec.encode({ K: 'k' }).issues).toMatchObject([{ code: 'ENCODE_MISSING_FIELD', path: 'A' }]);
  });

  it('takes the view of the rule, wherever the discriminator is', () => {
    const codec = codecOf(text, { view: ['K:1=A', 'K:2=B'] });
    expect(codec.encode({ K: '2', A: 'zzz', B: { C: 12 } }).bytes).toEqual(ebcdic('212 '));
    expect(codec.encode({ K: '1', B: { C: 12 } }).issues).toMatchObject([{ code: 'ENCODE_MISSING_FIELD', path: 'A' }]);
    expect(codec.encode({ K: '3', A: 'zzz' }).issues).toMatchObject([{ code: 'NO_VIEW', path: 'A' }]);
    const inside = '01 R. 05 A. 10 K PIC X. 10 X PIC X. 05 B REDEFINES A. 10 L PIC X. 10 Y PIC 9. 05 Z PIC X.';
    const rules = codecOf(inside, { view: ['K:1=A', 'K:2=B'] });
    expect(rules.encode({ B: { L: '2', Y: 5 }, Z: 'z' }).bytes).toEqual(ebcdic('25z'));
    expect(rules.encode({ B: { L: '1', Y: 5 }, Z: 'z' }).issues).toMatchObject([{ code: 'ENCODE_VIEWS', path: 'A' }]);
    const behind = codecOf(inside, { view: ['Z:1=A', 'Z:2=B'] });
    expect(behind.encode({ A: { K: 'k', X: 'x' }, Z: '1' }).bytes).toEqual(ebcdic('kx1'));
    expect(behind.encode({ A: { K: 'k', X: 'x' }, Z: '2' }).issues).toMatchObject([{ code: 'ENCODE_VIEWS' }]);
  });
});

describe('a line of JSON', () => {
  it('keeps every digit of its numbers', () => {
    expect(parseJsonLine('{"A":12345678901234567890.5,"B":"12345678901234567890","C":12.50,"D":[-1e5]}')).toEqual({
      A: '12345678901234567890.5',
      B: '12345678901234567890',
      C: 12.5,
      D: [-100_000],
    });
    for (const text of ['{"A":0123456789012345678}', '12345678901234567890a', '1234567890123456789-', '"\\"']) {
      expect(() => parseJsonLine(text)).toThrow(SyntaxError);
    }
  });

  it('is otherwise what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const numbers = (value: unknown): unknown =>
          typeof value === 'number' && String(Math.abs(value)).length > 15 ? String(value) : value;
        expect(parseJsonLine(text)).toEqual(JSON.parse(text, (_, value: unknown) => numbers(value)));
      }),
    );
  });
});
