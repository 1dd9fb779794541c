import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPacked, readUnsignedPacked } from '../../src/ebcdic/index.ts';

const read = (hex: string, digits: number, signed = true) => readPacked(Buffer.from(hex, 'hex'), { signed, digits });

describe('a packed decimal', () => {
  test.each([
    ['12345C', 5, false, '12345', []],
    ['12345D', 5, true, '12345', []],
    ['12345F', 5, false, '12345', ['SIGN_NOT_PREFERRED']],
    ['12345A', 5, false, '12345', ['SIGN_NOT_PREFERRED']],
    ['12345B', 5, true, '12345', ['SIGN_NOT_PREFERRED']],
    ['012C', 2, false, '12', []],
    ['312C', 2, false, '12', ['PAD_NIBBLE']],
    ['000D', 3, false, '000', ['MINUS_ZERO']],
    ['500D', 2, false, '00', ['PAD_NIBBLE', 'MINUS_ZERO']],
    ['0C', 1, false, '0', []],
  ])('%s of %i digits in a signed field', (hex, digits, negative, text, notes) => {
    expect(read(hex, digits)).toEqual({ negative, digits: text, notes });
  });

  test('an unsigned field wants F', () => {
    expect(read('123F', 3, false)).toEqual({ negative: false, digits: '123', notes: [] });
    expect(read('123C', 3, false)).toEqual({ negative: false, digits: '123', notes: ['SIGN_NOT_PREFERRED'] });
    expect(read('123D', 3, false)).toEqual({ negative: true, digits: '123', notes: ['SIGN_UNEXPECTED'] });
  });

  test('what is no digit and what is no sign would abend', () => {
    expect(read('1A3C', 3)).toEqual({
      error: 'PACKED_DIGIT',
      expected: 'a digit 0-9 in nibble 2, not A; a COBOL program would abend S0C7 here',
    });
    expect(read('F12C', 2)).toMatchObject({ error: 'PACKED_DIGIT' });
    expect(read('1234', 3)).toEqual({
      error: 'PACKED_SIGN',
      expected: 'a sign A-F in the last nibble, not 4; a COBOL program would abend S0C7 here',
    });
    expect(read('404040', 5)).toMatchObject({ error: 'PACKED_SIGN' });
    expect(read('', 1)).toMatchObject({ error: 'PACKED_SIGN' });
  });

  test('every two bytes read as a naive model says', () => {
    for (let word = 0; word < 0x10000; word++) {
      const hex = word.toString(16).padStart(4, '0');
      const result = readPacked(Uint8Array.of(word >> 8, word & 0xff), { signed: true, digits: 3 });
      const fits = /^(\d{3})([a-f])$/.exec(hex);
      expect('error' in result, hex).toBe(fits === null);
      if ('error' in result || fits === null) continue;
      const value = BigInt(fits[1] ?? '') * ('bd'.includes(fits[2] ?? '') ? -1n : 1n);
      expect(BigInt(result.digits) * (result.negative ? -1n : 1n), hex).toBe(value);
    }
  });
});

describe('an unsigned packed decimal (COMP-6)', () => {
  test('has two digits a byte', () => {
    expect(readUnsignedPacked(Uint8Array.of(0x12, 0x34))).toEqual({ negative: false, digits: '1234', notes: [] });
    expect(readUnsignedPacked(Uint8Array.of(0x01, 0x23), { digits: 3 })).toEqual({
      negative: false,
      digits: '123',
      notes: [],
    });
    expect(readUnsignedPacked(Uint8Array.of(0x91, 0x23), { digits: 3 })).toMatchObject({
      digits: '123',
      notes: ['PAD_NIBBLE'],
    });
    expect(readUnsignedPacked(Uint8Array.of(0, 0))).toEqual({ negative: false, digits: '0000', notes: [] });
    expect(readUnsignedPacked(Uint8Array.of(0x12, 0x3c))).toMatchObject({ error: 'PACKED_DIGIT' });
  });
});

test('no bytes crash them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.nat(40), fc.boolean(), (bytes, digits, signed) => {
      for (const result of [readPacked(bytes, { signed, digits }), readUnsignedPacked(bytes, { digits })]) {
        if ('error' in result) expect(result.expected).not.toBe('');
        else expect(result.digits).toMatch(/^\d*$/);
      }
    }),
  );
});
