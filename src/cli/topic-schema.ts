import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { type TopicSchemas, topicSchemas } from '../pipeline/topic-schemas.ts';
import { openCatalog } from './open-catalog.ts';

/** The schemas of one topic of a catalog's pipelines. Throws USAGE, and what is wrong with the catalog. */
export async function topicSchema(
  catalog: string,
  topics: readonly string[],
  allowOutside: boolean | undefined,
): Promise<TopicSchemas> {
  const [topic = '', other] = topics;
  if (other !== undefined) {
    throw new OverpunchError('USAGE', `schema takes one topic with --catalog, but ${printable(other)} follows it`);
  }
  const schemas = topicSchemas(await openCatalog(catalog, allowOutside));
  const found = schemas.get(topic);
  if (found !== undefined) return found;
  if (topic === 'coupon-frames') {
    throw new OverpunchError('USAGE', 'the records of coupon-frames are frames, not JSON', {
      hint: 'their copybook describes them: overpunch schema COPYBOOK',
    });
  }
  throw new OverpunchError('USAGE', `there is no topic ${printable(topic)}`, {
    hint: `the topics are ${[...schemas.keys()].join(', ')}`,
  });
}
