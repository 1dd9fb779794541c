import type { FieldType } from '../../copybook/layout.ts';
import type { CodePage } from '../../ebcdic/code-page.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import { asciiSigns } from '../../ebcdic/zoned-signs.ts';
import type { HeaderField } from './header-field.ts';
import type { Parser } from './new-parser.ts';

/** A field as the reference reads it: an integer without its decimal point, a text, `null`, or blanks where a number should be, which may count as 0. */
export type ReferenceValue = bigint | string | { readonly blank: 'zero' | 'none' } | null;

type TypeOf<Kind extends FieldType['kind']> = Extract<FieldType, { kind: Kind }>;

/** Adds a field to a parser and makes a value of what that found. */
export interface ReferenceField {
  /** Whether this is a reading of its own: others are left to the codec. */
  readonly known: boolean;
  /** Parse it under a name, the parser being where the frame starts; it must be taken back there. */
  parse(parser: Parser, name: string): Parser;
  value(parsed: unknown): ReferenceValue;
}

/** Prepare a field: whole numbers of the parser where it has them, hexadecimal text everywhere else. */
export function referenceField(field: HeaderField): ReferenceField {
  const { type, settings, options, start, end } = field;
  const length = end - start;
  const as = (read: (parser: Parser, name: string) => Parser, value: ReferenceField['value']): ReferenceField => ({
    known: true,
    parse: (parser, name) => read(parser.seek(start), name).seek(-end),
    value,
  });
  const asHex = (value: (bytes: readonly string[]) => ReferenceValue): ReferenceField =>
    as(
      (parser, name) => parser.string(name, { length, encoding: 'hex' }),
      (parsed) => value(String(parsed).match(/../g) ?? []),
    );
  const number = (value: (bytes: readonly string[]) => bigint | null): ReferenceField =>
    asHex((bytes) => (isBlank(bytes, page) ? blankValue(settings.blank) : value(bytes)));
  const page = codePage(settings.codepage, { nel: options.nel });
  const unknown: ReferenceField = { known: false, parse: (parser) => parser, value: () => null };
  if (settings.as !== 'item') return unknown;
  switch (type.kind) {
    case 'text': {
      const single = type.encoding === 'single-byte' && page.kind === 'single-byte';
      const ends = settings.trim === 'nul' ? /[ \0]+$/ : / +$/;
      return single ? asHex((bytes) => textOf(bytes, page).replace(ends, '')) : unknown;
    }
    case 'zoned':
      if (type.encoding !== 'single-byte') return unknown;
      if (!type.blankWhenZero) return number((bytes) => zonedOf(bytes, field, type, page));
      return asHex((bytes) => {
        if (isBlank(bytes, page)) return bytes[0] === '00' ? blankValue(settings.blank) : 0n;
        return zonedOf(bytes, field, type, page);
      });
    case 'packed':
      return type.signNibble ? number((bytes) => packedOf(bytes, type)) : asHex((bytes) => packedOf(bytes, type));
    case 'bits':
      if (field.item.bit + type.bits <= 32 && length <= 4) return bits(type.bits, field, as);
      return asHex((bytes) => {
        const rest = 8 * length - field.item.bit - type.bits;
        return BigInt.asUintN(type.bits, BigInt(`0x${bytes.join('')}`) >> BigInt(rest));
      });
    case 'binary': {
      const name = binaryNames[length];
      const order = type.order === 'big' ? 'be' : 'le';
      if (name !== undefined) {
        const method = `${type.signed ? '' : 'u'}${name}${length === 1 ? '' : order}` as 'uint16be';
        return as(
          (parser, to) => parser[method](to),
          (parsed) => BigInt(parsed as number | bigint),
        );
      }
      return asHex((bytes) => {
        const unsigned = BigInt(`0x${(order === 'be' ? bytes : bytes.toReversed()).join('')}`);
        return type.signed ? BigInt.asIntN(8 * length, unsigned) : unsigned;
      });
    }
    default:
      return unknown;
  }
}

/** The parser's integers by length in bytes. */
const binaryNames: Readonly<Record<number, string>> = { 1: 'int8', 2: 'int16', 4: 'int32', 8: 'int64' };

function bits(
  count: number,
  { item, start, end }: HeaderField,
  as: (read: (parser: Parser, name: string) => Parser, value: ReferenceField['value']) => ReferenceField,
): ReferenceField {
  const before = item.bit;
  const after = 8 * (end - start) - before - count;
  const bit = (parser: Parser, name: string, length: number): Parser =>
    length === 0 ? parser : (parser[`bit${length}`]?.(name) ?? parser);
  return as(
    (parser, name) => bit(bit(bit(parser, `${name}Before`, before), name, count), `${name}After`, after),
    (parsed) => BigInt(parsed as number),
  );
}

function textOf(bytes: readonly string[], page: CodePage): string {
  return bytes.map((byte) => page.toUnicode.charAt(Number.parseInt(byte, 16))).join('');
}

function isBlank(bytes: readonly string[], page: CodePage): boolean {
  const blank = page.family === 'ascii' ? '20' : '40';
  return bytes.every((byte) => byte === blank) || bytes.every((byte) => byte === '00');
}

function blankValue(policy: 'null' | 'zero' | 'error'): ReferenceValue {
  return { blank: policy === 'zero' ? 'zero' : 'none' };
}

/** Digits in their zones, and the sign in or beside the first or the last of them. */
function zonedOf(bytes: readonly string[], field: HeaderField, type: TypeOf<'zoned'>, page: CodePage): bigint | null {
  const ascii = page.family === 'ascii';
  const digit = field.options.zoned === 'lenient' ? /^.\d$/ : ascii ? /^3\d$/ : /^f\d$/;
  const at = type.sign === 'leading' ? 0 : bytes.length - 1;
  const rest = bytes.filter((_, index) => index !== at);
  const carrier = bytes[at] ?? '';
  if (!rest.every((byte) => digit.test(byte))) return null;
  const signed = type.separate
    ? separateSign(carrier, ascii)
    : ascii
      ? asciiSign(carrier, field.options.asciiSign)
      : /^[a-f]\d$/.test(carrier)
        ? { digit: carrier.charAt(1), minus: /^[bd]/.test(carrier) }
        : null;
  if (signed === null) return null;
  const digits = rest.map((byte) => byte.charAt(1));
  digits.splice(at, 0, signed.digit);
  const text = digits.join('');
  return text === '' ? null : signed.minus ? -BigInt(text) : BigInt(text);
}

interface Sign {
  readonly digit: string;
  readonly minus: boolean;
}

function separateSign(byte: string, ascii: boolean): Sign | null {
  const minus = byte === (ascii ? '2d' : '60');
  return minus || byte === (ascii ? '2b' : '4e') ? { digit: '', minus } : null;
}

function asciiSign(byte: string, rule: keyof typeof asciiSigns): Sign | null {
  const character = String.fromCharCode(Number.parseInt(byte, 16));
  if (/^\d$/.test(character)) return { digit: character, minus: false };
  const [plus, minus] = asciiSigns[rule].map((signs) => signs.indexOf(character));
  if (plus !== undefined && plus >= 0) return { digit: String(plus), minus: false };
  return minus !== undefined && minus >= 0 ? { digit: String(minus), minus: true } : null;
}

/** Digit nibbles, and a sign nibble where the picture has one. */
function packedOf(bytes: readonly string[], type: TypeOf<'packed'>): bigint | null {
  const found = (type.signNibble ? /^(\d+)([a-f])$/ : /^(\d+)()$/).exec(bytes.join(''));
  if (found === null) return null;
  const digits = BigInt((found[1] ?? '').slice(-type.digits));
  return found[2] === 'b' || found[2] === 'd' ? -digits : digits;
}
