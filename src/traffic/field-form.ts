import { putBig, putBits, putDigits, putLittle, putPacked } from '../bytes/put-digits.ts';
import { decimalRoom, putAscii, putDecimal, putDigitText } from '../bytes/put-json.ts';
import type { Codec } from '../codec/create-codec.ts';
import type { FieldSettings } from '../codec/field-settings.ts';
import { type NumberStyle, numberStyle } from '../codec/number-value.ts';
import type { FieldType, LayoutItem } from '../copybook/layout.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { jsonRoomOfText, type WordPool } from './word-pool.ts';

/** What the number of a field in a frame stands for. */
export type Meaning =
  /** The stored digits: value × 10^scale. NaN is blanks. */
  | 'number'
  /** A word of the pool. */
  | 'word'
  /** A text of digits as long as the field; below 0 it is blanks. */
  | 'digits'
  /** Nothing: it is always the same. */
  | 'constant';

/** How one elementary field is written and how it prints, from a number. */
export interface FieldForm {
  readonly item: LayoutItem;
  readonly meaning: Meaning;
  /** The largest number that may stand for its value. */
  readonly maximum: number;
  /** The smallest. */
  readonly minimum: number;
  /** The zone of digits in its code page. */
  readonly zone: number;
  /** Write it; `bit` counts from byte 0 of `out`. */
  put(out: Uint8Array, bit: number, value: number): void;
  /** Write its value as a token of JSON, in UTF-8; returns where that ends. */
  putJson(out: Uint8Array, at: number, value: number): number;
  /** The most bytes that takes. */
  readonly jsonRoom: number;
}

/** Prepare an elementary field. `digits` asks for a text field that holds a number. */
export function fieldForm(item: LayoutItem, codec: Codec, words: WordPool, digits: boolean): FieldForm {
  const settings = codec.settingsOf(item);
  const { type } = item;
  if (settings === undefined) return blankForm(item, words.blank, '""');
  if (type === null || settings.as !== 'item') return rawForm(item, settings);
  const { blank } = codePage(settings.codepage);
  const zone = blank === asciiBlank ? 0x30 : 0xf0;
  switch (type.kind) {
    case 'text':
      if (type.encoding === 'national') return { ...blankForm(item, 0, '""'), put: nationalBlanks(item, codec) };
      if (type.encoding !== 'single-byte' || blank !== words.blank) {
        return blankForm(item, type.encoding === 'utf8' ? asciiBlank : blank, '""');
      }
      if (digits) return digitsForm(item, zone, blank);
      return wordForm(item, words, type.justified, type.justified && settings.trim === 'justified');
    case 'edited':
      if (type.encoding !== 'single-byte' || codec.options.edited === 'number') return blankForm(item, blank, '""');
      return wordForm(item, words, false, false);
    case 'zoned':
      if (type.encoding !== 'single-byte' || (zone === 0x30 && type.signed && !type.separate)) {
        return {
          ...blankForm(item, blank, 'null'),
          put: type.encoding === 'national' ? nationalBlanks(item, codec) : fill(item, blank),
        };
      }
      return numberForm(item, settings, type.precision, type.signed, false, zonedPut(item, type, zone, blank));
    case 'packed':
      return numberForm(item, settings, type.precision, type.signed, false, packedPut(item, type, blank));
    case 'binary': {
      const put = type.order === 'big' ? putBig : putLittle;
      const { length } = item;
      const digitsOf = type.digits === 0 ? Math.floor((8 * length - 1) * bitsPerDigit) : type.digits;
      const native = type.native || codec.options.trunc === 'bin';
      return numberForm(item, settings, digitsOf, type.signed, native, (out, bit, value) => {
        put(out, bit >>> 3, length, Number.isNaN(value) ? 0 : value);
      });
    }
    case 'bits': {
      const bits = Math.min(type.bits, wordBits); // the bits before are 0
      const skipped = type.bits - bits;
      const put: FieldForm['put'] = (out, bit, value) => putBits(out, bit + skipped, bits, value);
      return { ...numberForm(item, settings, type.bits > 53 ? 16 : 0, false, false, put), maximum: 2 ** bits - 1 };
    }
    case 'float':
      return { ...blankForm(item, 0, '0') };
  }
}

const asciiBlank = 0x20;
const wordBits = 31; // what integer operations hold
const bitsPerDigit = 0.30103; // digits a bit is worth: the logarithm of 2

function fill({ length }: LayoutItem, byte: number): FieldForm['put'] {
  return (out, bit) => void out.fill(byte, bit >>> 3, (bit >>> 3) + length);
}

function blankForm(item: LayoutItem, byte: number, json: string): FieldForm {
  const putJson: FieldForm['putJson'] = (out, at) => putAscii(out, at, json);
  const jsonRoom = json.length;
  return { item, meaning: 'constant', minimum: 0, maximum: 0, zone: 0, put: fill(item, byte), putJson, jsonRoom };
}

/** A field that is not read as its picture says: its bits by chance where they are shown as such, else zeros. */
function rawForm(item: LayoutItem, settings: FieldSettings): FieldForm {
  const { type, length, bitLength } = item;
  if (type !== null && settings.as === 'packed-unsigned') {
    const scale = scaleOf(item, settings);
    const precision = Math.max(2 * length, 2 * length - scale, scale);
    return constantNumber(item, scale, numberStyle({ kind: 'packed', precision }, 0, settings.numbers, false));
  }
  const isBits = type?.kind === 'bits';
  const inBits = type !== null && settings.as === 'bits';
  const zeros = { ...blankForm(item, 0, `"${'0'.repeat(inBits ? bitLength : 2 * Math.ceil(bitLength / 8))}"`) };
  if (!isBits) return zeros;
  const put: FieldForm['put'] = (out, bit, value) => putBits(out, bit, bitLength, value);
  if (!inBits || bitLength > wordBits) return { ...zeros, put };
  return {
    ...zeros,
    meaning: 'number',
    maximum: 2 ** bitLength - 1,
    put,
    putJson: (out, at, value) => putAscii(out, at, `"${value.toString(2).padStart(bitLength, '0')}"`),
  };
}

function constantNumber(item: LayoutItem, scale: number, style: NumberStyle): FieldForm {
  const digits = scale > 0 ? `0.${'0'.repeat(scale)}` : '0';
  const quoted = style === 'string' || (style === 'bigint' && scale > 0);
  return blankForm(item, 0, quoted ? `"${digits}"` : digits);
}

function nationalBlanks({ length }: LayoutItem, codec: Codec): FieldForm['put'] {
  const low = codec.options.national === 'utf-16be' ? 1 : 0;
  return (out, bit) => {
    for (let index = 0; index < length; index++) out[(bit >>> 3) + index] = index % 2 === low ? asciiBlank : 0;
  };
}

function wordForm(item: LayoutItem, words: WordPool, justified: boolean, trimsLeft: boolean): FieldForm {
  const { length } = item;
  return {
    item,
    meaning: 'word',
    minimum: 0,
    maximum: 0,
    zone: 0,
    put: (out, bit, value) => words.put(out, bit >>> 3, length, value, justified),
    putJson: (out, at, value) => words.putJson(out, at, length, value, trimsLeft),
    jsonRoom: jsonRoomOfText(length),
  };
}

function digitsForm(item: LayoutItem, zone: number, blank: number): FieldForm {
  const { length } = item;
  return {
    item,
    meaning: 'digits',
    minimum: -1,
    zone,
    maximum: 10 ** Math.min(length, mostDigits) - 1,
    put(out, bit, value) {
      if (value < 0) out.fill(blank, bit >>> 3, (bit >>> 3) + length);
      else putDigits(out, bit >>> 3, length, value, zone);
    },
    putJson: (out, at, value) => (value < 0 ? putAscii(out, at, '""') : putDigitText(out, at, length, value)),
    jsonRoom: length + 2,
  };
}

const mostDigits = 15; // what a number holds exactly

function numberForm(
  item: LayoutItem,
  settings: FieldSettings,
  precision: number,
  signed: boolean,
  native: boolean,
  put: FieldForm['put'],
): FieldForm {
  const { type, length } = item;
  const style = numberStyle({ kind: type?.kind ?? 'zoned', precision }, length, settings.numbers, native);
  const scale = scaleOf(item, settings);
  const digits = type?.kind === 'zoned' || type?.kind === 'packed' ? type.digits : precision;
  const maximum = 10 ** Math.min(digits, mostDigits) - 1;
  const quoted = style === 'string' || (style === 'bigint' && scale > 0);
  return {
    item,
    meaning: 'number',
    minimum: signed ? -maximum : 0,
    maximum,
    zone: codePage(settings.codepage).family === 'ascii' ? 0x30 : 0xf0,
    put,
    putJson(out, at, value) {
      if (!quoted || Number.isNaN(value)) return putDecimal(out, at, value, scale);
      const end = putDecimal(out, putAscii(out, at, '"'), value, scale);
      return putAscii(out, end, '"');
    },
    jsonRoom: decimalRoom(scale) + 2,
  };
}

function scaleOf({ type }: LayoutItem, settings: FieldSettings): number {
  const { scale } = settings as { readonly scale?: number | null };
  return scale ?? (type !== null && 'scale' in type ? type.scale : 0);
}

function zonedPut(
  { length }: LayoutItem,
  { digits, signed, separate, sign }: Extract<FieldType, { kind: 'zoned' }>,
  zone: number,
  blank: number,
): FieldForm['put'] {
  const leading = sign === 'leading';
  const [plus, minus] = zone === 0xf0 ? [0x4e, 0x60] : [0x2b, 0x2d];
  return (out, bit, value) => {
    const at = bit >>> 3;
    if (Number.isNaN(value)) {
      out.fill(blank, at, at + length);
      return;
    }
    const first = separate && leading ? at + 1 : at;
    putDigits(out, first, digits, value < 0 ? -value : value, zone);
    if (separate) {
      out[leading ? at : at + length - 1] = value < 0 ? minus : plus;
    } else if (signed) {
      const place = leading ? first : first + digits - 1;
      out[place] = ((out[place] as number) & 0x0f) | (value < 0 ? 0xd0 : 0xc0);
    }
  };
}

function packedPut(
  { length }: LayoutItem,
  { signed, signNibble }: Extract<FieldType, { kind: 'packed' }>,
  blank: number,
): FieldForm['put'] {
  return (out, bit, value) => {
    const at = bit >>> 3;
    if (Number.isNaN(value)) out.fill(blank, at, at + length);
    else if (!signNibble) putUnsigned(out, at, length, value);
    else putPacked(out, at, length, value < 0 ? -value : value, signed ? (value < 0 ? 0x0d : 0x0c) : 0x0f);
  };
}

/** COMP-6: two digits a byte, no sign. */
function putUnsigned(out: Uint8Array, at: number, length: number, value: number): void {
  let left = value;
  for (let end = at + length; end > at; left = Math.floor(left / 100)) {
    const pair = left % 100;
    out[--end] = Math.floor(pair / 10) * 16 + (pair % 10);
  }
}
