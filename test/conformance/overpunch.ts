/** How the sign of a zoned digit is written. */
export type SignStyle = 'ebcdic-bytes' | 'ebcdic' | 'microfocus' | 'fujitsu';

const asciiSigns = {
  ebcdic: ['{ABCDEFGHI', '}JKLMNOPQR'],
  microfocus: ['', 'pqrstuvwxy'],
  fujitsu: ['@ABCDEFGHI', 'PQRSTUVWXY'],
} as const;

/**
 * Take the sign off a zoned digit (§3, §5); `null` when the byte is none. A plain digit is plus.
 *
 * `ebcdic-bytes`: zones C, F, A, E plus, D, B minus. The other styles are ASCII characters.
 */
export function readSignedDigit(byte: number, style: SignStyle): { digit: number; negative: boolean } | null {
  if (style === 'ebcdic-bytes') {
    const [zone, digit] = [byte >> 4, byte & 0x0f];
    return zone < 0x0a || digit > 9 ? null : { digit, negative: zone === 0x0d || zone === 0x0b };
  }
  if (byte >= 0x30 && byte <= 0x39) return { digit: byte - 0x30, negative: false };
  const [plus, minus] = asciiSigns[style];
  const character = String.fromCharCode(byte);
  if (plus.includes(character)) return { digit: plus.indexOf(character), negative: false };
  return minus.includes(character) ? { digit: minus.indexOf(character), negative: true } : null;
}
