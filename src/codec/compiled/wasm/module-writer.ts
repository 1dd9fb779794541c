import { ByteWriter } from './byte-writer.ts';
import { type Callable, FunctionWriter, type Signature, typeBytes, type ValueType } from './function-writer.ts';
import { Section } from './section.ts';

/** Constants that follow each other in memory. */
interface ConstantRun {
  readonly address: number;
  readonly bytes: ByteWriter;
}

const fewBytes = 64;
const alignment = 16;
const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]; // \0asm, version 1
const table = [0x01, 0x70, 0x00, 0x00]; // of functions, of any size
const memory = [0x02, 0x00, 0x01]; // no maximum, at least one page

/**
 * Puts a WebAssembly module together: imported and own functions, one imported memory (`env.memory`), and constant bytes in
 * it.
 *
 * Sections come in the order the binary format asks for (core specification 5.5): type, import, function, export, code, data. Imports must be declared before the first function, since they are numbered first.
 */
export class ModuleWriter {
  private readonly types = new Section(1);
  private readonly typeIndexes = new Map<string, number>();
  private readonly imports = new Section(2);
  private imported = 0; // functions
  private importsTable = false;
  private readonly functions: FunctionWriter[] = [];
  private readonly functionTypes = new Section(3);
  private readonly exports = new Section(7);
  /** Constants that follow each other as one: an engine takes 100,000 pieces at most. */
  private readonly constants: ConstantRun[] = [];
  private readonly placed = new Map<string, number>();
  private used: number;

  /** Constants and reserved bytes take addresses from `start` on. */
  constructor(start: number) {
    this.used = start;
    this.importEntry('memory').bytes(memory);
  }

  /** The first address behind all constants and reserved bytes. */
  get end(): number {
    return this.used;
  }

  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): Callable {
    if (this.functions.length > 0) throw new RangeError('imports come before functions');
    this.importEntry(name).unsignedBehind(0x00, this.typeIndex(parameters, results));
    return { index: this.imported++ };
  }

  /** Declare a signature for indirect calls: the module then imports a table, `env.table`. */
  signature(parameters: readonly ValueType[], results: readonly ValueType[]): Signature {
    if (!this.importsTable) this.importEntry('table').bytes(table);
    this.importsTable = true;
    return { index: this.typeIndex(parameters, results) };
  }

  function(parameters: readonly ValueType[], results: readonly ValueType[]): FunctionWriter {
    this.functionTypes.entry().unsigned(this.typeIndex(parameters, results));
    const made = new FunctionWriter(this.imported + this.functions.length, parameters);
    this.functions.push(made);
    return made;
  }

  export(name: string, target: Callable): void {
    const entry = this.exports.entry();
    entry.name(name);
    entry.unsignedBehind(0x00, target.index);
  }

  /**
   * Place constant bytes in memory, the same bytes only once; returns their address, a multiple of 16. Of a text each character is a byte.
   */
  constant(bytes: ArrayLike<number> | string): number {
    const text = typeof bytes === 'string' ? bytes : latin1(bytes);
    const known = this.placed.get(text);
    if (known !== undefined) return known;
    const address = this.reserve(text.length);
    this.runAt(address).latin1(text);
    this.placed.set(text, address);
    return address;
  }

  /** Reserve memory that starts as zeros; returns its address, a multiple of 16. */
  reserve(length: number): number {
    const address = aligned(this.used);
    this.used = address + length;
    return address;
  }

  /** The module's bytes. The memory it is given must reach to `end`. */
  finish(): Uint8Array<ArrayBuffer> {
    const code = new Section(10);
    for (const one of this.functions) one.writeTo(code.entry());
    const data = new Section(11);
    for (const { address, bytes } of this.constants) {
      const entry = data.entry();
      entry.bytes([0x00, 0x41]);
      entry.signed(address);
      entry.byte(0x0b);
      entry.sized(bytes.view());
    }
    const out = new ByteWriter();
    out.bytes(header);
    for (const section of [this.types, this.imports, this.functionTypes, this.exports, code, data]) {
      section.writeTo(out);
    }
    return Uint8Array.from(out.view());
  }

  private importEntry(name: string): ByteWriter {
    const entry = this.imports.entry();
    entry.name('env');
    entry.name(name);
    return entry;
  }

  /** The number of a type of functions; each is written once. */
  private typeIndex(parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${parameters.join()}>${results.join()}`;
    const known = this.typeIndexes.get(key);
    if (known !== undefined) return known;
    const entry = this.types.entry();
    entry.byte(0x60);
    for (const types of [parameters, results]) {
      entry.unsigned(types.length);
      for (const type of types) entry.byte(typeBytes[type]);
    }
    const index = this.typeIndexes.size;
    this.typeIndexes.set(key, index);
    return index;
  }

  /** What the constant at an address is written to: behind those before it, when it follows them. */
  private runAt(address: number): ByteWriter {
    const last = this.constants.at(-1);
    if (last !== undefined && aligned(last.address + last.bytes.length) === address) {
      while (last.address + last.bytes.length < address) last.bytes.byte(0);
      return last.bytes;
    }
    const bytes = new ByteWriter();
    this.constants.push({ address, bytes });
    return bytes;
  }
}

function aligned(address: number): number {
  return (address + alignment - 1) & -alignment;
}

/** Bytes as a text: sooner than with a Buffer for the few that most constants have. */
function latin1(bytes: ArrayLike<number>): string {
  if (bytes.length > fewBytes) return Buffer.from(bytes).toString('latin1');
  return String.fromCharCode.apply(null, bytes as number[]);
}
