/** How the body of a frame is made shorter. */
export type CompressionScheme = 'nje' | 'sna' | 'run-length' | 'cut' | 'bitmap';

/** All schemes, in the order in which people are told of them. */
export const compressionSchemes: readonly CompressionScheme[] = ['nje', 'sna', 'run-length', 'cut', 'bitmap'];

/** What a scheme is told besides the bytes. A scheme ignores what is not for it. */
export interface CompressionOptions {
  /** Decompressing: the most bytes that may come out. Default 1 MiB. */
  readonly limit?: number | undefined;
  /** `nje`: the blank; `sna`: the prime character. Default X'40'. */
  readonly prime?: number | undefined;
  /** `cut`: the byte cut off at the end; `bitmap`: the byte an absent field is filled with. Default X'40'. */
  readonly fill?: number | undefined;
  /** `cut`: bytes before the cut. Default: `limit` where that is given, else nothing is filled up. */
  readonly length?: number | undefined;
  /**
   * `bitmap`: lengths of the fields 2, 3, … in bytes (field 1 is the secondary bitmap). Default: 8 bytes each, the last present
   * one with all that is left.
   */
  readonly fields?: readonly number[] | undefined;
}

/** A run of decompressed bytes and the compressed bytes it came from. Segments tile the decompressed bytes. */
export interface Segment {
  /** `literal`: copied one by one; `repeat`: one byte many times; `fill`: not in the compressed bytes at all. */
  readonly kind: 'literal' | 'repeat' | 'fill';
  /** In the decompressed bytes. */
  readonly offset: number;
  readonly length: number;
  /** In the compressed bytes, with its control byte. */
  readonly from: number;
  readonly fromLength: number;
  /** `literal`: where the copied bytes themselves start. */
  readonly data: number;
}

/** Decompressed bytes with the way back to the compressed ones. */
export interface Decompressed {
  readonly bytes: Uint8Array;
  readonly segments: readonly Segment[];
}
