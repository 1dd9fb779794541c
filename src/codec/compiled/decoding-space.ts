import { PlainMemory, pageSize } from './plain-memory.ts';
import { type WebAssemblyApi, type WebAssemblyMemory, webAssembly } from './wasm/web-assembly.ts';

const margin = 128; // bytes around everything: kernels read up to 16 bytes on, and write up to 64
const smallestOutput = 256 << 10;
const mostPages = 65_536; // 4 GiB, all that 32-bit addresses reach

/** A part of the memory. */
export interface Region {
  readonly address: number;
  readonly length: number;
}

const nothing: Region = { address: 0, length: 0 };

/**
 * The memory that compiled decoders work in: records come into it and lines are taken from it, so that nothing is copied.
 *
 * Several decoders may share one, as those of a protocol's frame types do. It grows with what is asked for, and never shrinks. Views of
 * it are good until the next call that may make it grow: `reserve`, a new decoder, or decoding, which may compile more.
 */
export class DecodingSpace {
  readonly memory: WebAssemblyMemory;
  #bytes: Buffer;
  #numbers: Int32Array;
  #inputBytes: Uint8Array = new Uint8Array(0); // views are kept: making one takes longer than some reads
  #listNumbers: Int32Array = new Int32Array(0);
  #end = 64; // address 0 stays free, so that it can mean nothing
  #input = nothing;
  #list = nothing;
  #output = nothing;
  #out = 0;
  #behind = 0;

  /** `null`, the standard where there is no WebAssembly: for decoders in JavaScript only. */
  constructor(api: WebAssemblyApi | null = webAssembly) {
    this.memory = api === null ? new PlainMemory() : new api.Memory({ initial: 1 });
    this.#bytes = Buffer.from(this.memory.buffer);
    this.#numbers = new Int32Array(this.memory.buffer);
    this.reserveOutput(smallestOutput);
  }

  /** All of it. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** All of it as 32-bit integers. */
  get numbers(): Int32Array {
    return this.#numbers;
  }

  /** Memory for the bytes of records. */
  get input(): Uint8Array {
    return this.#inputBytes;
  }

  get inputAddress(): number {
    return this.#input.address;
  }

  /** Memory for a list of records: for each its offset in the input and its length. */
  get list(): Int32Array {
    return this.#listNumbers;
  }

  get listAddress(): number {
    return this.#list.address;
  }

  /** How many records the list has room for. */
  get listRoom(): number {
    return this.#list.length >> 3;
  }

  /** The lines since the last `clear`. */
  get output(): Uint8Array {
    return this.#bytes.subarray(this.#output.address, this.#out);
  }

  /** Bytes of the lines since the last `clear`. */
  get outputLength(): number {
    return this.#out - this.#output.address;
  }

  /** Where the next line goes. */
  get outAddress(): number {
    return this.#out;
  }

  /** Where lines must end. */
  get outLimit(): number {
    return this.#output.address + this.#output.length;
  }

  /** Make room for so many bytes of records, and a list of so many records. What was in a part that grows is lost. */
  reserve(bytes: number, records: number): void {
    if (bytes <= this.#input.length && 8 * records <= this.#list.length) return;
    if (bytes > this.#input.length) this.#input = this.allocate(bytes);
    if (8 * records > this.#list.length) this.#list = this.allocate(8 * records);
    this.#viewParts();
  }

  /** Make room for so many bytes of lines; those that are there stay. */
  reserveOutput(bytes: number): void {
    if (bytes <= this.#output.length) return;
    const before = this.#output;
    const written = this.#out - before.address;
    this.#output = this.allocate(bytes);
    this.#bytes.copyWithin(this.#output.address, before.address, before.address + written);
    this.#out = this.#output.address + written;
  }

  /** Where lines go. */
  get outputRegion(): Region {
    return this.#output;
  }

  /** Let lines go to another part of the memory, from its start on. What was `output` stays where it is, for whoever knows the place. */
  useOutput(region: Region): void {
    this.#output = region;
    this.#out = region.address;
  }

  /** From now on let so many bytes behind the input be read: those of a record that lies about its length. */
  reserveBehind(bytes: number): void {
    this.#behind = Math.max(this.#behind, bytes);
    this.#grow(this.#end);
  }

  /** Take so many bytes of zeros. */
  allocate(length: number): Region {
    const address = (this.#end + margin + 63) & ~63;
    this.#grow(address + length);
    this.#end = address + length;
    return { address, length };
  }

  /** Take what was written behind the last line as lines too, up to an address. */
  advance(address: number): void {
    this.#out = address;
  }

  /** Add a line; false when there is no room for it: write the output out, and the line behind it. */
  append(line: string): boolean {
    // At worst three bytes for each unit.
    if (this.#out + 3 * line.length + 1 > this.outLimit) return false;
    this.#out += this.#bytes.write(line, this.#out);
    this.#bytes[this.#out++] = 0x0a;
    return true;
  }

  clear(): void {
    this.#out = this.#output.address;
  }

  #grow(end: number): void {
    const { memory } = this;
    const missing = end + this.#behind + margin - memory.buffer.byteLength;
    if (missing <= 0) return;
    const pages = memory.buffer.byteLength / pageSize;
    // By half at least, so that many small decoders do not make it grow each time.
    memory.grow(Math.min(mostPages - pages, Math.max(Math.ceil(missing / pageSize), pages >> 1)));
    this.#bytes = Buffer.from(memory.buffer);
    this.#numbers = new Int32Array(memory.buffer);
    this.#viewParts();
  }

  #viewParts(): void {
    const { address, length } = this.#input;
    this.#inputBytes = this.#bytes.subarray(address, address + length);
    const first = this.#list.address >> 2;
    this.#listNumbers = this.#numbers.subarray(first, first + (this.#list.length >> 2));
  }
}
