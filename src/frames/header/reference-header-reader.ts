import type { LayoutItem } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import { type FrameRole, frameRoles } from '../catalog/catalog.ts';
import { clockEpoch, lastTime } from './event-time.ts';
import { digitFields, digitsOf, isLongKey, longestText } from './field-number.ts';
import { type HeaderField, headerField } from './header-field.ts';
import type { HeaderReader } from './header-reader.ts';
import type { HeaderSource } from './header-source.ts';
import { newParser } from './new-parser.ts';
import { type ReferenceValue, referenceField } from './reference-field.ts';

/** What a header says, as in `HeaderReader`. */
export type HeaderValues = Pick<
  HeaderReader,
  'type' | 'direction' | 'key' | 'sequence' | 'time' | 'frameLength' | 'flags'
>;

/** Reads headers with binary-parser: plain and slow, for the fast reader to be checked against. */
export interface ReferenceHeaderReader {
  /** Read the header of the frame at `offset`; `null` when fewer bytes than a header are there. */
  read(bytes: Uint8Array, offset: number): HeaderValues | null;
}

/** A value of the reference, or the decimal that the codec gave. */
type Found = ReferenceValue | { readonly decimal: string };

/** A number that follows from one or several parsed fields. */
type Derived = (parsed: Parsed) => number;

/** What the parser found, with the bytes of the header for what is left to the codec. */
interface Parsed {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array;
}

/**
 * Make the reference of `createHeaderReader`. Floating point, edited and national items, pages of several bytes and fields read as
 * something else than their picture are read by the codec here as well.
 */
export function createReferenceHeaderReader({ header, types }: HeaderSource): ReferenceHeaderReader {
  const { fields, directions } = header;
  let parser = newParser();
  let count = 0;
  const at = (item: LayoutItem): HeaderField => headerField(header, item);

  /** Add a field to the parser. */
  const add = (field: HeaderField): ((parsed: Parsed) => Found) => {
    const name = `field${count++}`;
    const reference = referenceField(field);
    if (!reference.known) return ({ bytes }) => codecValue(field, bytes);
    parser = reference.parse(parser, name);
    return (parsed) => reference.value(parsed.fields[name]);
  };
  const addHex = (field: HeaderField): ((parsed: Parsed) => string) => {
    const name = `field${count++}`;
    parser = parser
      .seek(field.start)
      .string(name, { length: field.end - field.start, encoding: 'hex' })
      .seek(-field.end);
    return (parsed) => String(parsed.fields[name]);
  };
  const amount = (field: HeaderField): Derived => {
    const value = add(field);
    return (parsed) => {
      const found = value(parsed);
      if (typeof found !== 'string') return numberOf(found, field);
      return /^\d{1,15}$/.test(found.trim()) ? Number(found.trim()) : Number.NaN;
    };
  };
  const token = (field: HeaderField, blankCounts: boolean): Derived => {
    if (field.numeric) return amount(field);
    const value = addHex(field);
    const length = field.end - field.start;
    const blank = codePage(field.settings.codepage).blank.toString(16).padStart(2, '0').repeat(length);
    return (parsed) => {
      const hex = value(parsed);
      return length > longestText || (hex === blank && !blankCounts) ? Number.NaN : Number.parseInt(hex, 16);
    };
  };
  const key = (field: HeaderField): Derived => {
    const parts = digitFields(field, at);
    if (parts === null) return isLongKey(field) ? nothing : token(field, false);
    const values = parts.map(amount);
    return (parsed) => {
      const texts = values.map((value, index) => {
        const part = parts[index];
        return part === undefined ? '' : String(value(parsed)).padStart(digitsOf(part), '0');
      });
      return texts.every((text) => /^\d+$/.test(text)) ? Number(texts.join('')) : Number.NaN;
    };
  };
  const time = (field: HeaderField): Derived => {
    const { kind, offset } = header.timeFormat;
    if (kind === 'stck') {
      const value = addHex(field);
      return (parsed) => {
        const hex = value(parsed);
        return hex.length === 16 ? Number((BigInt(`0x${hex}`) >> 12n) / 1000n) - clockEpoch : Number.NaN;
      };
    }
    if (kind === 'digits') {
      const value = add(field);
      return (parsed) => dateOf(value(parsed), field) - offset * 60_000;
    }
    const value = amount(field);
    return (parsed) => {
      const found = value(parsed);
      const milliseconds =
        kind === 'seconds' ? Math.round(found * 1000) : Math.floor(kind === 'microseconds' ? found / 1000 : found);
      return Math.abs(milliseconds) <= lastTime ? milliseconds : Number.NaN;
    };
  };
  const choice = (items: readonly LayoutItem[], rows: readonly (readonly (readonly string[])[])[]): Derived => {
    const tested = items.map((item) => {
      const field = at(item);
      return { field, value: add(field) };
    });
    return (parsed) => {
      const found = tested.map(({ value }) => value(parsed));
      return rows.findIndex((row) =>
        tested.every(({ field }, index) => {
          const wanted = row[index] ?? [];
          return wanted.length === 0 || wanted.some((text) => fits(found[index] ?? null, text, field));
        }),
      );
    };
  };
  const optional = (item: LayoutItem | null, derive: (field: HeaderField) => Derived): Derived =>
    item === null ? nothing : derive(at(item));

  const typeOf = choice(
    header.discriminators,
    types.map(({ when }) => when),
  );
  const voices = frameRoles.filter((role) => fields.direction !== null && directions[role].length > 0);
  const voice = choice(
    fields.direction === null ? [] : [fields.direction],
    voices.map((role) => [directions[role]]),
  );
  const roleOf = (parsed: Parsed, type: number): number => {
    const role: FrameRole | undefined = voices[voice(parsed)] ?? types[type]?.role;
    const said = role !== undefined && (voices[voice(parsed)] === role || !voices.includes(role));
    return said ? frameRoles.indexOf(role) : -1;
  };
  const keyOf = key(at(fields.key));
  const sequenceOf = optional(fields.sequence, (field) => token(field, false));
  const timeOf = optional(fields.time, time);
  const lengthOf = optional(fields.length, amount);
  const flagsOf = fields.flags === null ? () => 0 : token(at(fields.flags), true);
  return {
    read(bytes, offset) {
      if (!(offset >= 0 && offset + header.length <= bytes.length)) return null;
      const own = bytes.subarray(offset, offset + header.length);
      const parsed = { fields: parser.parse(own), bytes: own };
      const type = typeOf(parsed);
      return {
        type,
        direction: roleOf(parsed, type),
        key: keyOf(parsed),
        sequence: sequenceOf(parsed),
        time: timeOf(parsed),
        frameLength: lengthOf(parsed) + header.lengthAdjustment,
        flags: flagsOf(parsed),
      };
    },
  };
}

const nothing: Derived = () => Number.NaN;

function codecValue(field: HeaderField, bytes: Uint8Array): Found {
  const { value, digits, problems } = field.read(bytes, 0);
  if (problems.some(({ code }) => code === 'BLANK_NUMERIC')) return { blank: value === null ? 'none' : 'zero' };
  if (value === null) return null;
  return field.numeric ? { decimal: digits ?? '' } : String(value);
}

function numberOf(value: Found, field: HeaderField): number {
  const number = Number(decimalOf(value, field) ?? Number.NaN);
  return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : Number.NaN;
}

/** A number as a decimal, `null` for what is none. */
function decimalOf(value: Found, { scale }: HeaderField): string | null {
  if (typeof value === 'bigint') return `${value}e${-scale}`;
  if (value === null || typeof value === 'string') return null;
  return 'decimal' in value ? value.decimal : value.blank === 'zero' ? '0' : null;
}

function fits(value: Found, wanted: string, field: HeaderField): boolean {
  if (!field.numeric) return typeof value === 'string' && value.trim() === wanted.trim();
  if (wanted.trim() === '') return value !== null && typeof value === 'object' && 'blank' in value;
  return numberOf(value, field) === Number(wanted);
}

function dateOf(value: Found, field: HeaderField): number {
  const positions = 'digits' in field.type ? field.type.digits : 0;
  const digits =
    typeof value === 'string' ? value.trim() : decimalOf(value, field)?.replace(/e-?0$/, '').padStart(positions, '0');
  const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d*)$/.exec(digits ?? '');
  if (found === null) return Number.NaN;
  const [year, month, day, hour, minute, second] = found.slice(1);
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${`${found[7]}000`.slice(0, 3)}Z`;
  const date = new Date(written);
  // A Date lets 31 February pass for 3 March.
  return Number.isNaN(date.getTime()) || date.toISOString() !== written ? Number.NaN : date.getTime();
}
