import type { Codec } from '../../codec/create-codec.ts';
import type { RecordReading } from '../../codec/reading.ts';
import type { RecordLayout } from '../../copybook/layout.ts';
import type { EventFrame } from './event-builder.ts';

const noBytes = new Uint8Array(0);

/** The frame that fields are taken from: it is moved from frame to frame, and reads the whole of one only when a field needs that. */
export class FrameSource {
  /** Header and decompressed body. */
  plain: Uint8Array = noBytes;
  /** Event time in whole milliseconds since 1970-01-01T00:00:00Z. */
  time: number | null = null;
  #timeText: string | null = null;
  #codec: Codec | null = null;
  #reading: RecordReading | null = null;

  move({ plain, time, reading }: EventFrame, codec: Codec): void {
    this.plain = plain;
    this.time = time === null ? null : Math.floor(time);
    this.#timeText = null;
    this.#codec = codec;
    this.#reading = reading ?? null;
  }

  /** The time as digits, written once for all that ask: a number of this size takes as long to write as the rest of an event. */
  timeText(): string {
    this.#timeText ??= this.time === null ? '' : String(this.time);
    return this.#timeText;
  }

  /** Which of the records of its type the frame holds; `null` when no rule fits. */
  record(): RecordLayout | null {
    if (this.#reading === null) return this.#codec?.chooseRecord(this.plain) ?? null;
    return this.#reading.record;
  }

  reading(): RecordReading | null {
    if (this.#reading === null && this.#codec !== null) this.#reading = this.#codec.read(this.plain);
    return this.#reading;
  }
}
