import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ZonedOptions } from '../../src/ebcdic/index.ts';
import { isBlankNumeric, readNationalDigits, readZoned } from '../../src/ebcdic/index.ts';

const signed: ZonedOptions = {
  signed: true,
  sign: 'trailing',
  separate: false,
  data: 'ebcdic',
  asciiSign: 'ebcdic',
  zoned: 'strict',
};
const unsigned: ZonedOptions = { ...signed, signed: false };
const read = (hex: string, options: ZonedOptions = signed) => readZoned(Buffer.from(hex, 'hex'), options);
const ascii = (text: string, options: Partial<ZonedOptions> = {}) =>
  readZoned(Buffer.from(text, 'latin1'), { ...signed, data: 'ascii', ...options });

describe('an EBCDIC zoned decimal', () => {
  test.each([
    ['F1F2C3', false, '123', []],
    ['F1F2D3', true, '123', []],
    ['F1F2F3', false, '123', ['SIGN_NOT_PREFERRED']],
    ['F1F2A3', false, '123', ['SIGN_NOT_PREFERRED']],
    ['F1F2E3', false, '123', ['SIGN_NOT_PREFERRED']],
    ['F1F2B3', true, '123', ['SIGN_NOT_PREFERRED']],
    ['F0F0D0', false, '000', ['MINUS_ZERO']],
    ['F0B0', false, '00', ['SIGN_NOT_PREFERRED', 'MINUS_ZERO']],
    ['C0', false, '0', []],
  ])('%s in a signed field', (hex, negative, digits, notes) => {
    expect(read(hex)).toEqual({ negative, digits, notes });
  });

  test.each([
    ['F1F2F3', false, '123', []],
    ['F1F2C3', false, '123', ['SIGN_NOT_PREFERRED']],
    ['F1F2D3', true, '123', ['SIGN_UNEXPECTED']],
    ['F1F2B3', true, '123', ['SIGN_UNEXPECTED']],
    ['D0', false, '0', ['SIGN_UNEXPECTED', 'MINUS_ZERO']],
  ])('%s in an unsigned field', (hex, negative, digits, notes) => {
    expect(read(hex, unsigned)).toEqual({ negative, digits, notes });
  });

  test('a leading sign is in the first byte', () => {
    expect(read('D1F2F3', { ...signed, sign: 'leading' })).toEqual({ negative: true, digits: '123', notes: [] });
    expect(read('F1F2D3', { ...signed, sign: 'leading' })).toMatchObject({ error: 'ZONED_DIGIT' });
  });

  test('a separate sign has a byte of its own, also in a field without S', () => {
    expect(read('4EF1F2', { ...signed, sign: 'leading', separate: true })).toEqual({
      negative: false,
      digits: '12',
      notes: [],
    });
    expect(read('F1F260', { ...signed, separate: true })).toEqual({ negative: true, digits: '12', notes: [] });
    expect(read('F1F24E', { ...unsigned, separate: true })).toEqual({ negative: false, digits: '12', notes: [] });
    expect(read('F1F260', { ...unsigned, separate: true })).toEqual({
      negative: true,
      digits: '12',
      notes: ['SIGN_UNEXPECTED'],
    });
    expect(read('F1F240', { ...signed, separate: true })).toMatchObject({ error: 'SEPARATE_SIGN' });
    expect(read('F1C260', { ...signed, separate: true })).toMatchObject({ error: 'ZONED_DIGIT' });
    expect(read('60', { ...signed, separate: true })).toMatchObject({ error: 'ZONED_DIGIT' });
  });

  test('strict wants zone F, lenient ignores the zones of all digits but the sign', () => {
    expect(read('40F2C3')).toMatchObject({ error: 'ZONED_DIGIT' });
    expect(read('4032C3', { ...signed, zoned: 'lenient' })).toEqual({ negative: false, digits: '023', notes: [] });
    expect(read('F1FAC3', { ...signed, zoned: 'lenient' })).toMatchObject({ error: 'ZONED_DIGIT' });
    expect(read('F1F243', { ...signed, zoned: 'lenient' })).toMatchObject({ error: 'ZONED_SIGN' });
  });

  test('messages say where, what was there, and what COBOL would do', () => {
    expect(read('F1F240')).toEqual({
      error: 'ZONED_SIGN',
      expected: "a sign A-F in the zone at byte 3, not X'40'; a COBOL program would abend S0C7 here",
    });
    expect(read('F1FFC0')).toMatchObject({ expected: expect.stringContaining('S0C7') });
    expect(read('F140C0')).toEqual({
      error: 'ZONED_DIGIT',
      expected: "a digit X'F0'-X'F9' at byte 2, not X'40'; hardware would ignore the zone (--zoned lenient does too)",
    });
    expect(read('')).toMatchObject({ error: 'ZONED_DIGIT' });
  });

  test('every two bytes read as a naive model says', () => {
    for (let high = 0; high < 256; high++) {
      for (let low = 0; low < 256; low++) {
        const result = readZoned(Uint8Array.of(high, low), signed);
        const text = high.toString(16).padStart(2, '0') + low.toString(16).padStart(2, '0');
        const fits = /^f(\d)([a-f])(\d)$/.exec(text);
        expect('error' in result).toBe(fits === null);
        if ('error' in result || fits === null) continue;
        const value = Number(`${fits[1]}${fits[3]}`) * ('bd'.includes(fits[2] ?? '') ? -1 : 1);
        expect(Number(result.digits) * (result.negative ? -1 : 1)).toBe(value === 0 ? 0 : value);
        expect(result.notes.length === 0).toBe('cd'.includes(fits[2] ?? '') && !(fits[2] === 'd' && value === 0));
      }
    }
  });
});

describe('an ASCII zoned decimal', () => {
  test.each([
    ['ebcdic', '12C', false, '123', []],
    ['ebcdic', '12{', false, '120', []],
    ['ebcdic', '12L', true, '123', []],
    ['ebcdic', '12}', true, '120', []],
    ['ebcdic', '123', false, '123', ['SIGN_NOT_PREFERRED']],
    ['microfocus', '123', false, '123', []],
    ['microfocus', '12s', true, '123', []],
    ['microfocus', '12p', true, '120', []],
    ['fujitsu', '12@', false, '120', []],
    ['fujitsu', '12C', false, '123', []],
    ['fujitsu', '12S', true, '123', []],
    ['fujitsu', '123', false, '123', ['SIGN_NOT_PREFERRED']],
    ['microfocus', '00p', false, '000', ['MINUS_ZERO']],
  ] as const)('%s: %s', (asciiSign, text, negative, digits, notes) => {
    expect(ascii(text, { asciiSign })).toEqual({ negative, digits, notes });
  });

  test.each([
    ['ebcdic', '12s'],
    ['ebcdic', '12@'],
    ['microfocus', '12C'],
    ['microfocus', '12z'],
    ['fujitsu', '12{'],
    ['fujitsu', '12Z'],
    ['ebcdic', '12 '],
  ] as const)('%s: %s has no sign', (asciiSign, text) => {
    expect(ascii(text, { asciiSign })).toMatchObject({ error: 'ZONED_SIGN' });
  });

  test('an unsigned field wants plain digits, and notes signs', () => {
    expect(ascii('123', { signed: false })).toEqual({ negative: false, digits: '123', notes: [] });
    expect(ascii('12C', { signed: false })).toEqual({ negative: false, digits: '123', notes: ['SIGN_NOT_PREFERRED'] });
    expect(ascii('12L', { signed: false })).toEqual({ negative: true, digits: '123', notes: ['SIGN_UNEXPECTED'] });
  });

  test('separate signs are ASCII', () => {
    expect(ascii('-12', { sign: 'leading', separate: true })).toEqual({ negative: true, digits: '12', notes: [] });
    expect(ascii('12+', { separate: true })).toEqual({ negative: false, digits: '12', notes: [] });
    expect(ascii('12\u004e', { separate: true })).toMatchObject({ error: 'SEPARATE_SIGN' });
  });

  test('digits with another zone are errors, unless lenient', () => {
    expect(ascii('1 3', { signed: false })).toMatchObject({ error: 'ZONED_DIGIT' });
    expect(ascii('1 3', { signed: false, zoned: 'lenient' })).toMatchObject({ digits: '103' });
    expect(ascii('1:3', { signed: false, zoned: 'lenient' })).toMatchObject({ error: 'ZONED_DIGIT' });
  });
});

test('national digits become ASCII in either order, and everything else no digit', () => {
  const digits = readNationalDigits(Buffer.from('-12', 'utf16le'), 'little');
  expect(Buffer.from(digits).toString()).toBe('-12');
  expect([...readNationalDigits(Uint8Array.of(0, 0x31, 0x31, 0x00, 0x32), 'big')]).toEqual([0x31, 0xff, 0xff]);
  expect(readZoned(digits, { ...signed, data: 'ascii', sign: 'leading', separate: true })).toMatchObject({
    digits: '12',
    negative: true,
  });
});

test('blank is wholly blank or wholly low-values', () => {
  expect(isBlankNumeric(Uint8Array.of(0x40, 0x40), 0x40)).toBe(true);
  expect(isBlankNumeric(Uint8Array.of(0, 0), 0x40)).toBe(true);
  expect(isBlankNumeric(Uint8Array.of(0x40, 0), 0x40)).toBe(false);
  expect(isBlankNumeric(Uint8Array.of(0x20, 0x20), 0x40)).toBe(false);
  expect(isBlankNumeric(new Uint8Array(), 0x40)).toBe(false);
});

test('no bytes crash it: a reading has as many digits as bytes, or an error', () => {
  const options = fc.record<ZonedOptions>({
    signed: fc.boolean(),
    sign: fc.constantFrom('leading', 'trailing'),
    separate: fc.boolean(),
    data: fc.constantFrom('ebcdic', 'ascii'),
    asciiSign: fc.constantFrom('ebcdic', 'microfocus', 'fujitsu'),
    zoned: fc.constantFrom('strict', 'lenient'),
  });
  const likely = fc.oneof(fc.nat(255), fc.integer({ min: 0xf0, max: 0xf9 }), fc.integer({ min: 0x30, max: 0x39 }));
  fc.assert(
    fc.property(options, fc.array(likely, { maxLength: 20 }), (given, input) => {
      const result = readZoned(Uint8Array.from(input), given);
      if ('error' in result) expect(result.expected).not.toBe('');
      else expect(result.digits).toMatch(new RegExp(`^\\d{${input.length - (given.separate ? 1 : 0)}}$`));
    }),
    { numRuns: 2000 },
  );
});
