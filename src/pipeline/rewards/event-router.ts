import { textPiece } from '../../bytes/byte-text.ts';
import { partitionOfKey } from '../../runtime/embedded/partition-of-key.ts';
import type { Outputs, Process } from '../../runtime/embedded/process.ts';
import { outgoingTopic } from '../../runtime/embedded/repartition.ts';
import type { TopicStore } from '../../runtime/embedded/topic-store.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';
import type { EventTap } from '../event-tap.ts';
import { sellingTerminal } from './bet-of-event.ts';
import { type BetMapping, EventMembers, eventMembers } from './event-members.ts';
import { EventReader } from './event-reader.ts';
import type { StageProgress } from './stage-progress.ts';

/** Names of the events that rewards are made of; `null`: there are none of a kind. */
export interface RewardEvents {
  readonly bets: string;
  readonly cancels: string;
  readonly redemptions: string | null;
}

const dropEvery = 16; // commits between looks at what may be dropped

/**
 * Sends the events of one partition of the flow to the partitions of the rewards: bets and cancels to that of the terminal that sold the bet,
 * redemptions to that of the coupon.
 *
 * A record is `[CAPTURED,{EVENT}]`: the millisecond in which the frame was taken in that made the event happen, and the event as its topic has it.
 */
export class EventRouter implements EventTap {
  readonly #source: number;
  readonly #partitions: number;
  readonly #store: TopicStore;
  readonly #events: RewardEvents;
  readonly #mapping: BetMapping;
  readonly #progress: StageProgress;
  /** Where events go, by partition. */
  readonly #topics: readonly string[];
  readonly #reader: EventReader;
  #commits = 0;

  constructor(
    source: number,
    partitions: number,
    store: TopicStore,
    events: RewardEvents,
    mapping: BetMapping,
    progress: StageProgress,
  ) {
    this.#source = source;
    this.#partitions = partitions;
    this.#store = store;
    this.#events = events;
    this.#mapping = mapping;
    this.#reader = new EventReader(new EventMembers(mapping));
    this.#progress = progress;
    this.#topics = Array.from({ length: partitions }, (_unused, to) => outgoingTopic(progress.events, to));
  }

  takes(event: string): boolean {
    const { bets, cancels, redemptions } = this.#events;
    return event === bets || event === cancels || event === redemptions;
  }

  event(event: string, line: Uint8Array, entry: JournalEntry | undefined, outputs: Outputs): void {
    const ingested = entry?.kind === 'frame' ? entry.ingested : null;
    const captured = ingested === null ? null : Math.floor(ingested); // captures tell microseconds, which nobody asks for
    const key = this.#keyOf(event, line);
    const destination = this.#partitions === 1 ? 0 : partitionOfKey(Buffer.from(key), this.#partitions);
    const writer = outputs.topic(this.#topics[destination] ?? '');
    writer.keys.text(key);
    const { values } = writer;
    values.piece(opening);
    if (captured === null) values.text('null');
    else values.number(captured);
    values.piece(comma).copy(line).piece(closing);
    writer.end(ingested);
  }

  /** Drop what was fetched, inside of a commit of the flow. */
  save(): void {
    if (this.#commits++ % dropEvery > 0) return;
    for (const [to, topic] of this.#topics.entries()) {
      this.#store.dropBefore(topic, this.#progress.fetched('events', this.#source, to));
    }
  }

  // An event that lacks what it would be sent by goes to some partition, where it is put into quarantine.
  #keyOf(name: string, line: Uint8Array): string {
    if (this.#partitions === 1) return '';
    try {
      const event = this.#reader.read(line);
      return name === this.#events.redemptions
        ? event.text(eventMembers.coupon)
        : sellingTerminal(event, this.#mapping.sellingTerminal);
    } catch {
      return '';
    }
  }
}

const opening = textPiece('[');
const comma = textPiece(',');
const closing = textPiece(']');

/** Make a flow go no further than its rewards: it takes the next batch when the events of the former one are processed. */
export function feeding<Flow extends Process>(flow: Flow, router: EventRouter, taken: () => Promise<void>): Process {
  return {
    get watermark() {
      return flow.watermark ?? null;
    },
    async run(batch, outputs) {
      await taken();
      await flow.run(batch, outputs);
    },
    save() {
      router.save();
      flow.save?.();
    },
    rollback: () => flow.rollback?.(),
    close: () => flow.close?.(),
  };
}
