import { printable } from '../bytes/printable.ts';
import type { MemberForm, ObjectForm } from '../codec/object-form.ts';
import { type AvroArray, type AvroField, type AvroScalar, avroName, avroScalar } from './avro-model.ts';
import { type AvroSchema, recordSchema } from './avro-schema.ts';
import { uniqueNamer } from './unique-name.ts';

/**
 * Write the Avro schema of the events of one name: a record with a string `id`, and their members. What may be null is a union with `null`,
 * which is its default. Types are those of `avroSchema`.
 */
export function eventAvroSchema({ name, members }: ObjectForm): AvroSchema {
  const unique = uniqueNamer('_');
  const id: AvroField = {
    name: unique('id'),
    doc: 'the same in every replay',
    member: 'id',
    optional: false,
    value: { kind: 'string' },
  };
  const fields = members.map((member) => ({
    name: unique(avroName(member.name)),
    doc: printable(member.title),
    member: member.name,
    optional: member.nullable,
    value: memberValue(member),
  }));
  return recordSchema({
    kind: 'record',
    name: avroName(name),
    doc: printable(name),
    fields: [id, ...fields],
    layout: null,
  });
}

function memberValue({ form, depth, nullable }: MemberForm): AvroScalar | AvroArray {
  let value: AvroScalar | AvroArray = avroScalar(form);
  for (let around = 0; around < depth; around++) value = { kind: 'array', items: value, nullable };
  return value;
}
