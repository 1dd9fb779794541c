import type { Place } from './compiled-plan.ts';
import type { Site } from './emission.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/**
 * The bases of a record in one function: variables that hold addresses.
 *
 * Base 0 is the record; those behind tables of variable length are also kept in memory, 4 bytes each, for the functions that follow.
 */
export class RecordBases {
  readonly #f: FunctionWriter;
  readonly #keptAt: number;
  readonly #locals: Map<number, Local>;

  constructor(f: FunctionWriter, keptAt: number, locals: ReadonlyMap<number, Local>) {
    this.#f = f;
    this.#keptAt = keptAt;
    this.#locals = new Map(locals);
  }

  /** The same bases, for code that may not be run: what is added to them holds only there. */
  branch(base?: number, local?: Local): RecordBases {
    const inner = new RecordBases(this.#f, this.#keptAt, this.#locals);
    if (base !== undefined && local !== undefined) inner.#locals.set(base, local);
    return inner;
  }

  /** Make the address in a variable a base, for good. */
  define(base: number, from: Local): void {
    const f = this.#f;
    const local = f.local('i32');
    f.get(from).set(local);
    f.int(0)
      .get(local)
      .memory(i32.store, this.#keptAt + 4 * base);
    this.#locals.set(base, local);
  }

  site({ base, offset }: Place): Site {
    return { base: this.local(base), offset };
  }

  /** Push the address of a place. */
  push({ base, offset }: Place): void {
    const local = this.local(base);
    this.#f.get(local);
    if (offset > 0) this.#f.int(offset).do(i32.add);
  }

  /** The variable of a base; one that an earlier function has left behind is loaded. */
  local(base: number): Local {
    const known = this.#locals.get(base);
    if (known !== undefined) return known;
    const f = this.#f;
    const local = f.local('i32');
    f.int(0)
      .memory(i32.load, this.#keptAt + 4 * base)
      .set(local);
    this.#locals.set(base, local);
    return local;
  }
}
