import { type Chunk, chunksOf, loadCode } from './load-code.ts';

/** What reads digits: as `NumberCode`. */
interface DigitCode {
  readonly lines: readonly string[];
  readonly faults: readonly string[];
  readonly value: string;
}

/** Digits behind others: `head` × `unit` + `tail`. */
export function decimalCode(head: string, unit: number, tail: string): string {
  return `(${head} * ${unit} + ${tail})`;
}

/** Join numbers that stand one behind another; `unit` is 10 to the digits of each. */
export function joinCode(parts: readonly (DigitCode & { readonly unit: number })[]): DigitCode {
  return {
    lines: parts.flatMap(({ lines }) => lines),
    faults: parts.flatMap(({ faults }) => faults),
    value: parts.reduce((all, { value, unit }) => (all === '' ? value : decimalCode(all, unit, value)), ''),
  };
}

/** Write the code of digits 0-9 in one zone, up to 4 at once. */
export function zonedDigitsCode(start: number, end: number, zone: number, prefix: string): DigitCode {
  return joinCode(chunksOf(start, end).map((chunk, index) => zonedChunk(chunk, zone, `${prefix}${index}`)));
}

/** Digits side by side in one integer become pairs of digits, and these become one number. */
function zonedChunk(chunk: Chunk, zone: number, name: string): DigitCode & { readonly unit: number } {
  const { size } = chunk;
  const zones = repeated(zone, size);
  const lines = [`const ${name} = ${loadCode(chunk, size === 4)} ^ ${zones};`];
  // Without its zone a digit is 0-9: neither it nor it + 6 reaches the high nibble.
  const faults = [`(${name} | ${name} + ${repeated(0x06, size)}) & ${repeated(0xf0, size)}`];
  if (size === 1) return { lines, faults, value: name, unit: 10 };
  if (size === 2) return { lines, faults, value: `((${name} >> 8) * 10 + (${name} & 15))`, unit: 100 };
  lines.push(`const ${name}p = (${name} >>> 8 & 983055) * 10 + (${name} & 983055);`); // X'000F000F'
  return { lines, faults, value: `((${name}p >> 16) * 100 + (${name}p & 255))`, unit: 10_000 };
}

/** Write the code of digits two a byte, up to 8 at once; `sign` is the last nibble of fields that have one. */
export function packedDigitsCode(
  start: number,
  end: number,
  signNibble: boolean,
  prefix: string,
): DigitCode & { readonly sign: string } {
  const chunks = chunksOf(start, end);
  let sign = '';
  const parts = chunks.map((chunk, index) => {
    const name = `${prefix}${index}`;
    const part = packedChunk(name, chunk.size);
    const load = loadCode(chunk, chunk.size === 4);
    if (!signNibble || index < chunks.length - 1)
      return { ...part, lines: [`const ${name} = ${load};`, ...part.lines] };
    sign = `(${name}w & 15)`;
    const lines = [`const ${name}w = ${load}, ${name} = ${name}w >>> 4;`, ...part.lines];
    return { ...part, lines, unit: part.unit / 10 };
  });
  return { ...joinCode(parts), sign };
}

/** Nibbles side by side become bytes of two digits, 16-bit words of four, one number of eight. */
function packedChunk(name: string, size: Chunk['size']): DigitCode & { readonly unit: number } {
  // Half a nibble over 9, and 3 more, reaches its highest bit.
  const faults = [`(${name} >>> 1 & ${repeated(0x77, size)}) + ${repeated(0x33, size)} & ${repeated(0x88, size)}`];
  if (size === 1) return { lines: [], faults, value: `((${name} >> 4) * 10 + (${name} & 15))`, unit: 100 };
  const low = repeated(0x0f, size);
  const pairs = `const ${name}p = Math.imul(${name} >>> 4 & ${low}, 10) + (${name} & ${low}) | 0;`;
  if (size === 2) return { lines: [pairs], faults, value: `((${name}p >> 8) * 100 + (${name}p & 255))`, unit: 10_000 };
  const words = `const ${name}q = (${name}p >>> 8 & 16711935) * 100 + (${name}p & 16711935);`; // X'00FF00FF'
  return {
    lines: [pairs, words],
    faults,
    value: `((${name}q >>> 16) * 10000 + (${name}q & 65535))`,
    unit: 100_000_000,
  };
}

/** A byte so many times side by side, as a signed integer of 32 bits. */
function repeated(byte: number, size: Chunk['size']): number {
  let number = 0;
  for (let count = 0; count < size; count++) number = (number << 8) | byte;
  return number;
}
