import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { TopicStore } from '../runtime/embedded/topic-store.ts';
import type { Environment } from '../state/environment.ts';
import { didYouMean } from './suggest.ts';

/** Make the error for a topic that is in no partition. */
export function unknownTopic(topic: string, environments: readonly Environment[]): OverpunchError {
  const names = new Set(environments.flatMap((environment) => new TopicStore(environment).names()));
  const list = [...names].sort().join(', ');
  return new OverpunchError('USAGE', `there is no topic ${printable(topic)}${didYouMean(topic, names)}`, {
    hint: names.size === 0 ? 'there are no topics yet' : `the topics are ${list}`,
  });
}
