/**
 * A frame with where it stands in the journal and what its header says.
 *
 * It has a constructor, as the engine soon puts what literals make many of where only a full collection finds it: that kept the bytes of all
 * frames up to then.
 */
export class HeadedFrame {
  readonly key: string | number;
  readonly sequence: number;
  /** Event time in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number;
  readonly position: number;
  readonly bytes: Uint8Array;

  constructor(key: string | number, sequence: number, time: number, position: number, bytes: Uint8Array) {
    this.key = key;
    this.sequence = sequence;
    this.time = time;
    this.position = position;
    this.bytes = bytes;
  }
}
