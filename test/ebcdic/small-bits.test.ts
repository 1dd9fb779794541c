import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBitString, readBits, readSmallBits, writeBits, writeSmallBits } from '../../src/ebcdic/index.ts';

describe('up to 53 bits', () => {
  it('are read as numbers wherever they start', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 9, maxLength: 12 }), fc.nat(19), fc.nat(53), (bytes, offset, length) => {
        const value = readSmallBits(bytes, offset, length);
        expect(BigInt(value)).toBe(readBits(bytes, offset, length));
        expect(value).toBe(Number.parseInt(`0${readBitString(bytes, offset, length)}`, 2));
      }),
    );
  });

  it('are written as bigints are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 53 }), fc.maxSafeNat(), (length, any) => {
        const value = any % 2 ** length;
        expect({ bytes: writeSmallBits(value, length) }).toEqual(writeBits(BigInt(value), length));
      }),
    );
  });
});
