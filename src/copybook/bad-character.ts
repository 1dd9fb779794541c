import { sourceMistake } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';

/** Make the error of a character that no word can hold, with a hint for those that word processors and slides put in. */
export function badCharacter(code: number, position: SourcePosition): Error {
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const name = code > 0x20 && code < 0x7f ? `"${String.fromCharCode(code)}"` : `the character ${shown}`;
  return sourceMistake('BAD_CHARACTER', position, `${name} cannot stand here`, { hint: characterHint(code) });
}

function characterHint(code: number): string {
  if ('‘’‚‛′´`'.includes(String.fromCodePoint(code))) return "this is a typographic quotation mark: write '";
  if ('“”„‟″«»'.includes(String.fromCodePoint(code))) return 'this is a typographic quotation mark: write "';
  if ('‐‑‒–—―−\u00ad'.includes(String.fromCodePoint(code))) return 'this is a dash: write the hyphen -';
  if ('\u200b\u200c\u200d\u2060\ufeff'.includes(String.fromCodePoint(code)))
    return 'this character is invisible: delete it';
  if ('•●▪·'.includes(String.fromCodePoint(code))) return 'this is a bullet of a list: delete it';
  if (code === 0xfffd) return 'the file is in another encoding than it was read in';
  if (code < 0x20 || (code >= 0x7f && code < 0xa0))
    return 'this is a control character: is the file a copybook in text form?';
  return 'names have letters, digits, hyphens and underscores; anything else stands in literals';
}
