import type { Clock } from './clock.ts';
import type { RecordBlock, TopicRecord } from './record-block.ts';
import type { TopicStore } from './topic-store.ts';

/** Reads a topic from an offset on. Any number of them read at once; none of them knows of the others. */
export class TopicReader {
  readonly topic: string;
  readonly #store: TopicStore;
  #block: RecordBlock | null = null;
  #position: number;

  constructor(store: TopicStore, topic: string, offset = 0) {
    this.topic = topic;
    this.#store = store;
    this.#position = offset;
  }

  /** The offset it reads next. */
  get position(): number {
    return this.#position;
  }

  /** Go on at another offset. */
  seek(offset: number): void {
    this.#block = null;
    this.#position = offset;
  }

  /** Take the next records, at most so many; none when the end is reached. What was dropped meanwhile is passed over. */
  read(most: number, mostBytes: number = Number.POSITIVE_INFINITY): TopicRecord[] {
    const records: TopicRecord[] = [];
    let bytes = 0;
    while (records.length < most && bytes < mostBytes) {
      if (this.#block === null || this.#position >= this.#block.to) {
        this.#block = this.#store.block(this.topic, this.#position);
        if (this.#block === null) break;
        this.#position = Math.max(this.#position, this.#block.from);
      }
      const record = this.#block.record(this.#position);
      records.push(record);
      bytes += record.value.length;
      this.#position++;
    }
    return records;
  }

  /** How many records there are behind its position. */
  get lag(): number {
    return Math.max(0, this.#store.extent(this.topic).end - this.#position);
  }
}

/**
 * Give what a topic holds and what is appended to it, until the signal; the read view is renewed at each look, so that no old page is kept
 * alive. Never gives an empty array.
 */
export async function* tailTopic(
  store: TopicStore,
  reader: TopicReader,
  clock: Clock,
  signal: AbortSignal,
  pause = 200, // ms
): AsyncGenerator<TopicRecord[]> {
  while (!signal.aborted) {
    store.environment.renew();
    const records = reader.read(1000);
    if (records.length > 0) yield records;
    else await clock.wait(pause, signal);
  }
}
