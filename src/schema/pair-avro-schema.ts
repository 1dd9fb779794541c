import { printable } from '../bytes/printable.ts';
import { avroModel, avroName } from './avro-model.ts';
import { type AvroSchema, recordSchema } from './avro-schema.ts';
import type { PairedType } from './pair-json-schema.ts';
import { uniqueNamer } from './unique-name.ts';

/**
 * Write the Avro schema of decoded pairs: a record of `key`, `latency`, `request` and `response`; both sides are a union with a record for each type of
 * frame, named `TYPE_frame`, whose `value` is as `avroSchema` has it. Only good frames are described.
 *
 * Throws what the codecs of the types throw.
 */
export function pairAvroSchema(title: string, types: readonly PairedType[]): AvroSchema {
  const unique = uniqueNamer('_');
  const name = unique(avroName(title));
  const named = types.flatMap(({ name: type, role, codec }) => {
    return role === 'notice' ? [] : [{ type, role, codec: codec(), side: unique(`${avroName(type)}_frame`) }];
  });
  const records = avroModel(
    named.map(({ codec }) => codec),
    { good: true },
    unique,
  ).map(recordSchema);
  const sides = { request: [] as AvroSchema[], response: [] as AvroSchema[] };
  let at = 0;
  for (const { type, role, codec, side } of named) {
    const [first = 'null', ...others] = records.slice(at, at + codec.records.length);
    at += codec.records.length;
    const fields = [
      { name: 'type', type: 'string' },
      { name: 'sequence', type: ['null', 'long'], default: null },
      { name: 'time', doc: 'ISO 8601, UTC', type: 'string' },
      { name: 'value', type: others.length === 0 ? first : [first, ...others] },
    ];
    sides[role].push({ type: 'record', name: side, doc: printable(type), fields });
  }
  const fields = [
    { name: 'key', type: 'string' },
    { name: 'latency', doc: 'milliseconds', type: 'double' },
    { name: 'request', type: sides.request },
    { name: 'response', type: sides.response },
  ];
  return { type: 'record', name, doc: printable(title), fields };
}
