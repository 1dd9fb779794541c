import type { Codec } from '../codec/create-codec.ts';
import type { Issue } from '../codec/issue.ts';
import type { RecordReading } from '../codec/reading.ts';
import type { FrameHead } from '../frames/catalog/frame-reading.ts';

/** A record taken apart. */
export interface ReadRecord {
  readonly reading: RecordReading;
  /** The codec it was read with. */
  readonly codec: Codec;
  /** What is wrong with the record; their offsets are those of the reading. */
  readonly issues: readonly Issue[];
  /** What the header of a catalog's frame says; `null` for records of a copybook. */
  readonly head: FrameHead | null;
}

/** Takes records apart: those of a copybook, or the frames of a catalog. */
export interface RecordDecoder {
  /** Whether a record may be wanted, as far as that can be told without reading it; without this all may. */
  readonly mayWant?: (bytes: Uint8Array) => boolean;
  read(bytes: Uint8Array): ReadRecord;
  /** Where a byte that was read lies in the record as it was sent, when that may be elsewhere. */
  readonly sentOffset?: (bytes: Uint8Array, offset: number) => number;
}

/** Make the decoder of a copybook's records. */
export function codecDecoder(codec: Codec): RecordDecoder {
  return {
    read(bytes) {
      const reading = codec.read(bytes);
      return { reading, codec, issues: reading.issues, head: null };
    },
  };
}
