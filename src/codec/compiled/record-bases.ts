import { type BitSite, pushAddress } from './bit-site.ts';
import type { Place } from './compiled-plan.ts';
import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** What the bases of a record are, and where one function leaves them for another: 4 bytes for each but the first. */
interface BaseMemory {
  readonly basesAt: number;
  readonly bitBases: ReadonlySet<number>;
}

/** Variables that hold a place among bits until it has been read. */
interface Scratch {
  readonly address: Local;
  readonly bit: Local;
}

/**
 * The bases of a record in one function: variables that hold addresses or, of bases that are bits, how many bits they are behind the
 * start of the record.
 *
 * Base 0 is the record; those behind tables of variable length are also kept in memory for the functions that follow.
 */
export class RecordBases {
  readonly #f: FunctionWriter;
  readonly #memory: BaseMemory;
  readonly #start: Local;
  readonly #locals: Map<number, Local>;
  #scratch: Scratch | null = null;

  constructor(f: FunctionWriter, memory: BaseMemory, start: Local, locals?: ReadonlyMap<number, Local>) {
    this.#f = f;
    this.#memory = memory;
    this.#start = start;
    this.#locals = new Map(locals ?? [[0, start]]);
  }

  /** The same bases, for code that may not be run: what is added to them holds only there. */
  branch(base?: number, local?: Local): RecordBases {
    const inner = new RecordBases(this.#f, this.#memory, this.#start, this.#locals);
    inner.#scratch = this.#scratch;
    if (base !== undefined && local !== undefined) inner.#locals.set(base, local);
    return inner;
  }

  /** Make what is in a variable a base, for good. */
  define(base: number, from: Local): void {
    const f = this.#f;
    const local = f.local('i32');
    f.get(from).set(local);
    f.int(0)
      .get(local)
      .memory(i32.store, this.#memory.basesAt + 4 * base);
    this.#locals.set(base, local);
  }

  isBit(base: number): boolean {
    return this.#memory.bitBases.has(base);
  }

  /** Where a place is; behind a base that is a bit it is worked out now, and good until the next call. */
  site(place: Place): BitSite {
    const { base, offset, bit } = place;
    if (!this.isBit(base)) return { base: this.local(base), offset, bit };
    const f = this.#f;
    this.#scratch ??= { address: f.local('i32'), bit: f.local('i32') };
    const scratch = this.#scratch;
    this.pushBits(place);
    f.tee(scratch.bit).int(3).do(i32.shrU).get(this.#start).do(i32.add).set(scratch.address);
    f.get(scratch.bit).int(7).do(i32.and).set(scratch.bit);
    return { base: scratch.address, offset: 0, bit: scratch.bit };
  }

  /** Push the address of a place, or of the byte in which it is. */
  push(place: Place): void {
    if (this.isBit(place.base)) this.#pushByte(place, 0);
    else pushAddress(this.#f, { base: this.local(place.base), offset: place.offset });
  }

  /** Push the address of the first whole byte at or behind a place. */
  pushNext(place: Place): void {
    const { base, offset, bit } = place;
    if (this.isBit(base)) this.#pushByte(place, 7);
    else pushAddress(this.#f, { base: this.local(base), offset: bit > 0 ? offset + 1 : offset });
  }

  /** Push how many bits a place is behind the start of the record. */
  pushBits({ base, offset, bit }: Place): void {
    const f = this.#f;
    f.get(this.local(base));
    if (!this.isBit(base)) f.get(this.#start).do(i32.sub).int(3).do(i32.shl);
    const bits = 8 * offset + bit;
    if (bits > 0) f.int(bits).do(i32.add);
  }

  #pushByte(place: Place, more: number): void {
    const f = this.#f;
    this.pushBits(place);
    if (more > 0) f.int(more).do(i32.add);
    f.int(3).do(i32.shrU).get(this.#start).do(i32.add);
  }

  /** The variable of a base; one that an earlier function has left behind is loaded. */
  local(base: number): Local {
    const known = this.#locals.get(base);
    if (known !== undefined) return known;
    const f = this.#f;
    const local = f.local('i32');
    f.int(0)
      .memory(i32.load, this.#memory.basesAt + 4 * base)
      .set(local);
    this.#locals.set(base, local);
    return local;
  }
}
