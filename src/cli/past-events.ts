import { OverpunchError } from '../errors.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { frameCheckOf } from '../frames/header/frame-check-of.ts';
import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import type { RewardEvents } from '../pipeline/rewards/event-router.ts';
import { runPipeline } from '../pipeline.ts';
import type { DataDirectory } from '../runtime/embedded/data-directory.ts';
import type { TopicRecord } from '../runtime/embedded/record-block.ts';
import { TopicReader } from '../runtime/embedded/topic-reader.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import { captureFile } from '../sources/capture-file.ts';
import { catalogFraming } from './catalog-framing.ts';

/** Takes a line of JSON, which holds until it returns, and when its frame was taken in. */
export type TakeEvent = (line: Uint8Array, ingested: number | null) => void;

/** Hand over the events of captures in the order in which they come about; nothing of it is kept. Rejects with what reading them throws. */
export async function eventsOfCaptures(
  captures: readonly string[],
  { pipeline, correlation, sources }: PipelineSettings,
  catalog: Catalog,
  events: RewardEvents,
  take: TakeEvent,
  signal: AbortSignal,
): Promise<void> {
  const names: readonly (string | null)[] = [events.bets, events.cancels, events.redemptions];
  const check = frameCheckOf(catalog);
  await runPipeline(
    {
      pipeline,
      catalog,
      correlation,
      data: null,
      sources: () =>
        captures.map((path) => {
          const said = sources.find(({ capture }) => capture === path);
          return captureFile({ path, format: catalogFraming(said?.format ?? 'capture', {}, check) });
        }),
      tap: {
        takes: (event) => names.includes(event),
        event: (_event, line, entry) => take(line, entry?.kind === 'frame' ? entry.ingested : null),
      },
    },
    signal,
  );
}

const step = 1000; // records that are read at a time

/** Hand over the events in the topics of a data directory, by their times. Throws USAGE when it has no such topics. */
export function eventsOfTopics(data: DataDirectory, events: RewardEvents, take: TakeEvent, signal: AbortSignal): void {
  const topics = [events.bets, events.cancels, events.redemptions].flatMap((topic) => topic ?? []);
  const readers = Array.from({ length: data.partitions }, (_none, partition) => {
    const store = new TopicStore(data.partition(partition));
    return topics.map((topic) => new Lookahead(new TopicReader(store, topic)));
  }).flat();
  if (readers.every(({ next }) => next === undefined)) {
    throw new OverpunchError('USAGE', `the data directory has no records in ${topics.join(', ')}`, {
      hint: 'run the pipeline first, or simulate on its captures',
    });
  }
  for (;;) {
    let earliest: Lookahead | null = null;
    for (const reader of readers) if (reader.time < (earliest?.time ?? Number.POSITIVE_INFINITY)) earliest = reader;
    if (earliest?.next === undefined || signal.aborted) return;
    take(earliest.next.value, null);
    earliest.advance();
  }
}

/** A reader of a topic that knows what comes next. */
class Lookahead {
  next: TopicRecord | undefined;
  readonly #reader: TopicReader;
  #records: readonly TopicRecord[] = [];
  #at = 0;

  constructor(reader: TopicReader) {
    this.#reader = reader;
    this.advance();
  }

  /** Event time of what comes next; infinity at the end. */
  get time(): number {
    return this.next === undefined ? Number.POSITIVE_INFINITY : (this.next.time ?? 0);
  }

  advance(): void {
    if (this.#at >= this.#records.length) {
      this.#records = this.#reader.read(step);
      this.#at = 0;
    }
    this.next = this.#records[this.#at++];
  }
}
