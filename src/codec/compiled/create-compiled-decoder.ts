import type { Codec } from '../create-codec.ts';
import type { Issue } from '../issue.ts';
import { compileModule } from './compile-module.ts';
import { compilePlan, type PlanRefusal } from './compile-plan.ts';
import type { CompiledCode, Run } from './compiled-code.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import { DecodingSpace } from './decoding-space.ts';
import { compileScript } from './javascript/compile-script.ts';
import type { MadeModule } from './made-module.ts';
import { type ReferenceCalls, referenceCalls } from './reference-calls.ts';
import { resultPlaces } from './result-places.ts';
import { type StopReason, stopReasons } from './stop-reasons.ts';
import { hasVectors } from './wasm/has-vectors.ts';
import { type WebAssemblyApi, webAssembly } from './wasm/web-assembly.ts';

/** What a run did. */
export interface RunResult {
  /** Records whose lines are written. */
  readonly done: number;
  /**
   * `full`: write the space's `output` somewhere, call `clear` and go on. `noted`: the last record that is done has no errors, but the
   * decoder's `notes`. `unusual`: the next record is not clean, above all when it has errors; what the reference decoder makes of it can
   * be added with `append`.
   */
  readonly stopped: StopReason;
}

/** Decodes records without errors to lines of JSON, byte for byte those of the codec it was made from. */
export interface CompiledDecoder {
  readonly codec: Codec;
  readonly plan: CompiledPlan;
  /** What it is made of: JavaScript where there is no WebAssembly with vectors. */
  readonly engine: CompiledCode['engine'];
  /** Where records are read from and lines are written to. */
  readonly space: DecodingSpace;
  /** What it runs, for other modules that work in its space; `null`: it is JavaScript. */
  readonly code: RunningCode | null;
  /** What another thread need not compile; `null`: nothing. */
  readonly made: MadeModule | null;
  /** Decode `count` records of `stride` bytes each from `offset` in the input on. Throws a RangeError for what is not there. */
  decodeFixed(offset: number, count: number, stride: number): RunResult;
  /** Decode `count` records of the list from the one with index `first` on. What the list says must lie in the input. */
  decodeListed(first: number, count: number): RunResult;
  /** Decode one record at an address of the space, which is not checked; `end` and `noted`: its line is written. */
  decodeAt(address: number, length: number): StopReason;
  /**
   * The issues of the last record that is done, all of them notes, when the last run stopped as `noted`. They are read from the record when
   * they are asked for.
   */
  readonly notes: readonly Issue[];
}

/** The function of a module that decodes records. */
export interface RunningCode {
  readonly run: Run;
  /** Where a run leaves what it did: see `resultPlaces`. */
  readonly resultAt: number;
  /** Take over what a run left behind that another module began, and that did not stop at its end. */
  finish(): StopReason;
}

const reasons = Object.keys(stopReasons) as readonly StopReason[]; // by their numbers

const noNotes: readonly Issue[] = [];
const longestRecord = 16 << 20;
const largestLine = 64 << 20; // a record whose line may be longer is read by the reference decoder

/**
 * Compile the decoder of a codec, to work in a space of its own or one that is shared. What cannot be compiled is refused with the reason.
 *
 * `api`: the WebAssembly to compile to; `null`, or one without vectors, is for JavaScript. `made`: that of a decoder of the same codec.
 */
export function createCompiledDecoder(
  codec: Codec,
  space?: DecodingSpace,
  api: WebAssemblyApi | null = webAssembly,
  made: MadeModule | null = null,
): CompiledDecoder | PlanRefusal {
  const plan = compilePlan(codec);
  if ('refused' in plan) return plan;
  // A record that lies about its length is read as if it were as long as its layout.
  const longest = Math.max(...plan.records.map(({ length }) => length));
  if (longest > longestRecord) return { refused: 'a record may take more than 16 MiB' };
  const own = space ?? new DecodingSpace(api);
  // Constants are placed where the code will find them before it is known how many there are.
  const start = own.allocate(0).address;
  const code = hasVectors(api) ? compileModule(plan, start, api, made) : compileScript(plan, start);
  if (code.lineBound > largestLine) return { refused: 'a line of JSON may take more than 64 MiB' };
  own.allocate(code.end - start);
  own.reserveBehind(longest);
  own.reserveOutput(2 * code.lineBound);
  try {
    return new Decoder(codec, plan, own, code);
  } catch (error) {
    if (error instanceof EvalError) return { refused: 'code must not be generated here' };
    throw error;
  }
}

class Decoder implements CompiledDecoder {
  readonly codec: Codec;
  readonly plan: CompiledPlan;
  readonly engine: CompiledCode['engine'];
  readonly space: DecodingSpace;
  readonly #calls: ReferenceCalls;
  readonly code: RunningCode | null;
  readonly made: MadeModule | null;
  readonly #runCode: Run;
  readonly #resultAt: number;
  #noted = false;

  constructor(codec: Codec, plan: CompiledPlan, space: DecodingSpace, code: CompiledCode) {
    this.codec = codec;
    this.plan = plan;
    this.engine = code.engine;
    this.space = space;
    this.#calls = referenceCalls(codec, plan, code, space);
    this.#runCode = code.start(space, this.#calls);
    this.made = code.made;
    this.#resultAt = code.resultAt;
    const { resultAt } = code;
    const finish = (): StopReason => this.#finish();
    this.code = code.engine === 'webassembly' ? { run: this.#runCode, resultAt, finish } : null;
  }

  get notes(): readonly Issue[] {
    return this.#noted ? this.#calls.notes() : noNotes;
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
    if (first < 0 || count < 0 || first + count > space.listRoom) {
      throw new RangeError(`records ${first} to ${first + count - 1} are not in the list`);
    }
    return this.#run(space.inputAddress, count, 0, space.listAddress + 8 * first);
  }

  decodeAt(address: number, length: number): StopReason {
    const { space } = this;
    this.#runCode(address, 1, length, 0, space.outAddress, space.outLimit);
    return this.#finish();
  }

  #run(origin: number, count: number, stride: number, list: number): RunResult {
    const { space } = this;
    const done = this.#runCode(origin, count, stride, list, space.outAddress, space.outLimit);
    return { done, stopped: this.#finish() };
  }

  /** Take over what a run left behind. */
  #finish(): StopReason {
    const { space } = this;
    const at = this.#resultAt;
    const { numbers } = space;
    space.advance(numbers[(at + resultPlaces.out) >> 2] ?? 0);
    const reason = reasons[numbers[(at + resultPlaces.reason) >> 2] ?? stopReasons.end] ?? 'end';
    this.#noted = reason === 'noted';
    return reason;
  }
}
