export { type AvroSchema, avroSchema } from './avro-schema.ts';
export { type JsonSchema, jsonSchema } from './json-schema.ts';
export { recordCodecs } from './record-codecs.ts';
export type { DescribedRecords } from './record-model.ts';
export { type AvroInput, toAvro } from './to-avro.ts';
export { type TypeOptions, typeDeclarations } from './type-declarations.ts';
