import { printable } from '../bytes/printable.ts';
import { codePage } from '../ebcdic/open-code-page.ts';

/** Make a function that shows bytes as the characters of a code page, one each; a dot for what is no printable one. */
export function bytesAsText(name: string): (bytes: Uint8Array) => string {
  const { toUnicode, kind } = codePage(name);
  const characters = [...Array(256).keys()].map((byte) => {
    const character = toUnicode.charAt(byte);
    if (kind === 'dbcs' || character === '' || character === '\uFFFD') return '.';
    // What combines, is invisible or a control does not stand in a column of its own.
    return printable(character) === character && /^[\p{L}\p{N}\p{P}\p{S} ]$/u.test(character) ? character : '.';
  });
  return (bytes) => Array.from(bytes, (byte) => characters[byte] ?? '.').join('');
}
