import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalDecimal, compareDecimals, nearlySame, sameDecimal } from './decimal.ts';

describe('decimals', () => {
  it.each([
    ['5.00', '5'],
    ['-0.0', '0'],
    ['007', '7'],
    ['+1.50', '1.5'],
    ['1e3', '1000'],
    ['12.5e-3', '0.0125'],
    ['-123e2', '-12300'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['0e999', '0'],
  ])('%s is %s', (text, canonical) => {
    expect(canonicalDecimal(text)).toBe(canonical);
  });

  it.each(['', '-', '.', '1e', 'x', '1 ', '1e99999999', 'Infinity', 'NaN', '0x10'])('%s is none', (text) => {
    expect(canonicalDecimal(text)).toBeNull();
    expect(sameDecimal(text, text)).toBe(false);
  });

  it('of equal value are the same however they are written', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 40 }), (digits, zeros) => {
        expect(sameDecimal(`${digits}${'0'.repeat(zeros)}e-${zeros}`, String(digits))).toBe(true);
        expect(sameDecimal(`${digits}e-${zeros}`, `${digits + 1n}e-${zeros}`)).toBe(false);
      }),
    );
  });

  it('are ordered by value', () => {
    const ordered = ['-10', '-9.99', '0', '0.10', '0.2', '9', '10', '9007199254740993.1'];
    expect([...ordered].reverse().sort(compareDecimals)).toEqual(ordered);
    expect(compareDecimals('1.0', '1')).toBe(0);
  });

  it('of floating point are near each other within 1e-6, and never near what is not finite', () => {
    expect(nearlySame('1', '1.0000009')).toBe(true);
    expect(nearlySame('1', '1.00001')).toBe(false);
    expect(nearlySame('0', '0.0')).toBe(true);
    expect(nearlySame('NaN', 'NaN')).toBe(false);
    expect(nearlySame('1e999', '1e999')).toBe(false);
  });
});
