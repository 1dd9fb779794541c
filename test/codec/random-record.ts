import type { ResolvedOptions } from '../../src/codec/codec-options.ts';
import { editNumber } from '../../src/codec/edit-number.ts';
import type { LayoutItem, RecordLayout } from '../../src/copybook/layout.ts';
import { codePage, pureDbcsOf } from '../../src/ebcdic/open-code-page.ts';
import type { RandomSource } from './random-source.ts';

interface Maker {
  readonly random: RandomSource;
  readonly options: ResolvedOptions;
  /** Values drawn for counters, and keys of views, before their items were made. */
  readonly counts: Map<LayoutItem, number>;
  /** Counters that stand behind their tables, and were drawn for these. */
  readonly ahead: Set<LayoutItem>;
}

/**
 * Make the bytes of a random record as a compiler would write them: preferred signs, FILLER blank or zero, slack and unused
 * slots X'00'. Nothing of the encoder is used, so that the two can be held against each other.
 */
export function randomRecord(record: RecordLayout, options: ResolvedOptions, random: RandomSource): Uint8Array {
  const bits = itemBits(record.root, { random, options, counts: new Map(), ahead: new Set() });
  const whole = options.odo === 'padded' ? bits.padEnd(8 * record.root.length, '0') : bits;
  return Uint8Array.from(whole.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

/** An item with all its occurrences, as a string of bits. */
function itemBits(item: LayoutItem, maker: Maker): string {
  const { occurs } = item;
  if (occurs === null) return entryBits(item, maker);
  const { counter } = occurs;
  if (counter !== null && counter.index > item.index) {
    maker.counts.set(counter, maker.random.integer(occurs.minimum, occurs.maximum));
    maker.ahead.add(counter);
  }
  const count = counter === null ? occurs.maximum : (maker.counts.get(counter) ?? occurs.maximum);
  const entries = Array.from({ length: count }, () => entryBits(item, maker)).join('');
  const slots = maker.options.odo === 'maximum' || counter === null;
  return slots ? entries + '0'.repeat((occurs.maximum - count) * occurs.strideBits) : entries;
}

function entryBits(item: LayoutItem, maker: Maker): string {
  if (item.type !== null) return fieldBits(item, maker);
  let bits = '';
  let key = 0;
  for (const child of item.children) {
    drawCounts(child, item, maker);
    if (child.redefines === null && !isBits(child)) bits = wholeBytes(bits);
    bits += '0'.repeat(8 * child.slack);
    if (child.name !== null && /^K\d+-ITEM$/.test(child.name)) {
      key = maker.random.integer(0, 2);
      bits += textBits('ABC'.charAt(key), child, maker);
    } else if (child.views.length > 1) {
      const view = child.views[Math.min(key, child.views.length - 1)];
      const size = isBits(child) ? child.bitLength : 8 * child.areaLength;
      if (view !== undefined) bits += itemBits(view, maker).padEnd(size, '0');
    } else if (child.redefines === null) {
      bits += itemBits(child, maker);
    }
  }
  return (isBits(item) ? bits : wholeBytes(bits)) + '0'.repeat(8 * item.trailingSlack);
}

/** Bit items, and groups that are named as bit groups, follow at the next bit; all others at the next byte. */
function isBits({ type, name }: LayoutItem): boolean {
  return type?.kind === 'bits' || name?.endsWith('-BITS') === true;
}

function wholeBytes(bits: string): string {
  return bits.padEnd(8 * Math.ceil(bits.length / 8), '0');
}

/** If an item is a counter in front of its table, decide now how many entries that gets. */
function drawCounts(item: LayoutItem, group: LayoutItem, maker: Maker): void {
  if (maker.ahead.delete(item)) return;
  const table = group.children.find((child) => child.occurs?.counter === item)?.occurs;
  if (table != null) maker.counts.set(item, maker.random.integer(table.minimum, table.maximum));
}

function fieldBits(item: LayoutItem, maker: Maker): string {
  const { type } = item;
  const { random, options, counts } = maker;
  if (type === null) return '';
  const page = codePage(options.codepage);
  const ebcdic = page.family === 'ebcdic';
  const isFiller = item.name === null;
  const count = counts.get(item);
  const draw = (digits: number): string =>
    isFiller ? '0'.repeat(digits) : count === undefined ? random.digits(digits) : String(count).padStart(digits, '0');
  const negative = (digits: string, signed: boolean): boolean =>
    signed && !isFiller && count === undefined && /[1-9]/.test(digits) && random.chance(0.4);
  switch (type.kind) {
    case 'text':
      return textBits(isFiller ? '' : randomText(item, maker), item, maker);
    case 'edited': {
      const value = { negative: false, digits: String(random.integer(1, 99)), scale: type.picture.scale };
      const text = type.numeric ? editNumber(value, type.picture, type.blankWhenZero) : randomText(item, maker);
      return textBits(text ?? '', item, maker);
    }
    case 'zoned': {
      const digits = draw(type.digits);
      const national = type.encoding === 'national';
      const data = ebcdic && !national;
      const minus = negative(digits, type.signed);
      let bytes = [...digits].map((digit) => (data ? 0xf0 : 0x30) + Number(digit));
      if (type.blankWhenZero && /^0*$/.test(digits)) bytes = bytes.map(() => (data ? 0x40 : 0x20));
      if (type.separate) {
        const sign = minus ? (data ? 0x60 : 0x2d) : data ? 0x4e : 0x2b;
        if (type.sign === 'leading') bytes.unshift(sign);
        else bytes.push(sign);
      } else if (type.signed) {
        const at = type.sign === 'leading' ? 0 : bytes.length - 1;
        const digit = Number(digits.charAt(at));
        const signs = {
          ebcdic: ['{ABCDEFGHI', '}JKLMNOPQR'],
          microfocus: ['0123456789', 'pqrstuvwxy'],
          fujitsu: ['@ABCDEFGHI', 'PQRSTUVWXY'],
        }[options.asciiSign];
        bytes[at] = data ? (minus ? 0xd0 : 0xc0) + digit : (signs[minus ? 1 : 0]?.charCodeAt(digit) ?? 0);
      }
      const big = options.national === 'utf-16be';
      return toBits(national ? bytes.flatMap((byte) => (big ? [0, byte] : [byte, 0])) : bytes);
    }
    case 'packed': {
      const digits = draw(type.digits);
      const sign = !type.signNibble ? '' : !type.signed ? 'f' : negative(digits, true) ? 'd' : 'c';
      return hexBits((digits + sign).padStart(2 * item.length, '0'));
    }
    case 'binary': {
      if (type.digits === 0) return random.bits(8 * item.length);
      const digits = draw(type.digits);
      const value = BigInt(digits) * (negative(digits, type.signed) ? -1n : 1n);
      const bytes = BigInt.asUintN(8 * item.length, value)
        .toString(16)
        .padStart(2 * item.length, '0');
      return hexBits(type.order === 'big' ? bytes : reversed(bytes));
    }
    case 'float': {
      const bytes = options.floats.startsWith('hex') ? hexFloat(item.length, random) : ieeeFloat(item.length, random);
      return hexBits(options.floats.endsWith('le') ? reversed(bytes) : bytes);
    }
    case 'bits':
      if (count !== undefined) return count.toString(2).padStart(type.bits, '0');
      return isFiller ? '0'.repeat(type.bits) : random.bits(type.bits);
  }
}

/** A normalised float that a double holds: the last digit of the long one is 0. */
function hexFloat(length: number, random: RandomSource): string {
  if (random.chance(0.1)) return '00'.repeat(length);
  const digits = Array.from({ length: 2 * length - 4 }, () => random.integer(0, 15).toString(16)).join('');
  const head = (random.integer(0, 1) * 128 + random.integer(30, 100)).toString(16).padStart(2, '0');
  return `${head}${random.integer(1, 15).toString(16)}${digits}0`;
}

function ieeeFloat(length: number, random: RandomSource): string {
  const exponent = random
    .integer(1, length === 4 ? 254 : 2046)
    .toString(2)
    .padStart(length === 4 ? 8 : 11, '0');
  const bits = random.bits(1) + exponent;
  return BigInt(`0b${bits}${random.bits(8 * length - bits.length)}`)
    .toString(16)
    .padStart(2 * length, '0');
}

function randomText(item: LayoutItem, { random }: Maker): string {
  const { type } = item;
  const encoding = type !== null && 'encoding' in type ? type.encoding : 'single-byte';
  const room = encoding === 'national' || encoding === 'dbcs' ? item.length / 2 : item.length;
  const alphabet = encoding === 'dbcs' ? 'ＡＢ１' : encoding === 'national' ? 'Aé 漢"' : 'Aé z0\\"_';
  const length = random.integer(0, encoding === 'utf8' ? room / 2 : room);
  return Array.from({ length }, () => random.pick([...alphabet])).join('');
}

function textBits(text: string, item: LayoutItem, { options }: Maker): string {
  const { type, length } = item;
  const encoding = type !== null && 'encoding' in type ? type.encoding : 'single-byte';
  const justified = type !== null && 'justified' in type && type.justified;
  const [encode, blank] =
    encoding === 'national'
      ? [(characters: string) => utf16(characters, options), ' ']
      : encoding === 'dbcs'
        ? [pageEncoder(pureDbcsOf(options.codepage).encode), '\u3000']
        : [pageEncoder(codePage(encoding === 'utf8' ? 'utf8' : options.codepage).encode), ' '];
  let padded = text;
  while (encode(padded).length < length) padded = justified ? blank + padded : padded + blank;
  return toBits([...encode(padded)]);
}

function pageEncoder(
  encode: (text: string) => { readonly bytes: Uint8Array } | { readonly unmappable: number },
): (text: string) => Uint8Array {
  return (text) => {
    const encoded = encode(text);
    if (!('bytes' in encoded)) throw new RangeError(`not in the code page: ${text}`);
    return encoded.bytes;
  };
}

function utf16(text: string, options: ResolvedOptions): Uint8Array {
  const bytes = Buffer.from(text, 'utf16le');
  return options.national === 'utf-16be' ? bytes.swap16() : bytes;
}

function toBits(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

function hexBits(hex: string): string {
  return toBits([...Buffer.from(hex, 'hex')]);
}

function reversed(hex: string): string {
  return Buffer.from(hex, 'hex').reverse().toString('hex');
}
