import type { Emission } from './emission.ts';
import type { Translation } from './translation.ts';
import type { Local } from './wasm/function-writer.ts';
import { v128 } from './wasm/instructions.ts';

const size = 16;

/** Some bytes of text. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
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
  readonly #isText: ReadonlySet<number>;
  readonly #translated = new Map<number, Local>();

  constructor(base: Local, translation: Translation, stretches: readonly Stretch[]) {
    this.#base = base;
    this.#translation = translation;
    const isText = new Set<number>();
    for (const { offset, length } of stretches) for (let at = offset; at < offset + length; at++) isText.add(at);
    const starts: number[] = [];
    for (const at of [...isText].sort((a, b) => a - b)) if (at >= (starts.at(-1) ?? -size) + size) starts.push(at);
    this.#starts = starts;
    this.#isText = isText;
  }

  /** Push a vector that starts with the characters of up to 16 bytes; what is behind them is anything. */
  push(emission: Emission, offset: number, length: number): void {
    const { f } = emission;
    const first = this.#windowOf(offset);
    const last = this.#windowOf(offset + length - 1);
    const low = this.#ensure(emission, first);
    const high = this.#ensure(emission, last);
    const shift = offset - first;
    f.get(low);
    if (first === last && shift === 0) return;
    // Lanes in a row, which is one instruction; those behind the window come from the next one or, as nobody wants them, from its front.
    const wrap = first === last ? size : 2 * size;
    f.get(high).shuffle(Array.from({ length: size }, (_, lane) => (shift + lane) % wrap));
  }

  #windowOf(at: number): number {
    let found = this.#starts[0] ?? at;
    for (const start of this.#starts) if (start <= at) found = start;
    return found;
  }

  #ensure(emission: Emission, start: number): Local {
    const known = this.#translated.get(start);
    if (known !== undefined) return known;
    const { f, scratch, strange } = emission;
    const characters = f.local('v128');
    f.get(this.#base).vectorMemory(v128.load, start).set(scratch.bytes);
    this.#translation.translate(emission, scratch.bytes, characters);
    const mask = Array.from({ length: size }, (_, lane) => (this.#isText.has(start + lane) ? 0xff : 0));
    if (mask.includes(0)) emission.constant(mask).f.vector(v128.and);
    f.get(strange).vector(v128.or).set(strange);
    this.#translated.set(start, characters);
    return characters;
  }
}
