import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CopybookError } from '../../src/copybook/copybook-error.ts';
import { parsePicture } from '../../src/copybook/parse-picture.ts';
import type { Picture } from '../../src/copybook/picture.ts';

const position = { file: 'test.cpy', line: 1, column: 1, lineText: '' };

function parse(text: string, decimalComma = false, currency: [string, string][] = [['$', '$']]): Picture {
  return parsePicture(text, position, { decimalComma, currency: new Map(currency) });
}

describe('a picture', () => {
  it.each([
    // text, category, size, digits, precision, scale
    ['X(10)', 'alphanumeric', 10, 0, 0, 0],
    ['AXX9', 'alphanumeric', 4, 0, 0, 0],
    ['a(3)', 'alphabetic', 3, 0, 0, 0],
    ['XX/XX', 'alphanumeric-edited', 5, 0, 0, 0],
    ['S9(7)V99', 'numeric', 9, 9, 9, 2],
    ['V9(3)', 'numeric', 3, 3, 3, 3],
    ['SVPP9(5)', 'numeric', 5, 5, 7, 7],
    ['PPP9(5)', 'numeric', 5, 5, 8, 8],
    ['9(15)P', 'numeric', 15, 15, 16, -1],
    ['S99999PPP', 'numeric', 5, 5, 8, -3],
    ['Z,ZZ9.99-', 'numeric-edited', 9, 6, 6, 2],
    ['$$$,$$9.99CR', 'numeric-edited', 12, 7, 7, 2],
    ['+(5).++', 'numeric-edited', 8, 6, 6, 2],
    ['+9(6)V99', 'numeric-edited', 9, 8, 8, 2],
    ['S9(3).99', 'numeric-edited', 6, 5, 5, 2],
    ['N(4)', 'national', 4, 0, 0, 0],
    ['GGB', 'dbcs', 3, 0, 0, 0],
    ['1(8)', 'boolean', 8, 0, 0, 0],
    ['+9.9(3)E+99', 'external-float', 10, 0, 0, 0],
  ])('%s is %s', (text, category, size, digits, precision, scale) => {
    expect(parse(text)).toMatchObject({ category, size, digits, precision, scale });
  });

  it('takes the comma as decimal point when told', () => {
    expect(parse('Z.ZZ9,99', true)).toMatchObject({ scale: 2, digits: 6 });
    expect(parse('9,999')).toMatchObject({ scale: 0, digits: 4 });
  });

  it('takes declared currency symbols, and counts the length of their text once', () => {
    expect(parse('EZZ9', false, [['E', 'EUR']])).toMatchObject({
      category: 'numeric-edited',
      size: 6,
      currency: 'EUR',
    });
  });

  it.each([
    '',
    '9(5',
    '9(0)',
    '9( 5 )',
    '(5)X',
    '9V9V9',
    'X9V',
    'PPP',
    'V',
    '9S',
    'SS9',
    '9P9',
    '9.9.9',
    'Q(3)',
    'CRDB9',
    'V9.9',
    'N9',
    'G1',
    '11X',
  ])('refuses %j with a place', (text) => {
    expect(() => parse(text)).toThrow(CopybookError);
  });

  it('never allocates for a repetition, however large', () => {
    expect(() => parse('X(999999999999999999999)')).toThrow(/PICTURE_TOO_LARGE/);
    expect(() => parse('X(268435456)X')).toThrow(/PICTURE_TOO_LARGE/);
  });

  it('is a picture or a CopybookError, whatever the text', () => {
    const symbols = fc.constantFrom(...'XASVPZ*B0/,.+-9NGU1E$()CRDB12 x'.split(''));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(symbols).map((list) => list.join('')),
        ),
        (text) => {
          try {
            expect(parse(text).size).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(CopybookError);
          }
        },
      ),
    );
  });
});
