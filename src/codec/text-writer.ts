import type { TextEncodingKind } from '../copybook/layout.ts';
import type { EncodedText } from '../ebcdic/code-page.ts';
import { codePage, pureDbcsOf } from '../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { type FieldWriter, shownValue, wrongKind } from './encode-issue.ts';
import type { FieldSettings } from './field-settings.ts';

/** Ways to write one kind of text. */
export interface TextEncoder {
  readonly encode: (text: string) => EncodedText;
  /** The bytes of one blank. */
  readonly blank: Uint8Array;
}

/** Choose how an item's characters become bytes. Throws UNKNOWN_CODE_PAGE. */
export function textEncoder(
  encoding: TextEncodingKind,
  settings: FieldSettings,
  options: ResolvedOptions,
): TextEncoder {
  switch (encoding) {
    case 'national':
      return {
        encode: (text) => ({ bytes: encodeUtf16(text, options.national) }),
        blank: encodeUtf16(' ', options.national),
      };
    case 'utf8':
      return { encode: codePage('utf8').encode, blank: Uint8Array.of(0x20) };
    case 'dbcs':
      return { encode: pureDbcsOf(settings.codepage).encode, blank: Uint8Array.of(0x40, 0x40) };
    case 'single-byte': {
      const page = codePage(settings.codepage, { nel: options.nel });
      return { encode: page.encode, blank: Uint8Array.of(page.blank) };
    }
  }
}

/**
 * Make the writer of a text item of `length` bytes: filled with blanks on the right, JUSTIFIED ones on the left. `null` is
 * blanks where the item is DISPLAY.
 */
export function textWriter(
  encoding: TextEncodingKind,
  justified: boolean,
  length: number,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldWriter {
  const { encode, blank } = textEncoder(encoding, settings, options);
  // A JUSTIFIED item that was told to lose its trailing blanks gets those back.
  const left = justified && settings.trim !== 'right';
  return (value) => {
    if (value === null && encoding === 'single-byte') return { bytes: filled(new Uint8Array(0), length, blank, left) };
    if (typeof value !== 'string') return wrongKind('text');
    if (value.length > length) return tooLong(value.length, length, encoding);
    const encoded = encode(value);
    if ('unmappable' in encoded) {
      const character = String.fromCodePoint(value.codePointAt(encoded.unmappable) ?? 0);
      const code = (value.codePointAt(encoded.unmappable) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      const where = `character ${encoded.unmappable + 1}, ${shownValue(character)} (U+${code}), is none`;
      return { code: 'ENCODE_CHARACTER', expected: `characters of the code page; ${where}` };
    }
    const { bytes } = encoded;
    return bytes.length > length
      ? tooLong(bytes.length, length, encoding)
      : { bytes: filled(bytes, length, blank, left) };
  };
}

function tooLong(taken: number, length: number, encoding: TextEncodingKind): ReturnType<FieldWriter> {
  const unit = encoding === 'national' || encoding === 'dbcs' ? 2 : 1;
  const room =
    unit === 2 ? `${length / 2} characters (${length} bytes)` : `${length} ${length === 1 ? 'byte' : 'bytes'}`;
  return { code: 'ENCODE_TOO_LONG', expected: `text of at most ${room}; it takes ${taken} bytes` };
}

/** Fill text up to the length of its item. */
export function filled(bytes: Uint8Array, length: number, blank: Uint8Array, left: boolean): Uint8Array {
  const field = new Uint8Array(length);
  const [start, end] = left ? [0, length - bytes.length] : [bytes.length, length];
  for (let at = start; at < end; at++) field[at] = blank[(at - start) % blank.length] ?? 0;
  field.set(bytes, left ? end : 0);
  return field;
}

function encodeUtf16(text: string, form: 'utf-16be' | 'utf-16le'): Uint8Array {
  const units = Buffer.from(text, 'utf16le');
  return new Uint8Array(form === 'utf-16be' ? units.swap16() : units);
}
