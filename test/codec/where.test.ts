import { describe, expect, it } from 'vitest';
import { compileWhere } from '../../src/codec/compile-where.ts';
import { codecOf, ebcdic } from './codec-of.ts';

const codec = codecOf(
  '01 R. 05 NAME PIC X(8). 05 AMT PIC S9(16)V99 SIGN TRAILING SEPARATE. 05 T OCCURS 2. 10 K PIC 9(2). 05 V PIC X. 05 W REDEFINES V PIC 9.',
  { view: ['NAME:SMITH=W', 'V=V'] },
);

function holds(expressions: string | string[], record = ' SMITH  900719925474099301+03 12'): boolean {
  return compileWhere(codec, expressions)(codec.read(ebcdic(record)));
}

describe('where', () => {
  it.each([
    ['NAME = SMITH', true],
    ["NAME = ' SMITH '", true],
    ['name=smith', false],
    ['NAME != SMITH', false],
    ['NAME < T', true],
    ['NAME in JONES, SMITH', true],
    ['NAME IN JONES', false],
    ['AMT = 9007199254740993.01', true],
    ['AMT = 9007199254740993.0100', true],
    ['AMT > 9007199254740993', true],
    ['AMT < 9007199254740993.02', true],
    ['AMT <= -1', false],
    ['R.AMT >= 9.00719925474099301e15', true],
    ['K = 3', true],
    ['T.K = 03.0', true],
    ['K OF T in 4,5', false],
    ["K = ''", false],
    ['W = 2', true],
    ['V = 2', false],
    ['V != 7', false],
  ])('%s', (expression, expected) => {
    expect(holds(expression)).toBe(expected);
  });

  it('holds when all conditions do', () => {
    expect(holds(['NAME = SMITH', 'AMT > 0'])).toBe(true);
    expect(holds(['NAME = SMITH', 'AMT < 0'])).toBe(false);
    expect(compileWhere(codec, undefined)(codec.read(ebcdic('')))).toBe(true);
  });

  it('finds blank fields', () => {
    const blank = '        900719925474099301+03  2';
    expect(holds("NAME = ''", blank)).toBe(true);
    expect(holds("K = ''", blank)).toBe(true);
    expect(holds("K != ''", '        900719925474099301+xxxx2')).toBe(false);
  });

  it.each(['NAME', '= 5', 'AMT = many', 'K ~ 5', "NAME in 'a", 'T = 1'])('refuses %s', (expression) => {
    expect(() => holds(expression)).toThrow(expect.objectContaining({ code: 'USAGE', exitStatus: 2 }));
  });

  it('names what is not there', () => {
    expect(() => holds('NAMES = X')).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_NAME', message: expect.stringContaining('NAME') }),
    );
  });

  it('does not take a forgotten value for a blank one', () => {
    for (const expression of ['K >', 'AMT = ', 'NAME =', 'NAME in A,', 'K in 1,,2']) {
      expect(() => holds(expression)).toThrow(
        expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining("''") }),
      );
    }
  });

  it('refuses a text that its field has no room for, as conditions in another syntax give', () => {
    for (const expression of ['NAME = A and K > 3 or anything else', "NAME in ('A','a value longer than its field')"]) {
      expect(() => holds(expression)).toThrow(
        expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('has room for') }),
      );
    }
  });
});
