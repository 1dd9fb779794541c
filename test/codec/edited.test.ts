import { describe, expect, it } from 'vitest';
import { parseDecimal } from '../../src/codec/decimal.ts';
import { editNumber } from '../../src/codec/edit-number.ts';
import { readEdited } from '../../src/codec/read-edited.ts';
import { parsePicture } from '../../src/copybook/parse-picture.ts';
import type { Picture } from '../../src/copybook/picture.ts';
import { decodeField, ebcdic } from './codec-of.ts';

const currency = new Map([['$', '$']]);

function picture(text: string, decimalComma = false, signs: ReadonlyMap<string, string> = currency): Picture {
  return parsePicture(text, { file: 'x', line: 1, column: 1, lineText: text }, { decimalComma, currency: signs });
}

function edited(value: string, text: string, blankWhenZero = false): string | null {
  const decimal = parseDecimal(value);
  if (decimal === null) throw new Error(value);
  return editNumber(decimal, picture(text), blankWhenZero);
}

// The examples of the Language Reference's section on editing, and what follows from its rules.
const examples: readonly (readonly [string, string, string])[] = [
  ['999.99', '1.234', '001.23'],
  ['999.99', '1234.5', '234.50'],
  ['999999', '123', '000123'],
  ['99,999', '12345', '12,345'],
  ['9/99/9999', '1231999', '1/23/1999'],
  ['9990', '12', '0120'],
  ['99B99', '1234', '12 34'],
  ['999.99+', '-6555.556', '555.55-'],
  ['+9999.99', '-6555.555', '-6555.55'],
  ['9999.99-', '1234.56', '1234.56 '],
  ['$999.99', '-123.45', '$123.45'],
  ['-$999.99', '-123.456', '-$123.45'],
  ['-$999.99', '123.456', ' $123.45'],
  ['$9999.99CR', '123.45', '$0123.45  '],
  ['$9999.99CR', '-123.45', '$0123.45CR'],
  ['$999.99DB', '-0.99', '$000.99DB'],
  ['$$$$.99', '0.123', '   $.12'],
  ['$$$9.99', '0.12', '  $0.12'],
  ['$,$$$,999.99', '-1234.56', '   $1,234.56'],
  ['+,+++,999.99', '-123456.789', ' -123,456.78'],
  ['$$,$$$,$$$.99CR', '-1234567', '$1,234,567.00CR'],
  ['++,+++,+++.+++', '0.00', '              '],
  ['****.**', '0', '****.**'],
  ['ZZZZ.ZZ', '0', '       '],
  ['ZZZZ.99', '0', '    .00'],
  ['****.99', '0', '****.00'],
  ['ZZ99.99', '0', '  00.00'],
  ['Z,ZZZ.ZZ+', '123.456', '  123.45+'],
  ['*,***.**+', '-123.45', '**123.45-'],
  ['**,***,***.**+', '12345678.9', '12,345,678.90+'],
  ['$Z,ZZZ,ZZZ.ZZCR', '12345.67', '$   12,345.67  '],
  ['$B*,***,***.**BBDB', '-12345.67', '$ ***12,345.67  DB'],
  ['ZZ9V99', '1.5', '  150'],
  ['Z(5)PP', '1200', '   12'],
];

describe('numeric editing', () => {
  it.each(examples)('edits by %s', (text, value, result) => {
    expect(edited(value, text)).toBe(result);
  });

  it('leaves a zero blank under BLANK WHEN ZERO', () => {
    expect(edited('0', '999.99', true)).toBe('      ');
    expect(edited('1', '999.99', true)).toBe('001.00');
  });

  it('exchanges point and comma under DECIMAL-POINT IS COMMA', () => {
    const value = { negative: false, digits: '123456', scale: 2 };
    expect(editNumber(value, picture('Z.ZZ9,99', true), false)).toBe('1.234,56');
  });

  it('writes currency signs of several characters', () => {
    const euro = picture('EEE9.99', false, new Map([['E', 'EUR']]));
    expect(editNumber({ negative: false, digits: '150', scale: 2 }, euro, false)).toBe('  EUR1.50');
  });

  it.each(['999.99+', 'ZZ,ZZ9.99-', '$$,$$9.99', '***,**9.99DB', '9990', 'ZZ9V99', '-(5)9', 'Z(5)9PP', '9/99/99'])(
    'reads back by %s what it wrote',
    (text) => {
      for (const digits of ['0', '1', '12', '123', '405']) {
        const shape = picture(text);
        const value = { negative: false, digits, scale: shape.scale };
        const back = readEdited(editNumber(value, shape, false) ?? '', shape);
        expect(back === null ? null : Number(back.digits) * 10 ** -back.scale).toBeCloseTo(
          Number(digits) * 10 ** -shape.scale,
          9,
        );
      }
    },
  );
});

describe('edited fields', () => {
  const number = { edited: 'number' } as const;

  it('are text unless asked for as numbers', () => {
    expect(decodeField('PIC ZZ9.99-', ebcdic('  1.50-'))).toEqual({ value: '  1.50-', json: '"  1.50-"', codes: [] });
    expect(decodeField('PIC ZZ9.99-', ebcdic('  1.50-'), number)).toEqual({ value: -1.5, json: '-1.50', codes: [] });
    expect(decodeField('PIC XXBXX', ebcdic('AB CD'), number).value).toBe('AB CD');
  });

  it('say when editing their value would give another text', () => {
    expect(decodeField('PIC ZZ9.99', ebcdic('001.50'), number)).toMatchObject({ value: 1.5, codes: ['EDITED_FORM'] });
    expect(decodeField('PIC ZZ9.99', ebcdic('1.5   '), number)).toMatchObject({
      value: 1.5,
      json: '1.50',
      codes: ['EDITED_FORM'],
    });
  });

  it('without a digit follow the policy for blank fields', () => {
    expect(decodeField('PIC ZZ9', ebcdic('   '), number)).toMatchObject({ value: null, codes: ['BLANK_NUMERIC'] });
    expect(decodeField('PIC ZZ9', ebcdic('***'), { ...number, blank: 'zero' })).toMatchObject({ value: 0 });
    expect(decodeField('PIC ZZ9', ebcdic('   '), { ...number, blank: 'error' })).toMatchObject({
      codes: ['BLANK_NUMERIC!'],
    });
    expect(decodeField('PIC ZZ9 BLANK WHEN ZERO', ebcdic('   '), number)).toMatchObject({ value: 0, codes: [] });
  });

  it('that are no numbers are errors', () => {
    expect(decodeField('PIC ZZ9.99', ebcdic('1.2.3 '), number)).toMatchObject({
      value: null,
      codes: ['EDITED_VALUE!'],
    });
    expect(decodeField('PIC ZZ9.99', ebcdic('12A.50'), number)).toMatchObject({
      value: null,
      codes: ['EDITED_VALUE!'],
    });
  });

  it('may carry their sign overpunched on the last digit', () => {
    expect(decodeField('PIC S9(3).99', ebcdic('123.4N'), number)).toMatchObject({ value: -123.45, codes: [] });
    expect(decodeField('PIC S9(3).99', ebcdic('123.4E'), number)).toMatchObject({ value: 123.45, codes: [] });
  });

  it('of more than 15 digits are decimal text', () => {
    expect(decodeField('PIC Z(15)9.99', ebcdic(`${' '.repeat(15)}1.50`), number)).toMatchObject({
      value: '1.50',
      json: '"1.50"',
    });
  });
});
