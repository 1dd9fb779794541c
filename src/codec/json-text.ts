import type { ByteText } from '../bytes/byte-text.ts';

// Everything but printable characters that JSON writes as they are.
const special = /[^ !#-[\]-~\u00a0-\ud7ff\ue000-\uffff]/;
const controls = /[\u007f-\u009f]/g;

/** Write a text as JSON does, and DEL and C1 controls as `\u00XX` too, so that no terminal acts on them. */
export function jsonText(text: string): string {
  return special.test(text) ? jsonOfValue(text) : `"${text}"`;
}

/** The same for a whole value: texts in it, and names of members. */
export function jsonOfValue(value: unknown): string {
  return JSON.stringify(value).replace(
    controls,
    (character) => `\\u00${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** Write what `jsonText` gives, without the quotation marks. */
export function writeJsonCharacters(text: string, out: ByteText): void {
  const { length } = text;
  out.reserve(length);
  const { buffer } = out;
  const start = out.length;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === 0x22 || code === 0x5c) {
      out.text(jsonText(text).slice(1, -1));
      return;
    }
    buffer[start + at] = code;
  }
  out.length = start + length;
}
