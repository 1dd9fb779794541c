import type { Codec } from '../codec/create-codec.ts';
import { type AvroRecord, type AvroValue, avroModel } from './avro-model.ts';
import type { DescribedRecords } from './record-model.ts';

/** An Avro schema as JSON. */
export type AvroSchema = string | readonly AvroSchema[] | { readonly [attribute: string]: unknown };

/**
 * Write the Avro schema of what codecs decode: a record for each 01, a union of them when there are several.
 *
 * Names have `_` for what Avro does not allow, with the copybook's name in `doc`. Integers that fit are `int` and `long`, other
 * decimals `bytes` with the logical type `decimal`; a negative scale becomes scale 0 with more digits. What may be null or absent
 * is a union with `null`, which is its default.
 */
export function avroSchema(codecs: readonly Codec[], options: DescribedRecords = {}): AvroSchema {
  const schemas = avroModel(codecs, options).map(recordSchema);
  const [first] = schemas;
  return first !== undefined && schemas.length === 1 ? first : schemas;
}

/** Write the schema of a record. */
export function recordSchema({ name, doc, fields }: AvroRecord): AvroSchema {
  return {
    type: 'record',
    name,
    doc,
    fields: fields.map((field) => {
      const type = valueSchema(field.value);
      const base = { name: field.name, doc: field.doc };
      return field.optional ? { ...base, type: ['null', type], default: null } : { ...base, type };
    }),
  };
}

function valueSchema(value: AvroValue): AvroSchema {
  switch (value.kind) {
    case 'record':
      return recordSchema(value);
    case 'array': {
      const items = valueSchema(value.items);
      return { type: 'array', items: value.nullable ? ['null', items] : items };
    }
    case 'decimal':
      return { type: 'bytes', logicalType: 'decimal', precision: value.precision, scale: value.scale };
    default:
      return value.kind;
  }
}
