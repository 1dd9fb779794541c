import type { FunctionWriter, Local } from './wasm/function-writer.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const numbersUnsettled = 2;
const padding = ' '.repeat(16); // behind a literal, so that it can be written in steps of 16 bytes

/** An address: a local that holds one, and a constant offset. */
export interface Site {
  readonly base: Local;
  readonly offset: number;
}

/** Local variables that kernels use between two instructions of theirs; nothing survives in them from field to field. */
interface Scratch {
  readonly bytes: Local;
  readonly digits: Local;
  readonly other: Local;
  readonly number: Local;
  readonly sign: Local;
  readonly mask: Local;
  readonly long: Local;
  readonly high: Local;
  readonly low: Local;
}

/**
 * One function that reads fields and writes JSON, while it is being written.
 *
 * Kernels do not branch on bad input: they add what is unusual to `odd` (bit 31), `highest` (a lane over 9) and `strange` (any bit), and
 * the end of the function looks at these once. `out` is where the next byte goes, `ahead` bytes of which are constant and
 * already written.
 */
export class Emission {
  readonly module: ModuleWriter;
  readonly f: FunctionWriter;
  readonly out: Local;
  readonly odd: Local;
  readonly highest: Local;
  readonly strange: Local;
  readonly zero: Local;
  readonly scratch: Scratch;
  /** Variables that hold constants from the start of the function on, by their addresses: cheaper than loading them where they are used. */
  readonly #kept = new Map<number, Local>();
  readonly #repeated = new Map<number, Local>();
  #ahead = 0;
  #unsettled = 0;

  constructor(module: ModuleWriter, f: FunctionWriter, out: Local) {
    this.module = module;
    this.f = f;
    this.out = out;
    this.odd = f.local('i32');
    this.highest = f.local('v128');
    this.strange = f.local('v128');
    this.zero = f.local('v128');
    this.scratch = {
      bytes: f.local('v128'),
      digits: f.local('v128'),
      other: f.local('v128'),
      number: f.local('i32'),
      sign: f.local('i32'),
      mask: f.local('i32'),
      long: f.local('i64'),
      high: f.local('i64'),
      low: f.local('i64'),
    };
  }

  /** Constant bytes that are already written at `out`, but not yet passed over. */
  get ahead(): number {
    return this.#ahead;
  }

  /** Push 16 constant bytes. */
  constant(bytes: ArrayLike<number>): this {
    this.f.get(this.#keep(bytes));
    return this;
  }

  /** Push a vector of one byte repeated. */
  repeated(byte: number): this {
    const local = this.#repeated.get(byte) ?? this.#keep(new Uint8Array(16).fill(byte));
    this.#repeated.set(byte, local);
    this.f.get(local);
    return this;
  }

  #keep(bytes: ArrayLike<number>): Local {
    const { f } = this;
    const address = this.module.constant(bytes);
    const known = this.#kept.get(address);
    if (known !== undefined) return known;
    const local = f.local('v128');
    f.atStart(() => f.int(0).vectorMemory(v128.load, address).set(local));
    this.#kept.set(address, local);
    return local;
  }

  /** Replace the vector on the stack by bytes of it, at constant places; −1 gives zero. */
  pick(places: readonly number[]): this {
    const { f } = this;
    const all: number[] = [];
    // Constant places that are in range, or have the top bit set, make this a single instruction.
    for (let lane = 0; lane < 16; lane++) {
      const place = places[lane] ?? -1;
      all.push(place < 0 ? 0x80 : place);
    }
    f.bytes(all).vector(v128.swizzle);
    return this;
  }

  /** Write constant text. May write up to 16 bytes more than it passes over. */
  literal(text: string): void {
    const bytes = Buffer.from(text + padding);
    const length = bytes.length - padding.length;
    const { f } = this;
    for (let at = 0; at < length; ) {
      const left = length - at;
      f.get(this.out);
      if (left > 8)
        f.int(0)
          .vectorMemory(v128.load, this.module.constant(bytes.subarray(at, at + 16)))
          .vectorMemory(v128.store, this.#ahead);
      else if (left > 4) f.longHalves(bytes.readInt32LE(at), bytes.readInt32LE(at + 4)).memory(i64.store, this.#ahead);
      else if (left > 1) f.int(bytes.readInt32LE(at)).memory(i32.store, this.#ahead);
      else f.int(bytes.readUInt8(at)).memory(i32.store8, this.#ahead);
      const taken = Math.min(left, 16);
      this.#ahead += taken;
      at += taken;
    }
  }

  /** Pass over what was written and, when `more` says so, over as many bytes as the number it pushes. */
  advance(less: (() => void) | null, plus = 0): void {
    const { f, out } = this;
    const constant = this.#ahead + plus;
    this.#ahead = 0;
    if (less === null && constant === 0) return;
    f.get(out).int(constant);
    if (less !== null) {
      less();
      f.do(i32.sub);
    }
    f.do(i32.add).set(out);
  }

  /** Forget constant bytes that are written, since the reading goes on from a place where they have been passed over. */
  flush(): void {
    this.advance(null);
  }

  /** Add the number on the stack to what is unusual: its bit 31 refuses the record. */
  suspect(): void {
    this.f.get(this.odd).do(i32.or).set(this.odd);
  }

  /**
   * Say that a number has been read. From time to time what was unusual is written to a place that nobody reads: engines put off what is
   * not needed before the end of a function, and would keep the digits of all fields for it in the meantime.
   */
  settle(): void {
    if (++this.#unsettled < numbersUnsettled) return;
    this.#unsettled = 0;
    const { f } = this;
    f.sequence('settle', () => {
      const settledAt = this.module.reserve(32);
      f.int(0).get(this.odd).memory(i32.store, settledAt);
      f.int(0)
        .get(this.highest)
        .vectorMemory(v128.store, settledAt + 16);
    });
  }

  /** Keep the digits on the stack in the scratch variable `digits`, and the highest of all. */
  keepDigits(): void {
    const { f, highest, scratch } = this;
    f.sequence('digits', () => f.tee(scratch.digits).get(highest).vector(v128.maxU).set(highest));
  }

  /** Refuse what numbers, or shared functions, found unusual; text that is not plain is another matter. */
  refuseDigits(refusedAt: number, refuse: () => void): void {
    const { f } = this;
    f.get(this.highest);
    this.repeated(9);
    f.vector(v128.gtU, v128.anyTrue).get(this.odd).int(31).do(i32.shrU, i32.or);
    f.int(0).memory(i32.load, refusedAt).do(i32.or);
    f.if(refuse);
  }

  /** End the reading of a record, or a part of it: `refuse` when anything was unusual. `refusedAt`: where shared functions say so. */
  finish(refusedAt: number, refuse: () => void): void {
    const { f } = this;
    this.flush();
    f.get(this.highest);
    this.repeated(9);
    f.vector(v128.gtU).get(this.strange).vector(v128.or, v128.anyTrue);
    f.get(this.odd).int(31).do(i32.shrU, i32.or);
    f.int(0).memory(i32.load, refusedAt).do(i32.or);
    f.if(refuse);
  }

  /** Forget what was unusual about a record that was refused. */
  reset(): void {
    const { f, zero } = this;
    f.int(0).set(this.odd).get(zero).set(this.highest).get(zero).set(this.strange);
  }
}
