import type { ReadLimit, Source, SourceRead, SourceStatus } from '../../streams/source.ts';
import { TakenFrame } from '../../streams/taken-frame.ts';
import { partitionOfKey } from './partition-of-key.ts';
import type { Outputs } from './process.ts';
import { TopicReader } from './topic-reader.ts';
import type { TopicStore } from './topic-store.ts';

/** The topic in which a partition keeps what goes from it to another one. */
export function outgoingTopic(topic: string, destination: number): string {
  return `${topic}>${destination}`;
}

/** Write a record to the partition of its key: into what goes out, from where that partition fetches it. */
export function appendToPartition(
  outputs: Outputs,
  topic: string,
  partitions: number,
  record: { readonly key: Uint8Array; readonly time: number | null; readonly value: Uint8Array },
): void {
  const destination = partitionOfKey(record.key, partitions);
  outputs.topic(outgoingTopic(topic, destination)).append(record.key, record.time, record.value);
}

/** What comes to one partition from all of them. */
export interface IncomingOptions {
  readonly topic: string;
  readonly partition: number;
  /** The topics of every partition, by number; those of others may be open to be read only. */
  readonly stores: readonly TopicStore[];
  readonly name?: string | undefined;
}

/**
 * Fetch what all partitions have for this one. The position holds, for each source partition, the sequence of the record that comes next, so
 * that none is taken twice, whatever crashed on either side. The journal holds copies: what was fetched may be dropped there.
 */
export function incomingSource(options: IncomingOptions): Source {
  const { topic, partition, stores } = options;
  const outgoing = outgoingTopic(topic, partition);
  let readers = stores.map((store) => new TopicReader(store, outgoing));
  let turn = 0;
  let status: SourceStatus = 'reading';
  return {
    name: options.name ?? `${topic}>`,
    get status() {
      return status;
    },
    open(position: string | null): void {
      const offsets = position === null ? [] : (JSON.parse(position) as number[]);
      readers = stores.map((store, source) => new TopicReader(store, outgoing, offsets[source] ?? 0));
    },
    read(limit: ReadLimit): SourceRead | null {
      for (let step = 0; step < readers.length; step++) {
        const source = (turn + step) % readers.length;
        stores[source]?.environment.renew();
        const records = readers[source]?.read(limit.frames, limit.bytes) ?? [];
        if (records.length === 0) continue;
        turn = (source + 1) % readers.length;
        status = 'reading';
        const frames = records.map(({ value, time }) => new TakenFrame(value, time));
        return { frames, position: JSON.stringify(readers.map((reader) => reader.position)), range: null };
      }
      status = 'caught-up';
      return null;
    },
    handed(frames, offset): SourceRead | null {
      // With several source partitions nobody could say which one hands over.
      if (readers.length !== 1 || readers[0]?.position !== offset) return null;
      return { frames, position: JSON.stringify([offset + frames.length]), range: null };
    },
    async settled(): Promise<void> {
      for (const { environment } of stores) await environment.durable(); // other partitions commit on their own
    },
    save(position: string): void {
      for (const [source, offset] of (JSON.parse(position) as number[]).entries()) {
        const reader = readers[source];
        if (reader !== undefined && offset > reader.position) reader.seek(offset);
      }
    },
    close(): void {},
  };
}

/**
 * Drop what the other partitions have fetched and committed, inside of a commit of the partition it comes from.
 *
 * `position` is that of the destination's incoming source, as it is committed there.
 */
export function dropFetched(
  store: TopicStore,
  topic: string,
  source: number,
  destination: number,
  position: string,
): void {
  const offset = (JSON.parse(position) as number[])[source];
  if (offset !== undefined) store.dropBefore(outgoingTopic(topic, destination), offset);
}
