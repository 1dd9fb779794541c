import type { Issue } from '../codec/issue.ts';
import type { Catalog, FrameRole } from '../frames/catalog/catalog.ts';
import type { EventBuilder, EventLines } from '../frames/catalog/event-builder.ts';
import { frameIssue, quarantineLine } from '../frames/quarantine-line.ts';
import type { Outputs } from '../runtime/embedded/process.ts';
import type { RecordWriter } from '../runtime/embedded/record-writer.ts';
import type { ClosedFrame, CorrelatedBatch, PlainFrame, RejectedFrame } from '../streams/correlated-batch.ts';
import type { HeadedFrame } from '../streams/headed-frame.ts';
import type { JournalEntry } from '../streams/journal-entry.ts';
import type { MatchedPair } from '../streams/matched-pair.ts';
import type { CorrelationTable } from './correlation-table.ts';
import { DecodedFrame } from './decoded-frame.ts';
import type { EventTap } from './event-tap.ts';
import type { DecodedPairs, FrameDecoder } from './frame-decoder.ts';
import { PairKey } from './pair-key.ts';
import { TopicLines } from './topic-lines.ts';
import { TopicWriters } from './topic-writers.ts';

/** Topics that a flow writes besides those of the catalog's events. */
export const flowTopics = [
  'frames',
  'notices',
  'expired',
  'orphans',
  'late',
  'duplicates',
  'rejected',
  'quarantine',
] as const;

/** Those of them that several pipelines of a data directory may write: what no event was made of, whosever it is. */
export const sharedTopics: readonly string[] = flowTopics.filter((topic) => topic !== 'frames');

/** What comes out of the operators of a flow. */
export interface FlowBatch extends CorrelatedBatch {
  /** The pairs, decoded: parts of them, each of which holds until the next is asked for. */
  readonly decoded: Iterable<DecodedPairs>;
}

/** A frame on its way to quarantine, because of the journal entry at `at`. */
interface Refused {
  readonly at: number;
  readonly frame: PlainFrame;
  readonly issues: readonly Issue[];
}

/** Makes events, and topics of what comes out of the operators, and counts both. */
export class FlowOutputs {
  readonly #state: CorrelationTable;
  readonly #decoder: FrameDecoder;
  readonly #events: EventBuilder;
  readonly #inputs: readonly string[];
  readonly #hasSequence: boolean;
  readonly #lines: TopicLines;
  readonly #topics: TopicWriters;
  readonly #key: PairKey;
  readonly #request = new DecodedFrame();
  readonly #response = new DecodedFrame();
  readonly #eventLines: EventLines;
  readonly #tap: EventTap | null;
  /** The entry whose events are written. */
  #entry: JournalEntry | undefined;
  #outputs: Outputs | null = null;

  constructor(
    catalog: Catalog,
    state: CorrelationTable,
    decoder: FrameDecoder,
    events: EventBuilder,
    inputs: readonly string[],
    tap: EventTap | null = null,
  ) {
    this.#state = state;
    this.#tap = tap;
    this.#decoder = decoder;
    this.#events = events;
    this.#inputs = inputs;
    this.#hasSequence = catalog.header.fields.sequence !== null;
    this.#lines = new TopicLines(this.#hasSequence);
    this.#key = new PairKey(catalog, (bytes) => decoder.keyOf(bytes));
    this.#topics = new TopicWriters(['frames', ...events.names]);
    this.#eventLines = {
      line: (event) => {
        const writer = this.#topics.often(event + 1);
        return writer.discards ? null : writer.values;
      },
      end: (event) => {
        const writer = this.#topics.often(event + 1);
        const { key, keyPiece, time } = this.#request;
        if (keyPiece === null) writer.keys.text(key);
        else writer.keys.piece(keyPiece);
        writer.end(time);
        this.#tapEvent(events.names[event] ?? '', writer);
      },
    };
  }

  /** `entries` are those of the journal that the batch came from. */
  write(batch: FlowBatch, outputs: Outputs, entries: readonly JournalEntry[]): void {
    this.#topics.begin(outputs);
    this.#outputs = outputs;
    const refused: Refused[] = batch.quarantined.map((frame) => {
      return { at: frame.position, frame, issues: [frameIssue(frame, frame.bytes)] };
    });
    for (const { from, to, show } of batch.decoded) {
      for (let index = from; index < to; index++) {
        show(index, this.#request, this.#response);
        const pair = batch.messages[index] as MatchedPair;
        this.#entry = entries[pair.at - batch.from];
        this.#pair(pair, refused);
      }
    }
    for (const frame of batch.expired) this.#closed('expired', frame);
    for (const frame of batch.orphans) this.#closed('orphans', frame);
    for (const frame of batch.late) this.#closed('late', frame);
    for (const frame of batch.duplicates) this.#closed('duplicates', frame);
    for (const frame of batch.rejected) this.#closed('rejected', frame);
    for (const frame of batch.notices) {
      this.#entry = entries[frame.position - batch.from];
      this.#notice(frame, refused);
    }
    // In the order of the journal, whatever the batches are.
    refused.sort((one, other) => one.at - other.at);
    for (const { at, frame, issues } of refused) this.#quarantine(frame, issues, entries[at - batch.from]);
    this.#topics.count(this.#state);
  }

  #tapEvent(event: string, writer: RecordWriter): void {
    if (this.#tap === null || this.#outputs === null || !this.#tap.takes(event)) return;
    this.#tap.event(event, writer.value(writer.count - 1), this.#entry, this.#outputs);
  }

  #pair(pair: MatchedPair, refused: Refused[]): void {
    const state = this.#state;
    const request = this.#request;
    const response = this.#response;
    state.latencies.add(Math.round(pair.response.time - pair.request.time));
    if (request.issues.length > 0 || response.issues.length > 0) {
      state.undecoded++;
      for (const [frame, { issues }] of [[pair.request, request] as const, [pair.response, response] as const]) {
        if (issues.length > 0) refused.push({ at: pair.at, frame, issues });
      }
      return;
    }
    const key = this.#key;
    key.move(pair);
    const { sequence, time } = pair.request;
    const writer = this.#topics.often(0);
    if (!writer.discards) {
      key.write(writer.keys);
      this.#lines.pair(pair, key, request, response, writer.values);
    }
    writer.end(time);
    request.name(key.piece === null ? key.text : '', key.piece, this.#hasSequence ? sequence : null, time);
    this.#events.write(request, response, this.#eventLines);
  }

  #notice(frame: PlainFrame, refused: Refused[]): void {
    const head = this.#decoder.head(frame.bytes);
    const { type, key, sequence, time } = head;
    if (type !== null && type.events.length > 0) {
      const decoded = this.#request;
      this.#decoder.decodeOne(frame.bytes, decoded);
      if (decoded.issues.length > 0) refused.push({ at: frame.position, frame, issues: decoded.issues });
      else {
        decoded.name(key, null, Number.isNaN(sequence) ? null : sequence, Number.isNaN(time) ? null : time);
        if (this.#events.write(decoded, null, this.#eventLines) > 0) return;
      }
    }
    this.#raw('notices', 'notice', { ...frame, ...head });
  }

  #closed(topic: string, frame: ClosedFrame | RejectedFrame): void {
    const reason = 'reason' in frame ? frame.reason : undefined;
    this.#raw(topic, frame.direction, frame, reason);
  }

  #raw(topic: string, role: FrameRole, frame: HeadedFrame, reason?: string): void {
    const { bytes, time } = frame;
    const { type, key } = this.#decoder.head(bytes);
    const sequence = this.#hasSequence && Number.isFinite(frame.sequence) ? frame.sequence : null;
    const writer = this.#topics.writer(topic);
    writer.keys.text(key);
    this.#lines.raw({ type, role, key, sequence, time, bytes, reason }, writer.values);
    writer.end(time);
  }

  /** Write a quarantine line: the offset is the position in the journal, and the record number counts entries of the journal. */
  #quarantine({ position, bytes }: PlainFrame, issues: readonly Issue[], entry: JournalEntry | undefined): void {
    const file = (entry?.kind === 'frame' ? this.#inputs[entry.input] : undefined) ?? '';
    const isFrame = entry?.kind !== 'frame' || entry.garbage === undefined;
    const record = isFrame ? position + 1 : null;
    const writer = this.#topics.writer('quarantine');
    writer.values.text(quarantineLine({ file, record, offset: position, bytes, issues }));
    writer.end(null);
  }
}
