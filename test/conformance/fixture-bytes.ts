import { codePage } from '../../src/ebcdic/index.ts';

/**
 * Read the `data.txt` of a fixture: the bytes of its `data.bin` in a form that can be read and changed.
 *
 *     'TEXT'    in EBCDIC (cp037)
 *     a'TEXT'   in Latin-1
 *     00 1C2D   hexadecimal digits
 *     # …       a comment up to the end of the line
 */
export function fixtureBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  const token = /\s+|#.*|(?<prefix>a?)'(?<quoted>[^']*)'|(?<hex>(?:[0-9A-Fa-f]{2})+)/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new SyntaxError(`data.txt is malformed at offset ${at}: ${text.slice(at, at + 20)}`);
    const { prefix, quoted, hex } = match.groups ?? {};
    if (hex !== undefined) bytes.push(...Buffer.from(hex, 'hex'));
    if (quoted !== undefined) bytes.push(...(prefix === 'a' ? Buffer.from(quoted, 'latin1') : ebcdic(quoted)));
  }
  return Uint8Array.from(bytes);
}

function ebcdic(text: string): Uint8Array {
  const encoded = codePage('cp037').encode(text);
  if ('bytes' in encoded) return encoded.bytes;
  throw new SyntaxError(`no cp037 byte for character ${encoded.unmappable + 1} of '${text}'`);
}
