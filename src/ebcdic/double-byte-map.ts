import { createRequire } from 'node:module';

/**
 * A double-byte map as it is stored.
 *
 * `cells` is base64 of deflated bytes: for the cells X'41'-X'FE' × X'41'-X'FE' in order, 0 when unmapped, else the
 * difference to the mapped cell before it modulo 2^24, in three planes (high, middle, low bytes). Values from 0x110000
 * count into `sequences`, characters that take two code points.
 */
export interface PackedDoubleByteMap {
  readonly cells: string;
  readonly sequences: readonly string[];
}

/** Pairs of bytes ↔ characters; a pair is the number lead × 256 + trail. */
export interface DoubleByteMap {
  /** The character of a pair, one or two code points; `undefined` when it has none. */
  readonly toText: (pair: number) => string | undefined;
  /** The pair of the longest character at `index` and its length in UTF-16 units; `undefined` when it has none. */
  readonly toPair: (text: string, index: number) => { readonly pair: number; readonly length: number } | undefined;
}

const first = 0x41;
const side = 0xfe - first + 1;
const blankPair = 0x4040;
const blank = '\u3000';

/** Unpack a stored map. */
export function doubleByteMap(packed: PackedDoubleByteMap): DoubleByteMap {
  const texts = new Map<number, string>([[blankPair, blank]]);
  const pairs = new Map<string, number>([[blank, blankPair]]);
  const { inflateRawSync } = createRequire(import.meta.url)('node:zlib') as typeof import('node:zlib'); // few pages need it
  const planes = inflateRawSync(Buffer.from(packed.cells, 'base64'), { maxOutputLength: 3 * side * side });
  const count = planes.length / 3;
  let value = 0;
  for (let cell = 0; cell < count; cell++) {
    const difference = planes.readUInt8(cell) * 0x10000 + planes.readUInt8(count + cell) * 0x100;
    const step = difference + planes.readUInt8(2 * count + cell);
    if (step === 0) continue;
    value = (value + step) % 0x1000000;
    const pair = (first + Math.floor(cell / side)) * 0x100 + first + (cell % side);
    const text = value < 0x110000 ? String.fromCodePoint(value) : (packed.sequences[value - 0x110000] ?? '');
    texts.set(pair, text);
    // Of pairs with the same character the last one is written: the first are compatibility radicals.
    pairs.set(text, pair);
  }
  return { toText: (pair) => texts.get(pair), toPair: (text, index) => longest(pairs, text, index) };
}

function longest(pairs: ReadonlyMap<string, number>, text: string, index: number): ReturnType<DoubleByteMap['toPair']> {
  // No character is longer than two UTF-16 units: a surrogate pair, or a base and a combining mark.
  for (const length of [2, 1]) {
    if (index + length > text.length) continue;
    const pair = pairs.get(text.slice(index, index + length));
    if (pair !== undefined) return { pair, length };
  }
  return undefined;
}
