import type { Segment } from './compression.ts';

/** A compression scheme under its settings. */
export interface Scheme {
  /** The most bytes that `length` bytes take compressed. */
  bound(length: number): number;
  /** Compress into a target with room for the bound, and give how many bytes came out. Throws a CompressionError. */
  compress(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
  /**
   * Check compressed bytes and give the number of bytes they stand for, without allocating anything. Throws a CompressionError, its
   * offset counted from `from`; more than `most` bytes are one.
   */
  measure(bytes: Uint8Array, from: number, to: number, most: number): number;
  /** Decompress what `measure` found to be right into a target with room for it. */
  expand(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): void;
  /** Tell where the bytes come from that `measure` found to be right. */
  segments(bytes: Uint8Array): Segment[];
}
