/** Looks up the bytes of an open frame, by its position, in the state that was committed last. */
export type CommittedFrame = (position: number) => Uint8Array;

const noBytes = new Uint8Array(0);
/** Bytes that a frame in memory takes besides its own, about: a view, its buffer, and its place in the table. */
const perFrame = 256;

/** The bytes of the open entries' frames, by entry: in memory, and beyond a limit where they were committed to. */
export class PendingFrames {
  /** Bytes of memory. */
  held = 0;
  private readonly frames: (Uint8Array | null)[] = [];
  private readonly limit: number;
  private readonly committed: CommittedFrame | null;
  /** The entry at which letting go stopped. */
  private hand = 0;

  constructor(limit: number, committed: CommittedFrame | null) {
    this.limit = limit;
    this.committed = committed;
  }

  put(entry: number, bytes: Uint8Array): void {
    this.frames[entry] = bytes;
    this.held += bytes.length + perFrame;
  }

  get(entry: number, position: number): Uint8Array {
    return this.frames[entry] ?? this.committed?.(position) ?? noBytes;
  }

  /** Get the bytes for the last time. */
  take(entry: number, position: number): Uint8Array {
    const bytes = this.frames[entry];
    if (bytes === null || bytes === undefined) return this.committed?.(position) ?? noBytes;
    this.drop(entry, bytes);
    return bytes;
  }

  /** Let the bytes be those of the frame alone, so that they do not keep alive what they were read with. */
  detach(entry: number): void {
    const bytes = this.frames[entry];
    if (bytes !== null && bytes !== undefined && bytes.buffer.byteLength > bytes.length) {
      this.frames[entry] = Uint8Array.from(bytes);
    }
  }

  /** Let go of frames until the limit is kept: all of them are part of the state by now. */
  spill(): void {
    if (this.committed === null) return;
    const { frames } = this;
    for (let left = frames.length; left > 0 && this.held > this.limit; left--) {
      if (this.hand >= frames.length) this.hand = 0;
      const entry = this.hand++;
      const bytes = frames[entry];
      if (bytes !== null && bytes !== undefined) this.drop(entry, bytes);
    }
  }

  private drop(entry: number, bytes: Uint8Array): void {
    this.frames[entry] = null;
    this.held -= bytes.length + perFrame;
  }
}
