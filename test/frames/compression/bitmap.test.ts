import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../src/bytes/hex.ts';
import { readBitmap, writeBitmap } from '../../../src/frames/compression/bitmap.ts';
import { createCompressor } from '../../../src/frames/compression/create-compressor.ts';

const known = [2, 7, 12, 28, 32, 39, 41, 42, 50, 53, 62];

describe('presence bitmap', () => {
  it('says which fields follow', () => {
    const bytes = fromHex('4210001102C04804') ?? new Uint8Array(0);
    expect(readBitmap(bytes)).toEqual({ fields: known, length: 8 });
    expect(toHex(writeBitmap(known))).toBe('4210001102C04804');
  });

  it('has a second half for fields beyond 64', () => {
    expect(toHex(writeBitmap([128, 2]))).toBe('C0000000000000000000000000000001');
    expect(readBitmap(writeBitmap([65]))).toEqual({ fields: [65], length: 16 });
  });

  it('gives back any fields, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 2, max: 128 })), fc.uint8Array({ maxLength: 5 }), (fields, more) => {
        const bitmap = writeBitmap(fields);
        const read = readBitmap(Uint8Array.from([...bitmap, ...more]));
        expect(read).toEqual({ fields: fields.toSorted((one, other) => one - other), length: bitmap.length });
      }),
    );
  });

  it('is refused when it is cut, or is to tell of a field it cannot', () => {
    expect(() => readBitmap(new Uint8Array(7))).toThrow(expect.objectContaining({ code: 'COMPRESSED_BITMAP' }));
    expect(() => readBitmap(new Uint8Array(15).fill(0xff))).toThrow('16 bytes');
    for (const field of [1, 129, 2.5, Number.NaN]) {
      expect(() => writeBitmap([field])).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
  });

  it('of 64 bits tells nothing of fields beyond them, whatever data follow', () => {
    const fields = Array.from({ length: 100 }, () => 2);
    const compressor = createCompressor('bitmap', { fields, fill: 0x40 });
    const bytes = new Uint8Array(200).fill(0x40).fill(0xff, 0, 20);
    const compressed = compressor.compress(bytes);
    expect(compressed.length).toBe(28);
    expect(compressor.decompress(compressed)).toEqual(bytes);
  });
});
