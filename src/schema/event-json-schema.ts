import type { MemberForm, ObjectForm } from '../codec/object-form.ts';
import { closedObject, fieldSchema, type JsonSchema } from './json-schema.ts';

/**
 * Write the JSON Schema (draft 2020-12) of the events of one name: a text `id`, and their members. Members that may be null are not
 * required, so that a further one fits the events from before it.
 */
export function eventJsonSchema({ name, members }: ObjectForm): JsonSchema {
  const id = { type: 'string', description: 'the same in every replay' };
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const described = members.map((member) => ({
    name: member.name,
    schema: { ...memberSchema(member), description: member.title },
    optional: member.nullable,
  }));
  return { $schema, title: name, ...closedObject([{ name: 'id', schema: id, optional: false }, ...described]) };
}

function memberSchema({ form, nullable, depth }: MemberForm): JsonSchema {
  let schema = fieldSchema({ form, nullable });
  for (let around = 0; around < depth; around++) {
    schema = { type: nullable ? ['array', 'null'] : 'array', items: schema };
  }
  return schema;
}
