import type { Encoded } from '../../codec/encode-value.ts';
import type { Explanation } from '../../codec/explain.ts';
import type { Issue } from '../../codec/issue.ts';
import type { RecordReading } from '../../codec/reading.ts';
import type { Segment } from '../compression/compression.ts';
import type { FrameRole, FrameType } from './catalog.ts';

/** What the header of a frame says. */
export interface FrameHead {
  /** `null` when no type of the catalog fits. */
  readonly type: FrameType | null;
  readonly role: FrameRole | null;
  readonly key: string | null;
  readonly sequence: number | null;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number | null;
}

/** A whole frame as it was read. */
export interface FrameReading extends FrameHead {
  /** Header and decompressed body: the frame itself where nothing is compressed. Offsets of readings and their issues are in here. */
  readonly plain: Uint8Array;
  /** `null` when the frame could not be taken apart: no type, a header that lies, a body that does not decompress. */
  readonly reading: RecordReading | null;
  /**
   * What is wrong with the frame, then with its fields. The former (`HEADER_*`, `FRAME_*`, `COMPRESSED_*`, `DECOMPRESSED_SIZE`) are
   * about the frame as it was sent, the latter about `plain`: up to the header's end that is the same.
   */
  readonly issues: readonly Issue[];
}

/** A frame taken apart for people. */
export interface FrameExplanation extends FrameReading {
  readonly explained: Explanation | null;
  /** How the decompressed body came about, offsets from the body's start; empty where nothing is compressed. */
  readonly segments: readonly Segment[];
}

/** Reads frames of one protocol. Made by `createFrameReader`. */
export interface FrameReader {
  /** Never throws for bytes; throws what a copybook of the frame's type throws on first use. */
  read(bytes: Uint8Array): FrameReading;
  explain(bytes: Uint8Array): FrameExplanation;
  /**
   * Write a frame: encode, compress, and put its length into the header whatever the value says. Refused besides what the codec
   * refuses: a header that is read as another type (FRAME_TYPE), a frame beyond the maximum (FRAME_LENGTH).
   */
  encode(type: FrameType, value: unknown): EncodedFrame;
}

/** A written frame, or why there is none. */
export type EncodedFrame = Encoded;
