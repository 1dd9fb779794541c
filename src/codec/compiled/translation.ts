import type { Emission } from './emission.ts';
import type { TextTables } from './text-tables.ts';
import type { Local } from './wasm/function-writer.ts';
import { v128 } from './wasm/instructions.ts';

const digitsAndLetters = {
  // High nibbles whose letters and digits lie at one distance from ASCII, and that distance.
  shift: new Map([
    [0x8, -0x20],
    [0x9, -0x27],
    [0xa, -0x2f],
    [0xc, -0x80],
    [0xd, -0x87],
    [0xe, -0x8f],
    [0xf, -0xc0],
  ]),
};

const rare = new Set(Buffer.from('[]{}^~`|#@')); // rows that have nothing else are not worth looking up

/**
 * Translates 16 bytes of a code page to ASCII at once; a lane that has no plain character in JSON, or a rare one, becomes 0.
 *
 * Rows of 16 characters are looked up by a swizzle each, which leaves 0 in lanes of other rows. The rows of letters and digits are
 * moved by the distance of their row instead, where the page has them as EBCDIC does.
 */
export class Translation {
  readonly #tables: TextTables;
  /** Letters and digits are moved by the distance of their row. */
  readonly #isMoved: boolean;
  readonly #rows: readonly number[];
  readonly #identity: boolean;

  constructor(tables: TextTables) {
    this.#tables = tables;
    const { plain } = tables;
    this.#identity = isIdentity(plain);
    this.#isMoved = isLikeEbcdic(plain);
    // With moved letters only what stands in other rows is looked up: odd characters beside letters are rare.
    const rows: number[] = [];
    for (let row = 0; row < 16; row++) {
      if (this.#isMoved && digitsAndLetters.shift.has(row)) continue;
      if (rowOf(plain, row).some((byte) => byte !== 0 && !rare.has(byte))) rows.push(row);
    }
    this.#rows = rows;
  }

  get blank(): number {
    return this.#tables.blank;
  }

  /** Leave the characters of the vector `bytes` in `characters`, and push a vector that is not zero in lanes without one. */
  translate(emission: Emission, bytes: Local, characters: Local): void {
    const { f, zero } = emission;
    if (this.#identity) {
      f.get(bytes).set(characters);
      f.get(bytes);
      emission.repeated(0x20).f.vector(v128.sub);
      emission.repeated(0x5e).f.vector(v128.gtU);
      for (const special of [0x22, 0x5c]) {
        f.get(bytes);
        emission.repeated(special).f.vector(v128.eq, v128.or);
      }
      return;
    }
    f.sequence(`${this.#tables.name} of ${bytes.index}`, () => this.#push(emission, bytes));
    f.tee(characters).get(zero).vector(v128.eq);
  }

  #push(emission: Emission, bytes: Local): void {
    const { f, zero } = emission;
    if (this.#isMoved) this.#move(emission, bytes);
    else if (this.#rows.length === 0) f.get(zero);
    for (const [index, row] of this.#rows.entries()) {
      this.#row(emission, bytes, row);
      if (index > 0 || this.#isMoved) f.vector(v128.or);
    }
  }

  #row(emission: Emission, bytes: Local, row: number): void {
    const { f } = emission;
    emission.constant(rowOf(this.#tables.plain, row)).f.get(bytes);
    if (row > 0) emission.repeated(16 * row).f.vector(v128.xor);
    f.vector(v128.swizzle);
  }

  #move(emission: Emission, bytes: Local): void {
    const { f, scratch, zero } = emission;
    const nibbles = Array.from({ length: 16 }, (_, nibble) => nibble);
    f.get(bytes).int(4).vector(v128.shrShortU);
    emission.repeated(0x0f).f.vector(v128.and).set(scratch.other);
    f.get(bytes);
    emission.constant(nibbles.map((nibble) => digitsAndLetters.shift.get(nibble) ?? 0)).f.get(scratch.other);
    f.vector(v128.swizzle, v128.add);
    // A bit that both the high and the low nibble have says that there is a letter or digit.
    emission.constant(nibbles.map(highClass)).f.get(scratch.other).vector(v128.swizzle);
    emission.constant(nibbles.map(lowClass)).f.get(bytes);
    emission.repeated(0x0f).f.vector(v128.and, v128.swizzle, v128.and);
    f.get(zero).vector(v128.eq, v128.andNot);
  }
}

/** Low nibbles: 0 of X'F0', 1 of all rows but that of s to z, 2 to 9 of all. */
function lowClass(nibble: number): number {
  return nibble === 0 ? 1 : nibble === 1 ? 2 : nibble < 10 ? 4 : 0;
}

function highClass(nibble: number): number {
  if (nibble === 0xf) return 7;
  if (nibble === 0xa || nibble === 0xe) return 4;
  return digitsAndLetters.shift.has(nibble) ? 6 : 0;
}

/** Whether moving rows gives the letters and digits of a page. */
function isLikeEbcdic(plain: Uint8Array): boolean {
  for (const [row, shift] of digitsAndLetters.shift) {
    const high = highClass(row);
    for (let low = 0; low < 16; low++) {
      const byte = 16 * row + low;
      if ((high & lowClass(low)) !== 0 && plain[byte] !== byte + shift) return false;
    }
  }
  return true;
}

function rowOf(plain: Uint8Array, row: number): Uint8Array {
  return plain.subarray(16 * row, 16 * row + 16);
}

/** Whether bytes are ASCII: all that JSON has as they are. */
function isIdentity(plain: Uint8Array): boolean {
  return plain.every((character, byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? character === byte : character === 0,
  );
}
