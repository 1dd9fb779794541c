import type { FunctionWriter, Local, Origin, Recording } from './wasm/function-writer.ts';
import { i32, i64, type Opcode, type VectorOpcode, v128 } from './wasm/instructions.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

const numbersUnsettled = 2;
const step = 16; // bytes of a literal that are written at once

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
  private readonly kept = new Map<number, Local>();
  private readonly repeatedAt = new Map<number, number>();
  private constantBytes = 0;
  private unsettled = 0;

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
    return this.constantBytes;
  }

  /** Push what an instruction loads from a place of the record. */
  load(opcode: Opcode, { base, offset }: Site, behind = 0): this {
    this.f.get(base).memory(opcode, offset + behind, 'from');
    return this;
  }

  /** Push the vector that an instruction loads from a place of the record. */
  loadVector(opcode: VectorOpcode, { base, offset }: Site, behind = 0): this {
    this.f.get(base).vectorMemory(opcode, offset + behind, 'from');
    return this;
  }

  /** Store the value on the stack, above `out`, as the next bytes. */
  store(opcode: Opcode): this {
    this.f.memory(opcode, this.constantBytes, 'to');
    return this;
  }

  storeVector(behind = 0): this {
    this.f.vectorMemory(v128.store, this.constantBytes + behind, 'to');
    return this;
  }

  /** Push 16 constant bytes. */
  constant(bytes: ArrayLike<number>): this {
    return this.constantAt(this.module.constant(bytes));
  }

  /** Push a vector of one byte repeated. */
  repeated(byte: number): this {
    const address = this.repeatedAt.get(byte) ?? this.module.constant(new Uint8Array(16).fill(byte));
    this.repeatedAt.set(byte, address);
    return this.constantAt(address);
  }

  private constantAt(address: number): this {
    this.f.getConstant(this.keep(address), address);
    return this;
  }

  private keep(address: number): Local {
    const known = this.kept.get(address);
    if (known !== undefined) return known;
    const { f } = this;
    const local = f.local('v128');
    f.atStart(() => f.int(0).vectorMemory(v128.load, address).set(local));
    this.kept.set(address, local);
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
    const bytes = byteText(text);
    const { f, out } = this;
    for (let at = 0; at < bytes.length; at += step) {
      const left = bytes.length - at;
      f.get(out);
      if (left > 8) {
        const constant = this.module.constant(bytes.slice(at, at + step).padEnd(step));
        f.int(0).vectorMemory(v128.load, constant).vectorMemory(v128.store, this.constantBytes);
      } else if (left > 4) {
        f.longHalves(wordIn(bytes, at), wordIn(bytes, at + 4)).memory(i64.store, this.constantBytes);
      } else if (left > 1) {
        f.int(wordIn(bytes, at)).memory(i32.store, this.constantBytes);
      } else {
        f.int(bytes.charCodeAt(at)).memory(i32.store8, this.constantBytes);
      }
      this.constantBytes += Math.min(left, step);
    }
  }

  /** Pass over what was written and, when `more` says so, over as many bytes as the number it pushes. */
  advance(less: (() => void) | null, plus = 0): void {
    const { f, out } = this;
    const constant = this.constantBytes + plus;
    this.constantBytes = 0;
    if (less === null && constant === 0) return;
    f.get(out).int(constant, 'to');
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

  /**
   * Read a field, and write all of its value, by code that a name stands for: when it is among the `recordings` of this function or others of
   * the same record, it is copied.
   */
  field(name: string, { base, offset }: Site, recordings: Map<string, Recording>, write: () => void): void {
    const { f } = this;
    const to = this.constantBytes;
    const originValue = (origin: Origin): number => {
      if (typeof origin === 'number') return this.keep(origin).index;
      return origin === 'from' ? offset : to;
    };
    // Whether there are constant bytes to pass over makes a difference.
    const key = `${name} behind ${base.index}, ${to > 0}`;
    const known = recordings.get(key);
    if (known === undefined) recordings.set(key, f.recording(write, originValue));
    else f.replay(known, originValue);
    this.constantBytes = 0;
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
    if (++this.unsettled < numbersUnsettled) return;
    this.unsettled = 0;
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
    f.tee(scratch.digits).get(highest).vector(v128.maxU).set(highest);
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

/** The UTF-8 of a text, a character for each byte. */
function byteText(text: string): string {
  return Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1');
}

/** Four bytes, the first one low, with zeros behind the last. */
function wordIn(bytes: string, at: number): number {
  let word = 0;
  for (let index = 0; index < 4; index++) word |= bytes.charCodeAt(at + index) << (8 * index);
  return word;
}
