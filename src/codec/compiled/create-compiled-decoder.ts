import type { Codec } from '../create-codec.ts';
import { compilePlan, type PlanRefusal } from './compile-plan.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { DecodingSpace } from './decoding-space.ts';
import { type EmittedModule, emitModule, stopReasons } from './emit-module.ts';
import { referenceCalls } from './reference-calls.ts';
import { type WebAssemblyApi, webAssembly } from './wasm/web-assembly.ts';

/** Why a run of records stopped before the last of them. */
export type StopReason = keyof typeof stopReasons;

/** What a run did. */
export interface RunResult {
  /** Records whose lines are written. */
  readonly done: number;
  /**
   * `full`: write the space's `output` somewhere, call `clear` and go on. `unusual`: the next record is not clean; what the reference
   * decoder makes of it can be added with `append`.
   */
  readonly stopped: StopReason;
}

/** Decodes clean records to lines of JSON, byte for byte those of the codec it was made from. */
export interface CompiledDecoder {
  readonly codec: Codec;
  readonly plan: CompiledPlan;
  /** Where records are read from and lines are written to. */
  readonly space: DecodingSpace;
  /** Decode `count` records of `stride` bytes each from `offset` in the input on. Throws a RangeError for what is not there. */
  decodeFixed(offset: number, count: number, stride: number): RunResult;
  /** Decode `count` records of the list from the one with index `first` on. What the list says must lie in the input. */
  decodeListed(first: number, count: number): RunResult;
}

const longestRecord = 16 << 20;
const largestLine = 64 << 20; // a record whose line may be longer is read by the reference decoder

/** Compile the decoder of a codec, to work in a space of its own or one that is shared. What cannot be compiled is refused with the reason. */
export function createCompiledDecoder(codec: Codec, space?: DecodingSpace): CompiledDecoder | PlanRefusal {
  if (webAssembly?.validate(vectorProbe) !== true) return { refused: 'there is no WebAssembly with vectors here' };
  const plan = compilePlan(codec);
  if ('refused' in plan) return plan;
  // A record that lies about its length is read as if it were as long as its layout.
  const longest = Math.max(...plan.records.map(({ length }) => length));
  if (longest > longestRecord) return { refused: 'a record may take more than 16 MiB' };
  const own = space ?? new DecodingSpace();
  // Constants are placed where the module will find them before it is known how many there are.
  const start = own.allocate(0).address;
  const emitted = emitModule(plan, start);
  if (emitted.lineBound > largestLine) return { refused: 'a line of JSON may take more than 64 MiB' };
  own.allocate(emitted.end - start);
  own.reserveBehind(longest);
  own.reserveOutput(2 * emitted.lineBound);
  return new Decoder(codec, plan, emitted, own, webAssembly);
}

// A function that puts 16 zero bytes on the stack and drops them.
const vectorProbe = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 0x0b],
]);

interface Exports {
  run(origin: number, count: number, stride: number, list: number, out: number, limit: number): number;
}

class Decoder implements CompiledDecoder {
  readonly codec: Codec;
  readonly plan: CompiledPlan;
  readonly space: DecodingSpace;
  readonly #emitted: EmittedModule;
  readonly #exports: Exports;

  constructor(codec: Codec, plan: CompiledPlan, emitted: EmittedModule, space: DecodingSpace, api: WebAssemblyApi) {
    this.codec = codec;
    this.plan = plan;
    this.space = space;
    this.#emitted = emitted;
    const env = { ...referenceCalls(codec, plan, emitted, space), memory: space.memory };
    this.#exports = new api.Instance(new api.Module(emitted.bytes), { env }).exports as unknown as Exports;
  }

  decodeFixed(offset: number, count: number, stride: number): RunResult {
    const { space } = this;
    if (offset < 0 || count < 0 || stride < 0 || offset + count * stride > space.input.length) {
      throw new RangeError(`${count} records of ${stride} bytes at ${offset} are not in the input`);
    }
    return this.#run(space.inputAddress + offset, count, stride, 0);
  }

  decodeListed(first: number, count: number): RunResult {
    const { space } = this;
    if (first < 0 || count < 0 || 2 * (first + count) > space.list.length) {
      throw new RangeError(`records ${first} to ${first + count - 1} are not in the list`);
    }
    return this.#run(space.inputAddress, count, 0, space.listAddress + 8 * first);
  }

  #run(origin: number, count: number, stride: number, list: number): RunResult {
    const { space } = this;
    const done = this.#exports.run(origin, count, stride, list, space.outAddress, space.outLimit);
    const at = this.#emitted.resultAt >> 2;
    const { numbers } = space;
    space.advance(numbers[at] ?? 0);
    const reason = numbers[at + 1];
    const stopped = reason === stopReasons.full ? 'full' : reason === stopReasons.unusual ? 'unusual' : 'end';
    return { done, stopped };
  }
}
