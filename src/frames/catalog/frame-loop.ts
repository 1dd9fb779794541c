import type { CompiledDecoder, RunResult } from '../../codec/compiled/create-compiled-decoder.ts';
import type { DecodingSpace } from '../../codec/compiled/decoding-space.ts';
import { hasVectors } from '../../codec/compiled/wasm/has-vectors.ts';
import type { WebAssemblyApi, WebAssemblyTable } from '../../codec/compiled/wasm/web-assembly.ts';
import type { FrameExpander, FrameExpanders } from '../compression/frame-expanders.ts';
import { type HeaderRules, headerRules } from '../header/header-rules.ts';
import type { BodyExpander } from './body-expander.ts';
import type { Catalog } from './catalog.ts';
import {
  type EmittedFrameLoop,
  emitFrameLoop,
  expansions,
  type FrameLoopExports,
  kindParts,
  loopStops,
} from './emit-frame-loop.ts';

/** What a run of a FrameLoop did. `doubt`: the header of the next frame is not known, or not surely sound. */
export interface FrameLoopResult {
  readonly done: number;
  readonly stopped: RunResult['stopped'] | 'doubt';
  /** The decoder of the last frame, when it was that which stopped. */
  readonly decoder: CompiledDecoder | null;
}

/** Make the loop of a protocol's frames within a space; `null` where there is none: no WebAssembly, or headers that are not simple. */
export function createFrameLoop(
  catalog: Catalog,
  space: DecodingSpace,
  api: WebAssemblyApi | null,
  expanders: () => FrameExpanders | null,
): FrameLoop | null {
  if (!hasVectors(api)) return null;
  const rules = headerRules(catalog);
  if (rules === null) return null;
  const compressed = catalog.types.some(({ compression }) => compression !== null);
  const found = compressed ? expanders() : null;
  return compressed && found === null ? null : new FrameLoop(rules, 2 * catalog.types.length, space, api, found);
}

/**
 * Takes frames of a space's list to the decoders of their types without coming back to JavaScript for each of them.
 *
 * It knows the headers that it was taught, and stops at any other: one whose decisive bytes it has not seen, or with numbers that are
 * not surely sound.
 */
export class FrameLoop {
  readonly #space: DecodingSpace;
  readonly #emitted: EmittedFrameLoop;
  readonly #exports: FrameLoopExports;
  readonly #table: WebAssemblyTable;
  readonly #decoders = new Map<number, CompiledDecoder>(); // by kind
  readonly #others = new Map<number, FrameExpander>(); // likewise, where the module calls JavaScript
  #kinds = 0;
  #learned = 0;

  constructor(
    rules: HeaderRules,
    kinds: number,
    space: DecodingSpace,
    api: WebAssemblyApi,
    expanders: FrameExpanders | null,
  ) {
    this.#space = space;
    this.#table = new api.Table({ element: 'anyfunc', initial: kinds });
    const start = space.allocate(0).address;
    this.#emitted = emitFrameLoop(start, rules, kinds, expanders !== null);
    space.allocate(this.#emitted.end - start);
    const expand = (kind: number, address: number, length: number, target: number): number =>
      this.#others.get(kind)?.(address, length, target) ?? -1;
    const imports = { ...expanders?.exports, expand, table: this.#table, memory: space.memory };
    const instance = new api.Instance(new api.Module(this.#emitted.bytes), { env: imports });
    this.#exports = instance.exports as FrameLoopExports;
  }

  /**
   * Decode `count` frames of the list from the one with index `first` on; bodies are decompressed to an address. A `trace` other than 0 is
   * where their traces go; then each body goes `step` bytes behind the one before it.
   */
  run(first: number, count: number, plain: number, trace = 0, step = 0): FrameLoopResult {
    const space = this.#space;
    const { listAddress, inputAddress, outAddress, outLimit } = space;
    const list = listAddress + 8 * first;
    const done = this.#exports.run(list, count, inputAddress, plain, outAddress, outLimit, trace, step);
    const { numbers } = space;
    const at = this.#emitted.resultAt >> 2;
    space.advance(numbers[at] ?? 0);
    switch (numbers[at + 1]) {
      case loopStops.end:
        return { done, stopped: 'end', decoder: null };
      case loopStops.doubt:
        return { done, stopped: 'doubt', decoder: null };
      case loopStops.decoder: {
        const decoder = this.#decoders.get(numbers[at + 2] ?? 0) ?? null;
        return { done, stopped: decoder?.code?.finish() ?? 'unusual', decoder };
      }
      default:
        return { done, stopped: 'unusual', decoder: null };
    }
  }

  /** Add frames of the type with this index, compressed as an expander says; 0: they cannot be taken there. */
  addKind(type: number, decoder: CompiledDecoder, body: BodyExpander | null): number {
    const index = this.#kinds;
    const { code } = decoder;
    if (code === null) return 0;
    this.#kinds += 1;
    this.#table.set(index, code.run);
    const kind = this.#emitted.kindsAt + kindParts.size * index;
    this.#decoders.set(kind, decoder);
    const { numbers } = this.#space;
    const compiled = body?.compiled ?? null;
    const expansion = body === null ? 'none' : (compiled?.callee ?? 'other');
    numbers[(kind + kindParts.decoder) >> 2] = index;
    numbers[(kind + kindParts.result) >> 2] = code.resultAt;
    numbers[(kind + kindParts.type) >> 2] = type;
    numbers[(kind + kindParts.expansion) >> 2] = expansions[expansion];
    if (compiled !== null) numbers.set(compiled.settings, (kind + kindParts.settings) >> 2);
    else if (body !== null) this.#others.set(kind, body.expand);
    return kind;
  }

  /** Know headers like the sound one at an address from now on, as those of frames of a kind. */
  learn(address: number, kind: number): void {
    if (kind === 0 || this.#learned >= this.#emitted.slots) return;
    this.#learned += this.#exports.learn(address, kind);
  }

  /** How many frames of a kind, and of how many bytes as sent, were decoded since the last call. */
  takeCounts(kind: number): { readonly frames: number; readonly bytes: number } {
    const { numbers } = this.#space;
    const take = (part: number): number => {
      const at = (kind + part) >> 2;
      const count = ((numbers[at] ?? 0) >>> 0) + ((numbers[at + 1] ?? 0) >>> 0) * 2 ** 32;
      numbers.fill(0, at, at + 2);
      return count;
    };
    return { frames: take(kindParts.frames), bytes: take(kindParts.bytes) };
  }
}
