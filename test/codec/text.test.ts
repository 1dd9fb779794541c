import { describe, expect, it } from 'vitest';
import { decodeField, ebcdic, hex } from './codec-of.ts';

describe('text fields', () => {
  it.each([
    ['right', ' ab', 'PIC X(6)', ' ab   '],
    ['left', 'ab   ', 'PIC X(6)', ' ab   '],
    ['both', 'ab', 'PIC X(6)', ' ab   '],
    ['none', ' ab   ', 'PIC X(6)', ' ab   '],
    ['nul', ' ab', 'PIC X(6)', ' ab \0 '],
    ['right', ' ab \0', 'PIC X(6)', ' ab \0 '],
    ['right', 'ab ', 'PIC X(6) JUSTIFIED', '   ab '],
  ] as const)('trims %s', (trim, value, clauses, text) => {
    expect(decodeField(clauses, ebcdic(text), { trim })).toMatchObject({ value, codes: [] });
  });

  it('trims one field otherwise than the others', () => {
    expect(decodeField('PIC X(4)', ebcdic('a   '), { field: 'F=trim:none' }).value).toBe('a   ');
  });

  it('keeps low-values as characters, written so that no terminal acts on controls', () => {
    expect(decodeField('PIC X(2)', hex('00C1'))).toEqual({ value: '\0A', json: '"\\u0000A"', codes: [] });
    expect(decodeField('PIC X(1)', hex('07'))).toEqual({ value: '\u007f', json: '"\\u007f"', codes: [] });
    expect(decodeField('PIC X(1)', hex('FF')).json).toBe('"\\u009f"');
  });

  it('knows where new lines are', () => {
    expect(decodeField('PIC X(2)', hex('1525')).value).toBe('\u0085\n');
    expect(decodeField('PIC X(2)', hex('1525'), { nel: 'lf' }).value).toBe('\n\u0085');
  });

  it('reads national text in either byte order, a lone surrogate as it is', () => {
    expect(decodeField('PIC N(3)', hex('004130420020'))).toMatchObject({ value: 'A\u3042', codes: [] });
    expect(decodeField('PIC N(3)', hex('410042300030'), { national: 'utf-16le' })).toMatchObject({ value: 'A\u3042' });
    expect(decodeField('PIC N(2)', hex('D8000041'))).toEqual({ value: '\ud800A', json: '"\\ud800A"', codes: [] });
  });

  it('reads UTF-8 items', () => {
    expect(decodeField('PIC U(2)', hex('C3A9E282AC202020'))).toMatchObject({ value: 'é€', codes: [] });
    expect(decodeField('PIC U(1)', hex('C3202020'))).toMatchObject({ value: '\ufffd', codes: ['UNMAPPED_BYTE'] });
  });

  it('reads mixed and double-byte text', () => {
    const options = { codepage: 'cp930' };
    expect(decodeField('PIC X(8)', hex('0E44810F40404040'), options).value).toHaveLength(1);
    expect(decodeField('PIC X(4)', hex('0E448140'), options)).toMatchObject({ value: null, codes: ['DBCS_SHIFT!'] });
    expect(decodeField('PIC G(3)', hex('448140404040'), options).value).toHaveLength(1);
  });

  it('takes the code page of a field', () => {
    expect(decodeField('PIC X', hex('4A')).value).toBe('¢');
    expect(decodeField('PIC X', hex('4A'), { codepage: 'cp500' }).value).toBe('[');
    expect(decodeField('PIC X', hex('4A'), { field: 'F=codepage:ibm-500' }).value).toBe('[');
    expect(() => decodeField('PIC X', hex('4A'), { field: 'F=codepage:nonsense' })).toThrow(/nonsense/);
  });

  it('marks bytes without a character', () => {
    const found = decodeField('PIC X', hex('FF'), { codepage: 'ascii' });
    expect(found).toMatchObject({ value: '\ufffd', codes: ['UNMAPPED_BYTE'] });
  });

  it('has a note for blanks that would come back as others', () => {
    expect(decodeField('PIC N(2)', hex('0041 3000'))).toMatchObject({ value: 'A', codes: ['TEXT_FORM'] });
    expect(decodeField('PIC N(2)', hex('0041 0020'))).toMatchObject({ value: 'A', codes: [] });
    expect(decodeField('PIC G(2)', hex('42C1 4040'))).toMatchObject({ value: 'Ａ', codes: [] });
    expect(decodeField('PIC X(4)', hex('0E40400F'), { codepage: 'cp930' })).toMatchObject({
      value: '',
      codes: ['TEXT_FORM'],
    });
  });
});
