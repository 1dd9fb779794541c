import { describe, expect, it } from 'vitest';
import { codecOf, decodeField, hex } from './codec-of.ts';

const field = (clauses: string, bytes: string, options = {}, dialect = {}) =>
  decodeField(clauses, hex(bytes), options, dialect);

describe('numeric fields', () => {
  it.each([
    ['PIC 9(3)', 'F1F2F3', 123, '123'],
    ['PIC S9(3)', 'F1F2D3', -123, '-123'],
    ['PIC S9(3)V99', 'F0F1F2F5C0', 12.5, '12.50'],
    ['PIC S9V99', 'F0F0D5', -0.05, '-0.05'],
    ['PIC 9(3)', 'F0F0F0', 0, '0'],
    ['PIC SVPP9(5)', 'F1F2F3F4C5', 0.0012345, '0.0012345'],
    ['PIC 9(3)PPP', 'F0F1F2', 12000, '12000'],
    ['PIC 9(15)', 'F9F9F9F9F9F9F9F9F9F9F9F9F9F9F9', 999999999999999, '999999999999999'],
    ['PIC 9(15)P', 'F0F0F0F0F0F0F0F0F0F0F0F0F0F0F1', '10', '"10"'],
    ['PIC 9(16)', 'F0F0F0F0F0F0F0F0F0F0F0F0F0F0F0F1', '1', '"1"'],
    ['PIC S9(14)V99', 'F0F0F0F0F0F0F0F0F0F0F0F0F0F1F0D0', '-1.00', '"-1.00"'],
    ['PIC S9(3) SIGN LEADING', 'D1F2F3', -123, '-123'],
    ['PIC S9(3) SIGN LEADING SEPARATE', '60F1F2F3', -123, '-123'],
    ['PIC S9(3) SIGN TRAILING SEPARATE', 'F1F2F34E', 123, '123'],
    ['PIC S9(5)V99 COMP-3', '0012345D', -123.45, '-123.45'],
    ['PIC 9(4) COMP-3', '01234F', 1234, '1234'],
    ['PIC 9(4) COMP-6', '1234', 1234, '1234'],
    ['PIC 9(4) COMP-6', '0000', 0, '0'],
    ['PIC S9(4) COMP', 'FFFE', -2, '-2'],
    ['PIC S9(7)V99 COMP', 'FFFFFF85', -1.23, '-1.23'],
    ['PIC S9(9)P(9) COMP', '3B9AC9FF', 999999999e9, '999999999000000000'],
    ['PIC S9(10) COMP', 'FFFFFFFFFFFFFFFE', -2, '-2'],
    ['PIC S9(18) COMP', 'FFFFFFFFFFFFFFFE', '-2', '"-2"'],
    ['PIC S9(10) COMP-5', '0000000000000002', '2', '"2"'],
    ['BINARY-DOUBLE', '0000000000000002', '2', '"2"'],
    ['BINARY-LONG UNSIGNED', 'FFFFFFFF', 4294967295, '4294967295'],
    ['PIC X(3) COMP-X', 'FFFFFF', 16777215, '16777215'],
    ['INDEX', '00000001', 1, '1'],
    ['POINTER', '80000000', 2147483648, '2147483648'],
    ['COMP-1', '42640000', 100, '100'],
    ['COMP-2', 'C276A00000000000', -118.625, '-118.625'],
  ])("reads %s X'%s'", (clauses, bytes, value, json) => {
    expect(field(clauses, bytes)).toEqual({ value, json, codes: [] });
  });

  it('gives the same digits in every style of numbers', () => {
    const one = (numbers: string, clauses = 'PIC S9(3)V99', bytes = 'F0F1F2F5C0') => field(clauses, bytes, { numbers });
    expect(one('string')).toMatchObject({ value: '12.50', json: '"12.50"' });
    expect(one('bigint')).toMatchObject({ value: '12.50' });
    expect(one('bigint', 'PIC 9(3)', 'F1F2F3')).toMatchObject({ value: 123n, json: '123' });
    expect(one('bigint', 'PIC 9PP', 'F7')).toMatchObject({ value: 700n });
    expect(one('number', 'PIC 9(18)', 'F1'.repeat(18))).toEqual({
      value: Number('1'.repeat(18)),
      json: '1'.repeat(18),
      codes: ['NUMBER_INEXACT'],
    });
    expect(one('number', 'PIC 9(18)', `${'F0'.repeat(17)}F5`)).toMatchObject({ value: 5, codes: [] });
  });

  it.each([
    ['PIC 9(10) COMP', '0020000000000000', 'BINARY_RANGE!'],
    ['PIC 9(13)V99 COMP', '7FFFFFFFFFFFFFFF', 'BINARY_RANGE!'],
  ])('refuses what a number of %s cannot hold, with its digits in the issue', (clauses, bytes, code) => {
    const found = field(clauses, bytes);
    expect(found.value).toBeNull();
    expect(found.codes).toContain(code);
  });

  it('reads binary values beyond their picture, with a note under trunc std', () => {
    expect(field('PIC 9(2) COMP', '00C8')).toEqual({ value: 200, json: '200', codes: ['BEYOND_PICTURE'] });
    expect(field('PIC 9(2) COMP', '00C8', { trunc: 'bin' })).toMatchObject({ value: 200, codes: [] });
    expect(field('PIC 9(2) COMP-5', '00C8')).toMatchObject({ value: 200, codes: [] });
    expect(field('PIC 9(10) COMP', '0000000000000001', { trunc: 'bin' })).toMatchObject({ value: '1' });
  });

  it.each([
    ['PIC S9(3)', 'F1F2F3', 123, ['SIGN_NOT_PREFERRED']],
    ['PIC 9(3)', 'F1F2C3', 123, ['SIGN_NOT_PREFERRED']],
    ['PIC 9(3)', 'F1F2D3', -123, ['SIGN_UNEXPECTED']],
    ['PIC S9(3)', 'F0F0D0', 0, ['MINUS_ZERO']],
    ['PIC S9(2) COMP-3', '112C', 12, ['PAD_NIBBLE']],
    ['PIC 9(2) BLANK WHEN ZERO', 'F0F0', 0, ['BLANK_WHEN_ZERO_DIGITS']],
    ['PIC 9(2) BLANK WHEN ZERO', '4040', 0, []],
    ['PIC 9(2) BLANK WHEN ZERO', '0000', null, ['BLANK_NUMERIC']],
    ['PIC 9(3)', 'F1C2F3', null, ['ZONED_DIGIT!']],
    ['PIC S9(3)', 'F1F213', null, ['ZONED_SIGN!']],
    ['PIC S9(3) COMP-3', '12AC', null, ['PACKED_DIGIT!']],
    ['PIC S9(3) COMP-3', '1234', null, ['PACKED_SIGN!']],
    ['PIC 9(3)', '404040', null, ['BLANK_NUMERIC']],
    ['PIC 9(3)', '000000', null, ['BLANK_NUMERIC']],
    ['PIC 9(3)', '40F1F2', null, ['ZONED_DIGIT!']],
    ['PIC S9(3) COMP-3', '4040', null, ['BLANK_NUMERIC']],
    ['PIC S9(3) COMP-3', '0000', null, ['BLANK_NUMERIC']],
  ])("says about %s X'%s' what is unusual", (clauses, bytes, value, codes) => {
    expect(field(clauses, bytes)).toMatchObject({ value, codes });
  });

  it('follows the policy for blank fields, also per field', () => {
    expect(field('PIC 9(3)', '404040', { blank: 'zero' })).toMatchObject({ value: 0, codes: ['BLANK_NUMERIC'] });
    expect(field('PIC 9(3)', '404040', { blank: 'error' })).toMatchObject({ value: null, codes: ['BLANK_NUMERIC!'] });
    expect(field('PIC 9(3)', '404040', { blank: 'error', field: 'F=blank:zero' })).toMatchObject({ value: 0 });
    expect(field('PIC 9(3)', '202020', { codepage: 'ascii' })).toMatchObject({ value: null, codes: ['BLANK_NUMERIC'] });
  });

  it('ignores zones of digits without sign when asked to', () => {
    expect(field('PIC S9(3)', 'C1D2C3', { zoned: 'lenient' })).toMatchObject({ value: 123, codes: [] });
    expect(field('PIC S9(3)', 'C1D213', { zoned: 'lenient' })).toMatchObject({ value: null });
  });

  it('reads signs of ASCII data in each way compilers write them', () => {
    const ascii = { codepage: 'ascii' };
    expect(field('PIC S9(3)', '31327D', { ...ascii, asciiSign: 'ebcdic' })).toMatchObject({ value: -120, codes: [] });
    expect(field('PIC S9(3)', '313273', { ...ascii, asciiSign: 'microfocus' })).toMatchObject({
      value: -123,
      codes: [],
    });
    expect(field('PIC S9(3)', '313253', { ...ascii, asciiSign: 'fujitsu' })).toMatchObject({ value: -123, codes: [] });
  });

  it('reads national digits', () => {
    expect(field('PIC 9(3) NATIONAL', '003100320033')).toMatchObject({ value: 123, codes: [] });
    expect(field('PIC 9(3) NATIONAL', '310032003300', { national: 'utf-16le' })).toMatchObject({ value: 123 });
    expect(field('PIC 9(3) NATIONAL', '002000200020')).toMatchObject({ value: null, codes: ['BLANK_NUMERIC'] });
    expect(field('PIC S9(2) SIGN LEADING SEPARATE NATIONAL', '002D00310032')).toMatchObject({ value: -12 });
  });

  it('takes the float format that is asked for', () => {
    expect(field('COMP-1', '0000C842', { floats: 'ieee-le' })).toMatchObject({ value: 100 });
    expect(field('COMP-2', '4059000000000000', { floats: 'ieee-be' })).toMatchObject({ value: 100 });
    expect(field('COMP-1', '7FC00000', { floats: 'ieee-be' })).toMatchObject({
      value: null,
      codes: ['FLOAT_NOT_FINITE!'],
    });
    expect(field('COMP-1', '42640000', { numbers: 'string' })).toMatchObject({ value: '100', json: '"100"' });
  });

  it('reads a field as hex, as a string or as unsigned packed digits when told', () => {
    expect(field('PIC S9(3) COMP-3', '123C', { field: 'f=hex' })).toMatchObject({ value: '123C', json: '"123C"' });
    expect(field('PIC S9(3) COMP-3', '123C', { field: ['F=hex', 'R.F=string'] })).toMatchObject({ value: '123' });
    expect(field('PIC X(2)', '1234', { field: 'F=packed-unsigned' })).toMatchObject({ value: 1234 });
    expect(field('PIC 9(3)V99 COMP-3', '012345', { field: 'F=packed-unsigned' })).toMatchObject({
      value: 123.45,
      json: '123.45',
    });
    expect(field('PIC X(2)', '123C', { field: 'F=packed-unsigned' })).toMatchObject({
      value: null,
      codes: ['PACKED_DIGIT!'],
    });
  });

  it('reads bits as an unsigned integer, across bytes and at any bit', () => {
    expect(field('PIC 1(12) BIT', 'FFF0')).toMatchObject({ value: 4095, codes: [] });
    expect(field('PIC 1(64) BIT', 'FFFFFFFFFFFFFFFF')).toMatchObject({ value: '18446744073709551615' });
  });

  it.each([
    ['PIC 9(4) COMP', '04D2', 'scale:2', 12.34, '12.34'],
    ['PIC S9(9) COMP', 'FFFFFB2E', 'scale:2', -12.34, '-12.34'],
    ['PIC S9(5)V99 COMP-3', '0001250C', 'scale:0', 1250, '1250'],
    ['PIC S9(5)V99 COMP-3', '0001250C', 'scale:3', 1.25, '1.250'],
    ['PIC 9(4)', 'F1F2F5F0', 'scale:2', 12.5, '12.50'],
    ['PIC 9(2)PP', 'F1F2', 'scale:1', 1.2, '1.2'],
    ['PIC 9(9) COMP-3', '123456789F', 'scale:15', 0.000000123456789, '0.000000123456789'],
    ['PIC 9(4)', 'F1F2F5F0', 'scale:16', '0.0000000000001250', '"0.0000000000001250"'],
    ['BINARY-DOUBLE', '0000000000000002', 'scale:2', '0.02', '"0.02"'],
    ['PIC 1(11) BIT', '9C40', 'scale:2', 12.5, '12.50'],
    ['PIC 1(49) BIT', 'FFFFFFFFFFFF80', 'scale:2', 5629499534213.11, '5629499534213.11'],
    ['PIC 1(50) BIT', 'FFFFFFFFFFFFC0', 'scale:2', '11258999068426.23', '"11258999068426.23"'],
    ['PIC 1(53) BIT', 'FFFFFFFFFFFFF8', 'scale:0', 9007199254740991, '9007199254740991'],
    ['PIC 1(3) BIT', 'A0', 'bits', '101', '"101"'],
    ['PIC 1(3) BIT', 'BF', 'hex', 'A0', '"A0"'],
    ['PIC X', 'C1', 'bits', '11000001', '"11000001"'],
  ])("reads %s X'%s' under %s as it stands for, and writes it back", (clauses, bytes, setting, value, json) => {
    const options = { field: `F=${setting}` };
    expect(field(clauses, bytes, options)).toEqual({ value, json, codes: [] });
    const codec = codecOf(`01 R. 05 F ${clauses}.`, options);
    const again = codec.encode({ F: value }).bytes ?? new Uint8Array();
    expect(codec.decode(again).value).toEqual({ F: value });
  });

  it('refuses a scale that is none, or of something that has none', () => {
    const made = (setting: string, clauses = 'PIC 9') => codecOf(`01 R. 05 F ${clauses}.`, { field: setting });
    for (const setting of ['F=scale:39', 'F=scale:-1', 'F=scale:', 'F=scale:x', 'F=bits:3']) {
      expect(() => made(setting)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
    expect(() => made('F=scale:2', 'PIC X')).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => made('F=scale:2', 'COMP-1')).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => made('R=scale:2', 'PIC X')).not.toThrow();
  });

  it('tells a COBOL programmer what would have happened', () => {
    const { issues } = codecOf('01 R. 05 A PIC X. 05 T OCCURS 2. 10 F PIC S9(3) COMP-3.').decode(hex('C1 123C 12AC'));
    expect(issues).toEqual([
      {
        code: 'PACKED_DIGIT',
        severity: 'error',
        path: 'T(2).F',
        offset: 3,
        length: 2,
        hex: '12AC',
        expected: expect.stringContaining('a COBOL program would abend S0C7 here'),
      },
    ]);
  });
});
