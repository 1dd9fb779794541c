import { ByteWriter } from './byte-writer.ts';
import { type Callable, FunctionWriter, type Signature, typeBytes, type ValueType } from './function-writer.ts';

interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface Import extends FunctionType {
  readonly name: string;
}

interface Constant {
  readonly address: number;
  readonly bytes: Uint8Array;
}

const fewBytes = 64;
const table = { name: 'table', limits: [0x01, 0x70, 0x00, 0x00] }; // of functions, of any size
const memory = { name: 'memory', limits: [0x02, 0x00, 0x01] }; // no maximum, at least one page

/**
 * Puts a WebAssembly module together: imported and own functions, one imported memory (`env.memory`), and constant bytes in
 * it.
 *
 * Sections come in the order the binary format asks for (core specification 5.5): type, import, function, export, code, data. Imports must be declared before the first function, since they are numbered first.
 */
export class ModuleWriter {
  readonly #called: FunctionType[] = [];
  readonly #imports: Import[] = [];
  readonly #functions: FunctionWriter[] = [];
  readonly #exports = new Map<string, Callable>();
  readonly #data: Constant[] = [];
  readonly #placed = new Map<string, number>();
  #end: number;

  /** Constants and reserved bytes take addresses from `start` on. */
  constructor(start: number) {
    this.#end = start;
  }

  /** The first address behind all constants and reserved bytes. */
  get end(): number {
    return this.#end;
  }

  import(name: string, parameters: readonly ValueType[], results: readonly ValueType[]): Callable {
    if (this.#functions.length > 0) throw new RangeError('imports come before functions');
    this.#imports.push({ name, parameters, results });
    return { index: this.#imports.length - 1 };
  }

  /** Declare a signature for indirect calls: the module then imports a table, `env.table`. */
  signature(parameters: readonly ValueType[], results: readonly ValueType[]): Signature {
    // They come first among the types of the module, each once, so that their numbers are known before all others are.
    const known = this.#called.findIndex((one) => `${one.parameters}>${one.results}` === `${parameters}>${results}`);
    return { index: known >= 0 ? known : this.#called.push({ parameters, results }) - 1 };
  }

  function(parameters: readonly ValueType[], results: readonly ValueType[]): FunctionWriter {
    const made = new FunctionWriter(this.#imports.length + this.#functions.length, parameters, results);
    this.#functions.push(made);
    return made;
  }

  export(name: string, target: Callable): void {
    this.#exports.set(name, target);
  }

  /** Place constant bytes in memory, the same bytes only once; returns their address, a multiple of 16. */
  constant(bytes: ArrayLike<number>): number {
    const key = latin1(bytes);
    const known = this.#placed.get(key);
    if (known !== undefined) return known;
    const address = this.reserve(bytes.length);
    this.#data.push({ address, bytes: Uint8Array.from(bytes) });
    this.#placed.set(key, address);
    return address;
  }

  /** Reserve memory that starts as zeros; returns its address, a multiple of 16. */
  reserve(length: number): number {
    const address = aligned(this.#end);
    this.#end = address + length;
    return address;
  }

  /** The module's bytes. The memory it is given must reach to `end`. */
  finish(): Uint8Array<ArrayBuffer> {
    const out = new ByteWriter();
    out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]); // \0asm, version 1
    const types = signatureTable([...this.#called, ...this.#imports, ...this.#functions.map(typeOf)]);
    section(out, 1, types.entries, (body, type) => body.bytes(type));
    const called = this.#called.length;
    const others = [...(called > 0 ? [table] : []), memory];
    section(out, 2, [...this.#imports, ...others], (body, entry, index) => {
      body.name('env');
      body.name(entry.name);
      if ('limits' in entry) body.bytes(entry.limits);
      else {
        body.byte(0x00);
        body.unsigned(types.indexes[called + index] ?? 0);
      }
    });
    section(out, 3, this.#functions, (body, _, index) => {
      body.unsigned(types.indexes[called + this.#imports.length + index] ?? 0);
    });
    section(out, 7, [...this.#exports], (body, [name, target]) => {
      body.name(name);
      body.byte(0x00);
      body.unsigned(target.index);
    });
    section(out, 10, this.#functions, (body, entry) => body.sized(entry.finish()));
    section(out, 11, joined(this.#data), (body, { address, bytes }) => {
      body.byte(0x00);
      body.byte(0x41);
      body.signed(address);
      body.byte(0x0b);
      body.sized(bytes);
    });
    return Uint8Array.from(out.view());
  }
}

function aligned(address: number): number {
  return (address + 15) & ~15;
}

/** Constants that follow each other as one: an engine takes 100,000 pieces at most. */
function joined(constants: readonly Constant[]): readonly Constant[] {
  const runs: { readonly address: number; readonly from: number; to: number; end: number }[] = [];
  for (const [index, { address, bytes }] of constants.entries()) {
    const end = address + bytes.length;
    const run = runs.at(-1);
    if (run !== undefined && aligned(run.end) === address) Object.assign(run, { to: index + 1, end });
    else runs.push({ address, from: index, to: index + 1, end });
  }
  return runs.map(({ address, from, to, end }) => {
    const bytes = new Uint8Array(end - address);
    for (const one of constants.slice(from, to)) bytes.set(one.bytes, one.address - address);
    return { address, bytes };
  });
}

/** Bytes as a text: sooner than with a Buffer for the few that most constants have. */
function latin1(bytes: ArrayLike<number>): string {
  if (bytes.length > fewBytes) return Buffer.from(bytes).toString('latin1');
  return String.fromCharCode.apply(null, bytes as number[]);
}

function typeOf({ parameters, results }: FunctionWriter): FunctionType {
  return { parameters: parameters.map(({ type }) => type), results };
}

/** The distinct signatures as entries of the type section, and which of them each function has. */
function signatureTable(signatures: readonly FunctionType[]): {
  readonly entries: readonly (readonly number[])[];
  readonly indexes: readonly number[];
} {
  const entries: number[][] = [];
  const known = new Map<string, number>();
  const indexes = signatures.map(({ parameters, results }) => {
    const of = (types: readonly ValueType[]): number[] => [types.length, ...types.map((type) => typeBytes[type])];
    const entry = [0x60, ...of(parameters), ...of(results)];
    const index = known.get(entry.join()) ?? entries.push(entry) - 1;
    known.set(entry.join(), index);
    return index;
  });
  return { entries, indexes };
}

function section<Entry>(
  out: ByteWriter,
  id: number,
  entries: readonly Entry[],
  write: (body: ByteWriter, entry: Entry, index: number) => void,
): void {
  if (entries.length === 0) return;
  const body = new ByteWriter();
  body.unsigned(entries.length);
  for (const [index, entry] of entries.entries()) write(body, entry, index);
  out.byte(id);
  out.sized(body.view());
}
