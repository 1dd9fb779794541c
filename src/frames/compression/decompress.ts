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
