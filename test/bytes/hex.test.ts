import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteText } from '../../src/bytes/byte-text.ts';
import { fromHex, toHex, writeHex } from '../../src/bytes/hex.ts';

describe('hexadecimal digits', () => {
  it('round-trip any bytes, also those of a view into a larger buffer', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat({ max: 3 }), (bytes, start) => {
        const part = bytes.subarray(start);
        expect(fromHex(toHex(part))).toEqual(Uint8Array.from(part));
        const out = new ByteText();
        writeHex(part, out.text('X'));
        expect(Buffer.from(out.bytes).toString()).toBe(`X${toHex(part)}`);
      }),
    );
  });

  it('are upper case when written and either case when read', () => {
    expect(toHex(Uint8Array.of(0xab, 0x0c))).toBe('AB0C');
    expect(fromHex('aB0c')).toEqual(Uint8Array.of(0xab, 0x0c));
  });

  it.each(['A', 'ABC', 'G0', '0x', ' A0', 'A0\n'])('refuse %j', (text) => {
    expect(fromHex(text)).toBeNull();
  });
});
