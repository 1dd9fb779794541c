import type { Codec } from '../../codec/create-codec.ts';
import type { RecordReading } from '../../codec/reading.ts';
import type { RecordLayout } from '../../copybook/layout.ts';
import type { EventFrame } from './event-builder.ts';

const noBytes = new Uint8Array(0);

/** The frame that fields are taken from: it is moved from frame to frame, and reads the whole of one only when a field needs that. */
export class FrameSource {
  /** What holds header and decompressed body, and where they are in it. */
  bytes: Uint8Array = noBytes;
  from = 0;
  to = 0;
  /** Event time in whole milliseconds since 1970-01-01T00:00:00Z. */
  time: number | null = null;
  #codec: Codec | null = null;
  #reading: RecordReading | null = null;

  move({ plain, from, to, time, reading }: EventFrame, codec: Codec): void {
    this.bytes = plain;
    this.from = from ?? 0;
    this.to = to ?? plain.length;
    this.time = time === null ? null : Math.floor(time);
    this.#codec = codec;
    this.#reading = reading ?? null;
  }

  /** The time as digits. */
  timeText(): string {
    return this.time === null ? '' : String(this.time);
  }

  /** Which of the records of its type the frame holds; `null` when no rule fits. */
  record(): RecordLayout | null {
    if (this.#reading === null) return this.#codec?.chooseRecord(this.#plain) ?? null;
    return this.#reading.record;
  }

  reading(): RecordReading | null {
    if (this.#reading === null && this.#codec !== null) this.#reading = this.#codec.read(this.#plain);
    return this.#reading;
  }

  get #plain(): Uint8Array {
    return this.bytes.subarray(this.from, this.to);
  }
}
