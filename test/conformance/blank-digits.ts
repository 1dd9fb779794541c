import type { FieldType } from '../../src/copybook/layout.ts';
import { canonicalDecimal } from './decimal.ts';
import { readSignedDigit, type SignStyle } from './overpunch.ts';

type ZonedType = Extract<FieldType, { kind: 'zoned' }>;

/** Read a zoned item with blanks and X'00' passed over wherever they stand (§12); `null` when nothing is left or readable. */
export function readBlankDigits(bytes: Uint8Array, type: ZonedType, style: SignStyle): string | null {
  const ebcdic = style === 'ebcdic-bytes';
  const blank = ebcdic ? 0x40 : 0x20;
  const kept = [...bytes].filter((byte) => byte !== blank && byte !== 0);
  if (kept.length === 0) return type.blankWhenZero && bytes.every((byte) => byte === blank) ? '0' : null;
  let negative = false;
  if (type.separate) {
    const sign = type.sign === 'leading' ? kept.shift() : kept.pop();
    const [plus, minus] = ebcdic ? [0x4e, 0x60] : [0x2b, 0x2d];
    if (kept.length === 0 || (sign !== plus && sign !== minus)) return null;
    negative = sign === minus;
  }
  const signed = type.signed && !type.separate ? (type.sign === 'leading' ? 0 : kept.length - 1) : -1;
  let digits = '';
  for (const [index, byte] of kept.entries()) {
    const read = index === signed ? readSignedDigit(byte, style) : plainDigit(byte, ebcdic ? 0xf0 : 0x30);
    if (read === null) return null;
    if (index === signed) negative = read.negative;
    digits += read.digit;
  }
  return canonicalDecimal(`${negative ? '-' : ''}${digits}e${-type.scale}`);
}

function plainDigit(byte: number, zero: number): { digit: number; negative: boolean } | null {
  return byte >= zero && byte <= zero + 9 ? { digit: byte - zero, negative: false } : null;
}
