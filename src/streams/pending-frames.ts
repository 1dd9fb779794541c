import type { FrameStore } from './frame-store.ts';

const noBytes = new Uint8Array(0);

/** The bytes of the open entries' frames, by entry: in memory, and beyond a limit in a store. */
export class PendingFrames {
  /** Bytes in memory. */
  held = 0;
  private readonly frames: (Uint8Array | null)[] = [];
  private readonly limit: number;
  private readonly store: FrameStore | null;

  constructor(limit: number, store: FrameStore | null) {
    this.limit = limit;
    this.store = store;
  }

  put(entry: number, position: number, bytes: Uint8Array): void {
    if (this.store !== null && this.held + bytes.length > this.limit) {
      this.store.put(position, bytes);
      this.frames[entry] = null;
      return;
    }
    this.frames[entry] = bytes;
    this.held += bytes.length;
  }

  get(entry: number, position: number): Uint8Array {
    return this.frames[entry] ?? this.store?.get(position) ?? noBytes;
  }

  /** Get the bytes for the last time. */
  take(entry: number, position: number): Uint8Array {
    const bytes = this.frames[entry];
    if (bytes === null || bytes === undefined) {
      const stored = this.store?.get(position) ?? noBytes;
      this.store?.delete(position);
      return stored;
    }
    this.frames[entry] = null;
    this.held -= bytes.length;
    return bytes;
  }

  /** Let the bytes be those of the frame alone, so that they do not keep alive what they were read with. */
  detach(entry: number): void {
    const bytes = this.frames[entry];
    if (bytes !== null && bytes !== undefined && bytes.buffer.byteLength > bytes.length) {
      this.frames[entry] = Uint8Array.from(bytes);
    }
  }
}
