import type { ByteText, TextPiece } from '../../bytes/byte-text.ts';
import type { ObjectForm } from '../../codec/object-form.ts';
import type { RecordReading } from '../../codec/reading.ts';
import type { FrameType } from './catalog.ts';

/** A decoded frame that events are made from; a FrameReading without errors is one. */
export interface EventFrame {
  readonly type: FrameType | null;
  readonly key: string | number | null;
  /** The key as it stands between quotation marks in JSON, where that is at hand. */
  readonly keyPiece?: TextPiece | null | undefined;
  readonly sequence: number | null;
  /** Event time: milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number | null;
  /** Header and decompressed body: these bytes, or those of them from `from` to `to`. */
  readonly plain: Uint8Array;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The frame as it was read, if it was: without it, fields in tables and views are read from `plain` when they are asked for. */
  readonly reading?: RecordReading | null | undefined;
}

/** What a member of an event holds: what the codec gives of its field. Of a field in a table an array of them. */
export type EventValue = string | number | bigint | null | readonly EventValue[];

/** Something that happened, made from a request and its response, or from a notice. */
export interface CatalogEvent {
  /** Name of the event, which is also that of its topic. */
  readonly event: string;
  /** `EVENT:ROLE:KEY:SEQUENCE:TIME:INDEX` of the frame it is made from (the request of a pair): the same in every replay. */
  readonly id: string;
  /** Correlation key of that frame, as text. */
  readonly key: string;
  /** Event time of that frame in milliseconds since 1970-01-01T00:00:00Z. */
  readonly time: number | null;
  /**
   * `id`, then the members of the mapping in the order of the catalog. It has no prototype. It is read from the frames when it is asked for
   * first, so their bytes must hold until then.
   */
  readonly value: Readonly<Record<string, EventValue>>;
  /** The same as a line of JSON without line end; numbers have the digits of their fields (`12.50`). */
  readonly json: string;
}

/** Takes the lines of events, as bytes. */
export interface EventLines {
  /** Where the line of the next event with this index in `names` is written; `null`: it is not to be written. */
  line(event: number): ByteText | null;
  /** It is written, or was not to be. */
  end(event: number): void;
}

/** Makes events from decoded frames. Made by `compileEvents`. */
export interface EventBuilder {
  /** Names of all events, in the order of the catalog. */
  readonly names: readonly string[];
  /** What the events of each name have in common, their `id` apart: for schemas. */
  readonly forms: readonly ObjectForm[];
  /**
   * Make the events of a pair, or with `null` of a frame alone: none where no condition holds, or where the response is not of the type
   * that the request's type pairs with.
   */
  build(frame: EventFrame, response: EventFrame | null): readonly CatalogEvent[];
  /** Write the `json` of the same events, and make nothing else of them; how many there are. */
  write(frame: EventFrame, response: EventFrame | null, lines: EventLines): number;
}
