import { printable } from '../../bytes/printable.ts';
import { OverpunchError } from '../../errors.ts';
import { bitmapScheme } from './bitmap-scheme.ts';
import {
  type CompressionOptions,
  type CompressionScheme,
  compressionSchemes,
  type Decompressed,
} from './compression.ts';
import { type CompressionSettings, compressionSettings } from './compression-settings.ts';
import { cutScheme } from './cut.ts';
import { njeControls } from './nje.ts';
import { runLengthControls } from './run-length.ts';
import type { Scheme } from './scheme.ts';
import { snaControls } from './sna.ts';
import { stringScheme } from './string-scheme.ts';

const scratch = new Uint8Array(16 * 1024); // most bodies are shorter, and allocating costs more than compressing them

/** A scheme and its options, prepared for many bodies. All but `compress` throw a CompressionError for bytes that are none. */
export interface Compressor {
  /** Throws a CompressionError for bytes that are longer than `length` or have another length than `fields`. */
  compress(bytes: Uint8Array): Uint8Array;
  /**
   * Compress the bytes from `from` to `to` into a target, from `at` on, and give how many came out: at most `longest(to - from)`,
   * for which there must be room. Throws as `compress` does, USAGE without that room.
   */
  compressInto(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
  /** The most bytes that `length` bytes take compressed. */
  longest(length: number): number;
  /** Nothing larger than the limit is allocated, whatever the bytes say. */
  decompress(bytes: Uint8Array): Uint8Array;
  /** Decompress, and tell which bytes came from where. */
  trace(bytes: Uint8Array): Decompressed;
  /**
   * Decompress the bytes from `from` to `to` into a target, from `at` on, and give how many came out. Allocates nothing for `nje`,
   * `sna` and `run-length`. What does not fit is DECOMPRESSED_SIZE; the target is untouched after an error. Offsets of errors
   * count from `from`.
   */
  decompressInto(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
}

/** Prepare a scheme. Throws USAGE for an unknown one and for options out of range. */
export function createCompressor(scheme: CompressionScheme, options: CompressionOptions = {}): Compressor {
  const settings = compressionSettings(options);
  const { limit } = settings;
  const chosen = schemeOf(scheme, settings);
  const decompress = (bytes: Uint8Array): Uint8Array => {
    checkBytes(bytes);
    const target = new Uint8Array(chosen.measure(bytes, 0, bytes.length, limit));
    chosen.expand(bytes, 0, bytes.length, target, 0);
    return target;
  };
  return {
    compress(bytes) {
      checkBytes(bytes);
      const longest = chosen.bound(bytes.length);
      const target = longest <= scratch.length ? scratch : new Uint8Array(longest);
      return target.slice(0, chosen.compress(bytes, 0, bytes.length, target, 0));
    },
    longest: chosen.bound,
    compressInto(bytes, from, to, target, at) {
      checkPart(bytes, from, to);
      checkPart(target, at, at + chosen.bound(to - from));
      return chosen.compress(bytes, from, to, target, at);
    },
    decompress,
    trace(bytes) {
      const decompressed = decompress(bytes);
      return { bytes: decompressed, segments: chosen.segments(bytes) };
    },
    decompressInto(bytes, from, to, target, at) {
      checkPart(bytes, from, to);
      checkPart(target, at, target.length);
      const size = chosen.measure(bytes, from, to, Math.min(limit, target.length - at));
      chosen.expand(bytes, from, to, target, at);
      return size;
    },
  };
}

function schemeOf(scheme: CompressionScheme, settings: CompressionSettings): Scheme {
  switch (scheme) {
    case 'nje':
      return stringScheme(njeControls, settings.prime);
    case 'sna':
      return stringScheme(snaControls, settings.prime);
    case 'run-length':
      return stringScheme(runLengthControls, settings.prime);
    case 'cut':
      return cutScheme(settings);
    case 'bitmap':
      return bitmapScheme(settings);
    default:
      throw new OverpunchError('USAGE', `${printable(String(scheme))} is no compression scheme`, {
        hint: `choose one of ${compressionSchemes.join(', ')}`,
      });
  }
}

function checkBytes(bytes: unknown): void {
  if (!(bytes instanceof Uint8Array)) throw new OverpunchError('USAGE', 'compression takes bytes, a Uint8Array');
}

function checkPart(bytes: Uint8Array, from: number, to: number): void {
  checkBytes(bytes);
  if (Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= bytes.length) return;
  throw new OverpunchError('USAGE', `${from} to ${to} is no part of ${bytes.length} bytes`);
}
