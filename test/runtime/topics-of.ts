import { TopicReader } from '../../src/runtime/embedded/topic-reader.ts';
import { TopicStore } from '../../src/runtime/embedded/topic-store.ts';
import type { Environment } from '../../src/state/environment.ts';

/** All that the topics of a partition hold, as text. */
export function topicsOf(environment: Environment): Record<string, string[]> {
  const store = new TopicStore(environment);
  return Object.fromEntries(store.names().map((name) => [name, valuesOf(store, name)]));
}

function valuesOf(store: TopicStore, name: string): string[] {
  const records = new TopicReader(store, name).read(Number.POSITIVE_INFINITY);
  return records.map(({ offset, key, time, value }) => {
    return `${offset} ${Buffer.from(key).toString('hex')} ${time} ${Buffer.from(value).toString()}`;
  });
}
