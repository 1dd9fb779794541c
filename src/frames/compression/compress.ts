import type { CompressionOptions, CompressionScheme } from './compression.ts';
import { createCompressor } from './create-compressor.ts';

/**
 * Compress bytes.
 *
 * The same bytes come back from `decompress` under the same options; from `cut` only where it is told the `length`. Throws USAGE, and a
 * CompressionError for bytes that do not have the `length` or the `fields` of the options.
 */
export function compress(scheme: CompressionScheme, bytes: Uint8Array, options: CompressionOptions = {}): Uint8Array {
  return createCompressor(scheme, options).compress(bytes);
}
