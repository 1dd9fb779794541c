/** The parts of the WebAssembly JavaScript interface that are used here. */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: new (limits: { readonly initial: number }) => WebAssemblyMemory;
  readonly Table: new (kind: { readonly element: 'anyfunc'; readonly initial: number }) => WebAssemblyTable;
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** A module's memory. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer;
  /** Throws a RangeError when there is no more. */
  grow(pages: number): number;
}

/** Functions that modules call by their numbers. */
export interface WebAssemblyTable {
  /** Throws a TypeError for what no module exports. */
  set(index: number, target: unknown): void;
}

/** WebAssembly of this JavaScript engine; `null` where it has none or must not use it. */
export const webAssembly: WebAssemblyApi | null =
  (globalThis as { readonly WebAssembly?: WebAssemblyApi | undefined }).WebAssembly ?? null;
