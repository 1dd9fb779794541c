import { ByteWriter } from './byte-writer.ts';
import type { Opcode, VectorOpcode } from './instructions.ts';

/** The types of values this assembler knows. */
export type ValueType = 'i32' | 'i64' | 'v128';

/** Type bytes (core specification 5.3). */
export const typeBytes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, v128: 0x7b };

/** A parameter or local variable of one function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** A function that can be called. */
export interface Callable {
  readonly index: number;
}

/** Parameters and results of functions that are called by their numbers in a table. */
export interface Signature {
  readonly index: number;
}

/** A block or loop that can be branched to while it is open. */
export interface Label {
  readonly depth: number;
}

/** What a number in recorded code depends on: where that reads `from` or writes `to`, or the address of the constant that a variable holds. */
export type Origin = 'from' | 'to' | number;

/** Code that can be copied, to other places, and to functions that have the same variables but for those of constants. */
export interface Recording {
  readonly code: Uint8Array;
  /** Numbers that are so much more than what their origins stand for where the code is copied to; `at`: bytes from the start of the code. */
  readonly relative: readonly { readonly at: number; readonly origin: Origin; readonly more: number }[];
}

/** What is recorded now. */
interface Recorder {
  readonly from: number;
  readonly originValue: (origin: Origin) => number;
  readonly relative: Recording['relative'][number][];
}

const vectorPrefix = 0xfd;
const noResult = 0x40; // the type of a block that leaves nothing on the stack

/** Writes the body of one function, instruction by instruction. Everything returns the writer, so that code reads in order. */
export class FunctionWriter implements Callable {
  readonly index: number;
  readonly parameters: readonly Local[];
  private readonly head = new ByteWriter();
  private code = new ByteWriter();
  /** Declared variables: types, and how many of each follow each other. */
  private readonly variables: { readonly type: ValueType; count: number }[] = [];
  private nextLocal: number;
  private depth = 0;
  /** Where sequences lie that may come again. */
  private readonly known = new Map<string, readonly [from: number, to: number]>();
  private recorder: Recorder | null = null;

  constructor(index: number, parameters: readonly ValueType[]) {
    this.index = index;
    this.parameters = parameters.map((type, at) => ({ index: at, type }));
    this.nextLocal = parameters.length;
  }

  /** Declare a variable; it starts at zero. */
  local(type: ValueType): Local {
    const last = this.variables.at(-1);
    if (last?.type === type) last.count++;
    else this.variables.push({ type, count: 1 });
    return { index: this.nextLocal++, type };
  }

  /** Write instructions that come before all others. */
  atStart(write: () => void): this {
    const code = this.code;
    this.code = this.head;
    write();
    this.code = code;
    return this;
  }

  get(local: Local): this {
    this.code.unsignedBehind(0x20, local.index);
    return this;
  }

  /** `get` for a variable that holds a constant. */
  getConstant({ index }: Local, address: number): this {
    this.code.byte(0x20);
    if (!this.isRelative(index, address)) this.code.unsigned(index);
    return this;
  }

  set(local: Local): this {
    this.code.unsignedBehind(0x21, local.index);
    return this;
  }

  tee(local: Local): this {
    this.code.unsignedBehind(0x22, local.index);
    return this;
  }

  /** Plain instructions without immediates, in order. */
  do(...opcodes: readonly Opcode[]): this {
    for (let index = 0; index < opcodes.length; index++) this.code.byte(opcodes[index] as Opcode);
    return this;
  }

  int(value: number, origin: Origin | null = null): this {
    this.code.byte(0x41);
    if (!this.isRelative(value, origin)) this.code.signed(value);
    return this;
  }

  long(value: bigint | number): this {
    this.code.byte(0x42);
    // A small one is written as one of 32 bits is.
    if (typeof value === 'number' && value === (value | 0)) this.code.signed(value);
    else this.code.signedLong(BigInt(value));
    return this;
  }

  /** A constant of 64 bits, by its halves. */
  longHalves(low: number, high: number): this {
    this.code.byte(0x42);
    this.code.signedHalves(low, high);
    return this;
  }

  /**
   * Write a sequence of instructions; when one of the same name has been written before, it is copied. It must be the same whenever it is
   * written in this function, and have no labels.
   */
  sequence(name: string, write: () => void): this {
    const code = this.code;
    const known = this.known.get(name);
    if (known !== undefined) {
      code.again(known[0], known[1]);
      return this;
    }
    const from = code.length;
    write();
    this.known.set(name, [from, code.length]);
    return this;
  }

  /**
   * Write instructions and keep them to be copied. They declare no variables but those of constants, and have no labels. `originValue`: what
   * origins stand for here.
   */
  recording(write: () => void, originValue: (origin: Origin) => number): Recording {
    const from = this.code.length;
    const recorder: Recorder = { from, originValue, relative: [] };
    this.recorder = recorder;
    write();
    this.recorder = null;
    return { code: this.code.view().slice(from), relative: recorder.relative };
  }

  /** Copy what was recorded. */
  replay({ code, relative }: Recording, originValue: (origin: Origin) => number): this {
    const from = this.code.length;
    this.code.bytes(code);
    for (const { at, origin, more } of relative) this.code.wideAt(from + at, originValue(origin) + more);
    return this;
  }

  /** A load or store at the address on the stack plus `offset`, whatever its alignment. `origin`: what that is relative to. */
  memory(opcode: Opcode, offset: number, origin: Origin | null = null): this {
    this.code.unsignedBehind(opcode, 0);
    if (!this.isRelative(offset, origin)) this.code.unsigned(offset);
    return this;
  }

  /** Vector instructions without immediates, in order. */
  vector(...opcodes: readonly VectorOpcode[]): this {
    for (let index = 0; index < opcodes.length; index++) this.prefixed(opcodes[index] as VectorOpcode);
    return this;
  }

  vectorMemory(opcode: VectorOpcode, offset: number, origin: Origin | null = null): this {
    this.code.unsignedBehind(vectorPrefix, opcode);
    this.code.byte(0);
    if (!this.isRelative(offset, origin)) this.code.unsigned(offset);
    return this;
  }

  /** Push 16 constant bytes. */
  bytes(values: readonly number[]): this {
    if (values.length !== 16) throw new RangeError(`${values.length} bytes`);
    this.prefixed(12);
    this.code.bytes(values);
    return this;
  }

  /** Choose 16 bytes from the 32 of two vectors by constant positions. */
  shuffle(lanes: readonly number[]): this {
    if (lanes.length !== 16) throw new RangeError(`${lanes.length} lanes`);
    this.prefixed(13);
    this.code.bytes(lanes);
    return this;
  }

  /** Put 8 bytes into a half of a vector: 0 the first, 1 the second. */
  replaceLong(half: 0 | 1): this {
    this.prefixed(30);
    this.code.byte(half);
    return this;
  }

  /** Put 2 bytes into one of the 8 lanes of a vector. */
  replaceShort(lane: number): this {
    this.prefixed(26);
    this.code.byte(lane);
    return this;
  }

  /** Put a byte into one of the 16 lanes of a vector. */
  replaceByte(lane: number): this {
    this.prefixed(23);
    this.code.byte(lane);
    return this;
  }

  /** Take 4 bytes out of one of the 4 lanes of a vector. */
  extractInt(lane: number): this {
    this.prefixed(27);
    this.code.byte(lane);
    return this;
  }

  /** Take 8 bytes out of a vector. */
  extractLong(half: 0 | 1): this {
    this.prefixed(29);
    this.code.byte(half);
    return this;
  }

  call(target: Callable): this {
    return this.with(0x10, target.index);
  }

  /** Call the function of the imported table whose number is on the stack, behind its parameters; it must be of the signature. */
  callIndirect(signature: Signature): this {
    this.with(0x11, signature.index);
    this.code.byte(0);
    return this;
  }

  /** Branch to the end of a block, or to the start of a loop. */
  branch(label: Label): this {
    return this.with(0x0c, this.depth - label.depth);
  }

  branchIf(label: Label): this {
    return this.with(0x0d, this.depth - label.depth);
  }

  return(): this {
    this.code.byte(0x0f);
    return this;
  }

  block(body: (label: Label) => void): this {
    return this.open(0x02, body);
  }

  loop(body: (label: Label) => void): this {
    return this.open(0x03, body);
  }

  /** Run `body` when the value on the stack is not zero. */
  if(body: (label: Label) => void, otherwise: ((label: Label) => void) | null = null): this {
    this.code.byte(0x04);
    this.code.byte(noResult);
    const label = { depth: ++this.depth };
    body(label);
    if (otherwise !== null) {
      this.code.byte(0x05);
      otherwise(label);
    }
    this.depth--;
    this.code.byte(0x0b);
    return this;
  }

  /** Keep the first of two values when the third is not zero. */
  select(): this {
    this.code.byte(0x1b);
    return this;
  }

  drop(): this {
    this.code.byte(0x1a);
    return this;
  }

  /** Write the function's entry in the code section. */
  writeTo(out: ByteWriter): void {
    const variables = new ByteWriter();
    variables.unsigned(this.variables.length);
    for (const { type, count } of this.variables) {
      variables.unsigned(count);
      variables.byte(typeBytes[type]);
    }
    const parts = [variables, this.head, this.code];
    out.unsigned(parts.reduce((sum, part) => sum + part.length, 1));
    for (const part of parts) out.bytes(part.view());
    out.byte(0x0b);
  }

  /** Write a number so that copies can have another one in its place; false, and nothing is written, when it has no origin or nothing is recorded. */
  private isRelative(value: number, origin: Origin | null): boolean {
    const recorder = this.recorder;
    if (origin === null || recorder === null) return false;
    const { from, originValue, relative } = recorder;
    relative.push({ at: this.code.length - from, origin, more: value - originValue(origin) });
    this.code.wide(value);
    return true;
  }

  private with(opcode: number, immediate: number): this {
    this.code.unsignedBehind(opcode, immediate);
    return this;
  }

  private prefixed(opcode: VectorOpcode): void {
    this.code.unsignedBehind(vectorPrefix, opcode);
  }

  private open(opcode: number, body: (label: Label) => void): this {
    this.code.byte(opcode);
    this.code.byte(noResult);
    body({ depth: ++this.depth });
    this.depth--;
    this.code.byte(0x0b);
    return this;
  }
}
