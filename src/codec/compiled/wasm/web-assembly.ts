/** The parts of the WebAssembly JavaScript interface that are used here. */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (limits: { readonly initial: number }) => WebAssemblyMemory;
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** A module's memory. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  /** Throws a RangeError when there is no more. */
  grow(pages: number): number;
}

/** WebAssembly of this JavaScript engine; `undefined` where it has none or must not use it. */
export const webAssembly: WebAssemblyApi | undefined = (
  globalThis as { readonly WebAssembly?: WebAssemblyApi | undefined }
).WebAssembly;
