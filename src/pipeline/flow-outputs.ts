import type { Issue } from '../codec/issue.ts';
import type { FrameRole } from '../frames/catalog/catalog.ts';
import type { CatalogEvent, EventBuilder } from '../frames/catalog/event-builder.ts';
import { frameIssue } from '../frames/quarantine-line.ts';
import type { Outputs } from '../runtime/embedded/process.ts';
import type { ClosedFrame, HeadedFrame, PlainFrame, RejectedFrame } from '../streams/correlated-batch.ts';
import type { DecodedBatch } from '../streams/decode-frames.ts';
import type { JournalEntry } from '../streams/journal-entry.ts';
import type { CorrelationTable } from './correlation-table.ts';
import type { DecodedFrame, FrameDecoder } from './frame-decoder.ts';
import { LineBuffer } from './line-buffer.ts';
import type { PairWithEvents } from './pair-events.ts';
import { TopicLines } from './topic-lines.ts';

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

/** What comes out of the operators of a flow. */
export type FlowBatch = Omit<DecodedBatch<DecodedFrame>, 'messages'> & { readonly messages: readonly PairWithEvents[] };

/** A frame on its way to quarantine, because of the journal entry at `at`. */
interface Refused {
  readonly at: number;
  readonly frame: PlainFrame;
  readonly issues: readonly Issue[];
}

const noKey = new Uint8Array(0);

/** Writes what comes out of the operators to topics, and counts it. */
export class FlowOutputs {
  readonly #state: CorrelationTable;
  readonly #decoder: FrameDecoder;
  readonly #events: EventBuilder;
  readonly #inputs: readonly string[];
  readonly #hasSequence: boolean;
  readonly #lines: TopicLines;
  readonly #keys = new LineBuffer();

  constructor(
    state: CorrelationTable,
    decoder: FrameDecoder,
    events: EventBuilder,
    inputs: readonly string[],
    hasSequence: boolean,
  ) {
    this.#state = state;
    this.#decoder = decoder;
    this.#events = events;
    this.#inputs = inputs;
    this.#hasSequence = hasSequence;
    this.#lines = new TopicLines(hasSequence);
  }

  /** `entries` are those of the journal that the batch came from. */
  write(batch: FlowBatch, outputs: Outputs, entries: readonly JournalEntry[]): void {
    const refused: Refused[] = batch.quarantined.map((frame) => {
      return { at: frame.position, frame, issues: [frameIssue(frame, frame.bytes)] };
    });
    for (const message of batch.messages) this.#pair(message, outputs, refused);
    for (const frame of batch.expired) this.#closed('expired', frame, outputs);
    for (const frame of batch.orphans) this.#closed('orphans', frame, outputs);
    for (const frame of batch.late) this.#closed('late', frame, outputs);
    for (const frame of batch.duplicates) this.#closed('duplicates', frame, outputs);
    for (const frame of batch.rejected) this.#closed('rejected', frame, outputs);
    for (const frame of batch.notices) this.#notice(frame, outputs, refused);
    // In the order of the journal, whatever the batches are.
    refused.sort((one, other) => one.at - other.at);
    for (const { at, frame, issues } of refused) {
      const entry = entries[at - batch.from];
      const input = entry?.kind === 'frame' ? this.#inputs[entry.input] : undefined;
      const isFrame = entry?.kind !== 'frame' || entry.garbage === undefined;
      const line = this.#lines.quarantined(input ?? '', frame.position, frame.bytes, issues, isFrame);
      this.#append(outputs, 'quarantine', noKey, null, line);
    }
  }

  #pair({ pair, request, response, events }: PairWithEvents, outputs: Outputs, refused: Refused[]): void {
    const state = this.#state;
    state.latencies.add(Math.round(pair.response.time - pair.request.time));
    if (request.issues.length > 0 || response.issues.length > 0) {
      state.undecoded++;
      for (const [frame, { issues }] of [[pair.request, request] as const, [pair.response, response] as const]) {
        if (issues.length > 0) refused.push({ at: pair.at, frame, issues });
      }
      return;
    }
    const { time } = pair.request;
    const told = request.forEvents?.key;
    const key = typeof told === 'string' ? told : this.#decoder.keyOf(pair.request.bytes);
    const line = this.#lines.pair(pair, key, request, response, this.#decoder.lines);
    this.#append(outputs, 'frames', this.#keys.begin().text(key).bytes, time, line);
    for (const event of events) this.#event(event, outputs);
  }

  #event({ event, key, time, json }: CatalogEvent, outputs: Outputs): void {
    this.#append(outputs, event, this.#keys.begin().text(key).bytes, time, this.#lines.text(json));
  }

  #notice(frame: PlainFrame, outputs: Outputs, refused: Refused[]): void {
    const head = this.#decoder.head(frame.bytes);
    const { type } = head;
    if (type !== null && type.events.length > 0) {
      const decoded = this.#decoder.decode(frame.bytes);
      if (decoded.issues.length > 0) refused.push({ at: frame.position, frame, issues: decoded.issues });
      const events = decoded.forEvents === null ? [] : this.#events.build(decoded.forEvents, null);
      for (const event of events) this.#event(event, outputs);
      if (events.length > 0) return;
    }
    this.#raw('notices', 'notice', { ...frame, ...head }, outputs);
  }

  #closed(topic: string, frame: ClosedFrame | RejectedFrame, outputs: Outputs): void {
    const reason = 'reason' in frame ? frame.reason : undefined;
    this.#raw(topic, frame.direction, frame, outputs, reason);
  }

  #raw(topic: string, role: FrameRole, frame: HeadedFrame, outputs: Outputs, reason?: string): void {
    const { bytes, time } = frame;
    const { type, key } = this.#decoder.head(bytes);
    const sequence = this.#hasSequence && Number.isFinite(frame.sequence) ? frame.sequence : null;
    const line = this.#lines.raw({ type, role, key, sequence, time, bytes, reason });
    this.#append(outputs, topic, this.#keys.begin().text(key).bytes, time, line);
  }

  #append(outputs: Outputs, topic: string, key: Uint8Array, time: number | null, line: Uint8Array): void {
    outputs.topic(topic).append(key, time, line);
    this.#state.count(topic);
  }
}
