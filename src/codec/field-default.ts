import { fromHex } from '../bytes/hex.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { Literal } from '../copybook/syntax.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { editingWriter } from './edited-writer.ts';
import type { FieldSettings } from './field-settings.ts';
import { fieldWriter } from './field-writer.ts';
import { filled, textEncoder, textWriter } from './text-writer.ts';

/**
 * The bytes of an elementary item that has no value, as INITIALIZE would set it: blanks in text, zero in numbers. With
 * `useValue` its VALUE, when it has one.
 */
export function fieldDefault(
  item: LayoutItem,
  settings: FieldSettings,
  options: ResolvedOptions,
  useValue: boolean,
): Uint8Array {
  const plain: FieldSettings = { ...settings, as: 'item', scale: null };
  const fromValue = useValue && item.value !== null ? literalBytes(item.value, item, plain, options) : null;
  if (fromValue !== null) return fromValue;
  const { type } = item;
  const numeric = type !== null && type.kind !== 'text' && (type.kind !== 'edited' || type.numeric);
  const zero = numeric ? writeNumber('0', item, plain, options) : null;
  return zero ?? blanks(item, plain, options);
}

/** The bytes a VALUE gives an item or, when it is DISPLAY text, a group; `null` when it does not fit. */
export function literalBytes(
  literal: Literal,
  item: LayoutItem,
  settings: FieldSettings,
  options: ResolvedOptions,
): Uint8Array | null {
  switch (literal.kind) {
    case 'number':
      return writeNumber(literal.text, item, settings, options) ?? writeText(literal.text, item, settings, options);
    case 'figurative':
      switch (literal.word) {
        case 'ZERO':
          return writeNumber('0', item, settings, options) ?? repeated('0', item, settings, options);
        case 'SPACE':
          return blanks(item, settings, options);
        case 'QUOTE':
          return repeated('"', item, settings, options);
        case 'HIGH-VALUE':
          return new Uint8Array(item.length).fill(0xff);
        default:
          return new Uint8Array(item.length);
      }
    case 'all':
      return repeated(charactersOf(literal), item, settings, options);
    case 'string': {
      if (literal.form === 'hex') {
        const bytes = fromHex(literal.text);
        if (bytes === null || bytes.length > item.length) return null;
        return filled(bytes, item.length, textEncoder('single-byte', settings, options).blank, false);
      }
      if (item.type?.kind === 'bits') {
        const form = literal.form === 'boolean-hex' ? '0x' : '0b';
        return /^[0-9A-Fa-f]+$/.test(literal.text) && (form === '0x' || /^[01]+$/.test(literal.text))
          ? writeNumber(BigInt(form + literal.text).toString(), item, settings, options)
          : null;
      }
      const text = charactersOf(literal);
      return writeText(text, item, settings, options) ?? writeNumber(text, item, settings, options);
    }
  }
}

function charactersOf(literal: Extract<Literal, { kind: 'string' | 'all' }>): string {
  const { form, text } = literal;
  if (form === 'null-terminated') return `${text}\u0000`;
  if (form !== 'national-hex') return text;
  return text.replace(/.{4}/g, (unit) => String.fromCharCode(Number.parseInt(unit, 16)));
}

function writeNumber(
  text: string,
  item: LayoutItem,
  settings: FieldSettings,
  options: ResolvedOptions,
): Uint8Array | null {
  const { type, length } = item;
  if (type === null || type.kind === 'text') return null;
  const write =
    type.kind === 'edited' ? editingWriter(type, length, settings, options) : fieldWriter(item, settings, options);
  const written = write(text, false);
  return 'bytes' in written ? written.bytes : null;
}

function writeText(
  text: string,
  item: LayoutItem,
  settings: FieldSettings,
  options: ResolvedOptions,
): Uint8Array | null {
  const { type, length } = item;
  if (type !== null && type.kind !== 'text' && type.kind !== 'edited') return null;
  const justified = type?.justified ?? false;
  const written = textWriter(type?.encoding ?? 'single-byte', justified, length, settings, options)(text, false);
  return 'bytes' in written ? written.bytes : null;
}

function repeated(
  text: string,
  item: LayoutItem,
  settings: FieldSettings,
  options: ResolvedOptions,
): Uint8Array | null {
  const { type, length } = item;
  if (text === '' || (type !== null && type.kind !== 'text' && type.kind !== 'edited')) return null;
  const encoded = textEncoder(type?.encoding ?? 'single-byte', settings, options).encode(text);
  if (!('bytes' in encoded) || encoded.bytes.length === 0) return null;
  return filled(new Uint8Array(0), length, encoded.bytes, false);
}

function blanks(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): Uint8Array {
  const { type, length } = item;
  const encoding = type !== null && 'encoding' in type ? type.encoding : 'single-byte';
  return filled(new Uint8Array(0), length, textEncoder(encoding, settings, options).blank, false);
}
