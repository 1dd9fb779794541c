import type { WebAssemblyApi } from './web-assembly.ts';

// A function that puts 16 zero bytes on the stack and drops them.
const probe = Uint8Array.from([
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[10, 9, 1, 7, 0, 0x41, 0, 0xfd, 15, 0x1a, 0x0b],
]);

/** Whether there is WebAssembly that has vectors (SIMD). */
export function hasVectors(api: WebAssemblyApi | null): api is WebAssemblyApi {
  return api?.validate(probe) === true;
}
