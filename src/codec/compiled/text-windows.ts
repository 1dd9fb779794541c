import type { Emission } from './emission.ts';
import type { Translation } from './translation.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';

const size = 16;

/** Some bytes of text. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

interface Window {
  readonly characters: Local;
  /** Not zero in lanes without a plain character, where it is asked for. */
  readonly strange: Local | null;
  /** A bit for each blank. */
  readonly blanks: Local;
}

/**
 * Translates text that lies side by side in windows of 16 bytes, each of them once, however many fields it has a part in.
 *
 * The stretches of text are all behind one base, and are used in straight-line code: a window is translated where it is first needed.
 */
export class TextWindows {
  readonly #base: Local;
  readonly #translation: Translation;
  readonly #starts: readonly number[];
  readonly #stretches: readonly Stretch[];
  readonly #careful: boolean;
  readonly #translated = new Map<number, Window>();

  /** `careful`: what is strange is asked for by those who write a text; otherwise all of it refuses the record. */
  constructor(base: Local, translation: Translation, stretches: readonly Stretch[], careful: boolean) {
    this.#base = base;
    this.#translation = translation;
    this.#careful = careful;
    const sorted = stretches.toSorted((a, b) => a.offset - b.offset);
    const starts: number[] = [];
    let end = Number.NEGATIVE_INFINITY; // of the last window
    for (const { offset, length } of sorted) {
      for (let at = Math.max(offset, end); at < offset + length; at += size) {
        starts.push(at);
        end = at + size;
      }
    }
    this.#starts = starts;
    this.#stretches = sorted;
  }

  /** Push a vector that starts with the characters of up to 16 bytes; what is behind them is anything. */
  push(emission: Emission, offset: number, length: number): void {
    const { f } = emission;
    const first = this.#windowOf(offset);
    const last = this.#windowOf(offset + length - 1);
    const { characters: low } = this.#ensure(emission, first);
    const { characters: high } = this.#ensure(emission, last);
    const shift = offset - first;
    f.get(low);
    if (first === last && shift === 0) return;
    // Lanes in a row, which is one instruction; those behind the window come from the next one or, as nobody wants them, from its front.
    const wrap = first === last ? size : 2 * size;
    const lanes: number[] = [];
    for (let lane = shift; lane < shift + size; lane++) lanes.push(lane < wrap ? lane : lane - wrap);
    f.get(high).shuffle(lanes);
  }

  /** Push a bit for each of up to 16 bytes that is no blank, the lowest for the first. */
  pushInk(emission: Emission, offset: number, length: number): void {
    const { f } = emission;
    const first = this.#windowOf(offset);
    const shift = offset - first;
    if (this.#windowOf(offset + length - 1) === first) {
      f.get(this.#ensure(emission, first).blanks);
      if (shift > 0) f.int(shift).do(i32.shrU);
    } else {
      f.get(this.#base).vectorMemory(v128.load, offset);
      emission.repeated(this.#translation.blank).f.vector(v128.eq, v128.bitmask);
    }
    const mask = (1 << length) - 1;
    if (length < size) f.int(mask).do(i32.and);
    f.int(mask).do(i32.xor);
  }

  /** Push whether any of some bytes has no plain character. Everything that `push` needs for them is there from here on. */
  pushStrange(emission: Emission, offset: number, length: number): void {
    const { f } = emission;
    const end = offset + length;
    const first = this.#windowOf(offset);
    const starts = this.#starts.filter((start) => start >= first && start < end);
    for (const [index, start] of starts.entries()) {
      const { strange } = this.#ensure(emission, start);
      if (strange === null) throw new RangeError('what is strange is not kept');
      const [from, to] = [Math.max(offset - start, 0), Math.min(end - start, size)];
      f.get(strange).vector(v128.bitmask);
      if (to - from < size) f.int((1 << to) - (1 << from)).do(i32.and);
      if (index > 0) f.do(i32.or);
    }
  }

  #windowOf(at: number): number {
    const starts = this.#starts;
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? at) <= at) low = middle;
      else high = middle - 1;
    }
    return starts[low] ?? at;
  }

  /** All bits of each lane of a window that is text. */
  #maskOf(start: number): Uint8Array {
    const mask = new Uint8Array(size);
    for (const { offset, length } of this.#stretches) {
      if (offset < start + size && offset + length > start) {
        mask.fill(0xff, Math.max(offset - start, 0), Math.min(offset + length - start, size));
      }
    }
    return mask;
  }

  #ensure(emission: Emission, start: number): Window {
    const known = this.#translated.get(start);
    if (known !== undefined) return known;
    const { f, scratch, strange } = emission;
    const made = {
      characters: f.local('v128'),
      strange: this.#careful ? f.local('v128') : null,
      blanks: f.local('i32'),
    };
    f.get(this.#base).vectorMemory(v128.load, start).tee(scratch.bytes);
    emission.repeated(this.#translation.blank).f.vector(v128.eq, v128.bitmask).set(made.blanks);
    this.#translation.translate(emission, scratch.bytes, made.characters);
    if (made.strange !== null) {
      f.set(made.strange);
    } else {
      const mask = this.#maskOf(start);
      if (mask.includes(0)) emission.constant(mask).f.vector(v128.and);
      f.get(strange).vector(v128.or).set(strange);
    }
    this.#translated.set(start, made);
    return made;
  }
}
