import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../../streams/source.ts';
import { TopicReader } from './topic-reader.ts';
import type { TopicStore } from './topic-store.ts';

/** A topic of the same partition as a source. */
export interface TopicSourceOptions {
  readonly store: TopicStore;
  readonly topic: string;
  /** The consumer that it is: where it stands is part of each commit, and what it has not read is not dropped. */
  readonly consumer: string;
  /** Default: the topic. */
  readonly name?: string | undefined;
  /** Where it begins when it never ran. Default 0. */
  readonly from?: number | undefined;
  /** Whether to let retention drop what it has not read. Default `false`. */
  readonly lossy?: boolean | undefined;
  /** Whether to wait for more. Default `true`. */
  readonly follow?: boolean | undefined;
}

/** Read the values of a topic as frames, taken in at the time of their record. */
export function topicSource(options: TopicSourceOptions): Source {
  const { store, topic, consumer, from = 0, lossy = false, follow = true } = options;
  let reader = new TopicReader(store, topic, from);
  let status: SourceStatus = 'reading';
  const frame = ({ value, time }: { value: Uint8Array; time: number | null }): SourceFrame => {
    return { bytes: value, ingested: time };
  };
  return {
    name: options.name ?? topic,
    get status() {
      return status;
    },
    open(position: string | null): void {
      if (position !== null) reader = new TopicReader(store, topic, Number(position));
    },
    read(limit: ReadLimit): SourceRead | null {
      const records = reader.read(limit.frames, limit.bytes);
      const [first] = records;
      if (first === undefined) status = follow ? 'caught-up' : 'ended';
      else status = 'reading';
      if (first === undefined) return null;
      const range = JSON.stringify({ from: first.offset, count: records.length });
      return { frames: records.map(frame), position: String(reader.position), range };
    },
    save(position: string): void {
      store.setPosition(topic, consumer, Number(position), !lossy);
    },
    again(range: string): SourceFrame[] {
      const { from: offset, count } = JSON.parse(range) as { from: number; count: number };
      return new TopicReader(store, topic, offset).read(count).map(frame);
    },
    close(): void {},
  };
}
