import type { Catalog } from '../frames/catalog/catalog.ts';
import { compileEvents } from '../frames/catalog/compile-events.ts';
import type { AvroSchema } from '../schema/avro-schema.ts';
import { eventAvroSchema } from '../schema/event-avro-schema.ts';
import { eventJsonSchema } from '../schema/event-json-schema.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { pairAvroSchema } from '../schema/pair-avro-schema.ts';
import { pairJsonSchema } from '../schema/pair-json-schema.ts';
import { type PlainObject, plainAvroSchema, plainJsonSchema } from '../schema/plain-object.ts';
import { topicObjects } from './topic-objects.ts';

/** The schemas of a topic's records, made when they are asked for. */
export interface TopicSchemas {
  json(): JsonSchema;
  avro(): AvroSchema;
}

/**
 * The schemas of the topics that a pipeline of a catalog writes, and of its rewards, by topic: `frames` from the copybooks, events from the catalog's
 * mapping. `coupon-frames` has none: its records are frames.
 *
 * Throws a SettingsError with what is wrong with the mapping, and what copybooks throw.
 */
export function topicSchemas(catalog: Catalog): ReadonlyMap<string, TopicSchemas> {
  const { types } = catalog;
  const schemas = new Map<string, TopicSchemas>([
    ['frames', { json: () => pairJsonSchema('frames', types), avro: () => pairAvroSchema('frames', types) }],
  ]);
  for (const form of compileEvents(catalog).forms) {
    schemas.set(form.name, { json: () => eventJsonSchema(form), avro: () => eventAvroSchema(form) });
  }
  for (const object of topicObjects) {
    const events = schemas.get(object.name);
    const plain = { json: () => plainJsonSchema(object), avro: () => plainAvroSchema(object) };
    schemas.set(object.name, events === undefined ? plain : eitherOf(events, object));
  }
  return schemas;
}

/** Of notices some are events, and the others are not decoded. */
function eitherOf(events: TopicSchemas, object: PlainObject): TopicSchemas {
  const raw = { ...object, name: `${object.name}-raw` };
  return {
    json: () => {
      const { $schema, ...event } = events.json();
      const { $schema: _, ...other } = plainJsonSchema(raw);
      return { $schema, title: object.name, anyOf: [event, other] };
    },
    avro: () => [events.avro(), plainAvroSchema(raw)],
  };
}
