import type { WebAssemblyMemory } from './wasm/web-assembly.ts';

/** Bytes that memory grows by. */
export const pageSize = 65_536;

/** Memory that does not need WebAssembly. Growing it copies what is in it. */
export class PlainMemory implements WebAssemblyMemory {
  #buffer = new ArrayBuffer(pageSize);

  get buffer(): ArrayBuffer {
    return this.#buffer;
  }

  grow(pages: number): number {
    const before = this.#buffer;
    const grown = new ArrayBuffer(before.byteLength + pages * pageSize);
    new Uint8Array(grown).set(new Uint8Array(before));
    this.#buffer = grown;
    return before.byteLength / pageSize;
  }
}
