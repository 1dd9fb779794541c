import { type AvroField, type AvroRecord, type AvroValue, avroName } from './avro-model.ts';
import { type AvroSchema, recordSchema } from './avro-schema.ts';
import { closedObject, type JsonSchema } from './json-schema.ts';

/** Objects that no copybook describes. */
export interface PlainObject {
  readonly name: string;
  readonly members: readonly PlainMember[];
}

/** A member of them. */
export interface PlainMember {
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  readonly value: 'text' | 'time' | 'integer' | 'number' | { readonly listOf: PlainObject };
  /** The value may be null, or the member may be missing. */
  readonly optional?: boolean | undefined;
}

/** Write the JSON Schema (draft 2020-12) of plain objects. `time` is a text, as ISO 8601. */
export function plainJsonSchema(object: PlainObject): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title: object.name, ...objectSchema(object) };
}

/** Write the Avro schema of plain objects: a record, in which what is optional is a union with `null`, which is its default. */
export function plainAvroSchema(object: PlainObject): AvroSchema {
  return recordSchema(recordOf(object));
}

const jsonTypes = { text: 'string', time: 'string', integer: 'integer', number: 'number' } as const;
const avroKinds = { text: 'string', time: 'string', integer: 'long', number: 'double' } as const;

function objectSchema({ members }: PlainObject): JsonSchema {
  return closedObject(
    members.map(({ name, title, value, optional = false }) => {
      const type = typeof value === 'string' ? jsonTypes[value] : 'array';
      const rest =
        typeof value === 'string'
          ? value === 'time'
            ? { format: 'date-time' }
            : {}
          : { items: objectSchema(value.listOf) };
      return { name, schema: { type: optional ? [type, 'null'] : type, ...rest, description: title }, optional };
    }),
  );
}

function recordOf({ name, members }: PlainObject): AvroRecord {
  const fields = members.map((member): AvroField => {
    const { title, value, optional = false } = member;
    return { name: avroName(member.name), doc: title, member: member.name, optional, value: avroValue(value) };
  });
  return { kind: 'record', name: avroName(name), doc: name, fields, layout: null };
}

function avroValue(value: PlainMember['value']): AvroValue {
  if (typeof value === 'string') return { kind: avroKinds[value] };
  return { kind: 'array', items: recordOf(value.listOf), nullable: false };
}
