import type { SourceFrame } from './source.ts';

/** A frame that a source gave, about which there is no more to say. It has a constructor for the same reason as a headed frame. */
export class TakenFrame implements SourceFrame {
  readonly bytes: Uint8Array;
  readonly ingested: number | null;

  constructor(bytes: Uint8Array, ingested: number | null) {
    this.bytes = bytes;
    this.ingested = ingested;
  }
}
