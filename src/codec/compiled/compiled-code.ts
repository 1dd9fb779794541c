import type { DecodingSpace } from './decoding-space.ts';
import type { MadeModule } from './made-module.ts';
import type { Reference } from './reference.ts';
import type { ReferenceCalls } from './reference-calls.ts';

/** Code that decodes the records of a plan, and where it keeps things in a space. */
export interface CompiledCode {
  readonly engine: 'webassembly' | 'javascript';
  /** The first address behind what it needs. */
  readonly end: number;
  /** The most bytes that a record may write. */
  readonly lineBound: number;
  /** Where a run leaves what it did: see `resultPlaces`. */
  readonly resultAt: number;
  /** For each record of the plan its slots: see `slotParts`. */
  readonly slotsAt: readonly number[];
  /** What the numbers mean that callbacks are called with. */
  readonly references: readonly Reference[];
  /** What can be compiled once for several threads, when it runs; `null`: nothing can. */
  readonly made: MadeModule | null;
  /** Make it run. Throws an EvalError where that is forbidden. */
  start(space: DecodingSpace, calls: ReferenceCalls): Run;
}

/**
 * Decode `count` records of `stride` bytes each from `origin` on or, with a list (0: none), where that says. Gives how many are done; see
 * `emitModule`.
 */
export type Run = (origin: number, count: number, stride: number, list: number, out: number, limit: number) => number;
