import type { CompressionOptions, CompressionScheme, Decompressed } from './compression.ts';
import { createCompressor } from './create-compressor.ts';

/** Decompress bytes. Throws USAGE, and a CompressionError that says where the bytes are wrong or stand for too many. */
export function decompress(scheme: CompressionScheme, bytes: Uint8Array, options: CompressionOptions = {}): Uint8Array {
  return createCompressor(scheme, options).decompress(bytes);
}

/** Decompress bytes and tell which came from where. Throws as `decompress` does. */
export function traceDecompression(
  scheme: CompressionScheme,
  bytes: Uint8Array,
  options: CompressionOptions = {},
): Decompressed {
  return createCompressor(scheme, options).trace(bytes);
}

/** Decompress a part of bytes into a target, as `Compressor.decompressInto` does: with many bodies make that once. */
export function decompressInto(
  scheme: CompressionScheme,
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  at: number,
  options: CompressionOptions = {},
): number {
  return createCompressor(scheme, options).decompressInto(bytes, from, to, target, at);
}
