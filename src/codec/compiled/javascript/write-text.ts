import { type EscapedCharacters, textTables } from '../text-tables.ts';

const word = 4; // bytes of text that are looked at together
const bit7 = 0x80; // of a character that is not plain
const notPlain = 0x80808080;

/** What the bytes of a code page are in JSON. */
export interface PageTables extends EscapedCharacters {
  readonly blank: number;
  /** For each pair of bytes, the first one low, their characters; one over 127 for a byte that is not a plain character in JSON. */
  readonly pairs: Uint16Array;
  /** Four blanks, and eight of them as a floating-point number, which is equal to no other. */
  readonly blanks: number;
  readonly eightBlanks: number;
}

const known = new Map<string, PageTables>();

/** Get the tables of a code page, which are made once. Throws UNKNOWN_CODE_PAGE. */
export function pageTables(codepage: string, nel: 'nel' | 'lf'): PageTables {
  const key = `${codepage} ${nel}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { blank, plain, all } = textTables(codepage, nel);
  const characters = plain.map((character) => (character === 0 ? bit7 : character));
  const pairs = new Uint16Array(characters.length ** 2);
  for (const [second, high] of characters.entries()) {
    for (const [first, low] of characters.entries()) pairs[(second << 8) | first] = (high << 8) | low;
  }
  const eightBlanks = Buffer.alloc(8, blank).readDoubleBE();
  const made = { ...all, blank, pairs, blanks: Math.imul(blank, 0x01010101), eightBlanks };
  known.set(key, made);
  return made;
}

/** Write text as it is; gives where it ends, 0 when the reference decoder must read it. May write up to 3 bytes more. */
export function writeText(
  b: Uint8Array,
  v: DataView,
  start: number,
  end: number,
  out: number,
  page: PageTables,
): number {
  const { pairs } = page;
  let seen = 0;
  let at = start;
  let to = out;
  for (; at <= end - word; at += word, to += word) {
    const bytes = v.getInt32(at, true);
    const characters = (pairs[bytes & 0xffff] as number) | ((pairs[bytes >>> 16] as number) << 16);
    seen |= characters;
    v.setInt32(to, characters, true);
  }
  if (at < end) {
    const bytes = v.getInt32(at, true);
    const characters = (pairs[bytes & 0xffff] as number) | ((pairs[bytes >>> 16] as number) << 16);
    seen |= characters << (8 * (at + word - end)); // without what is behind the text
    v.setInt32(to, characters, true);
  }
  return (seen & notPlain) === 0 ? out + end - start : writeEscaped(b, start, end, out, page);
}

/** Write text without the blanks on its right; the same otherwise. */
export function writeTrimmed(
  b: Uint8Array,
  v: DataView,
  start: number,
  end: number,
  out: number,
  page: PageTables,
): number {
  return writeText(b, v, start, trimRight(b, v, start, end, page), out, page);
}

/** Where text ends that is without the blanks on its right. */
export function trimRight(b: Uint8Array, v: DataView, start: number, end: number, page: PageTables): number {
  const { blank, blanks, eightBlanks } = page;
  let last = end;
  while (last - start >= 8 && v.getFloat64(last - 8) === eightBlanks) last -= 8;
  if (last - start >= 8) {
    const bytes = v.getInt32(last - word, true) ^ blanks;
    if (bytes !== 0) return last - (Math.clz32(bytes) >> 3);
    last -= word;
  }
  while (last > start && b[last - 1] === blank) last--;
  return last;
}

/** Where text ends that is without the blanks and nulls on its right. */
export function trimNulls(b: Uint8Array, start: number, end: number, { blank, nul }: PageTables): number {
  let last = end;
  while (last > start && (b[last - 1] === blank || b[last - 1] === nul)) last--;
  return last;
}

/** Where text starts that is without the blanks on its left. */
export function trimLeft(b: Uint8Array, start: number, end: number, { blank }: PageTables): number {
  let first = start;
  while (first < end && b[first] === blank) first++;
  return first;
}

/** Write text of any characters, escaped and as UTF-8; gives where it ends, 0 when the reference decoder must read it. */
export function writeEscaped(b: Uint8Array, start: number, end: number, out: number, page: PageTables): number {
  const { escaped } = page;
  let to = out;
  for (let at = start; at < end; at++) {
    const entry = 8 * (b[at] as number);
    const size = escaped[entry + 7] as number;
    if (size >= bit7) return 0;
    for (let index = 0; index < size; index++) b[to++] = escaped[entry + index] as number;
  }
  return to;
}
