import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import avsc from 'avsc';
import type { Codec } from '../../src/codec/create-codec.ts';
import { parseDecimal } from '../../src/codec/decimal.ts';
import { isRaw } from '../../src/codec/field-settings.ts';
import type { Reading, RecordReading } from '../../src/codec/reading.ts';
import { avroSchema, type DescribedRecords, jsonSchema, toAvro } from '../../src/schema/index.ts';

/** Compile the JSON Schema of a codec; the function gives what is wrong with the JSON of a record, or `null`. */
export function jsonAcceptance(
  codec: Codec,
  described: DescribedRecords = {},
): (reading: RecordReading) => string | null {
  const validate = compileSchema(jsonSchema([codec], described));
  return (reading) => {
    const json = codec.toJson(reading);
    return validate(JSON.parse(json)) ? null : `${JSON.stringify(validate.errors)} in ${json}`;
  };
}

/** Compile with everything a careful user would turn on. */
export function compileSchema(schema: object): ValidateFunction {
  const formats = { 'date-time': (text: string) => new Date(text).toISOString() === text };
  return new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false, formats }).compile(schema);
}

/** Write records by their Avro schema and read them back; gives what is wrong, or `null`. */
export function avroAcceptance(codec: Codec): (reading: RecordReading) => string | null {
  const schema = avroSchema([codec]);
  const type = avsc.Type.forSchema(schema as never);
  return (reading) => {
    const value = toAvro(codec, reading);
    const wrong: string[] = [];
    type.isValid(value, { errorHook: (path, found) => wrong.push(`${path.join('.')}: ${String(found)}`) });
    if (wrong.length > 0) return `avsc refuses ${wrong.join('; ')}`;
    const back: unknown = type.fromBuffer(type.toBuffer(value));
    const numbers = numbersOf(back, schema);
    const expected = exactNumbers(reading, codec);
    return JSON.stringify(numbers) === JSON.stringify(expected) ? null : `${numbers.join()} is not ${expected.join()}`;
  };
}

/** Every number of an Avro value in order, as plain decimals. */
function numbersOf(value: unknown, schema: unknown): string[] {
  if (value === null) return [];
  if (Array.isArray(schema))
    return numbersOf(
      value,
      schema.find((branch) => branch !== 'null'),
    );
  if (schema === 'double' || schema === 'int' || schema === 'long') return [canonical(String(value))];
  if (typeof schema !== 'object' || schema === null) return [];
  if ('logicalType' in schema && 'scale' in schema && Buffer.isBuffer(value)) {
    const unscaled = BigInt.asIntN(8 * value.length, BigInt(`0x${value.toString('hex')}`));
    return [canonical(`${unscaled}e-${Number(schema.scale)}`)];
  }
  if ('items' in schema) return (value as unknown[]).flatMap((entry) => numbersOf(entry, schema.items));
  if (!('fields' in schema)) return [];
  const fields = schema.fields as readonly { readonly name: string; readonly type: unknown }[];
  return fields.flatMap(({ name, type }) => numbersOf((value as Record<string, unknown>)[name], type));
}

/** The same of a reading. */
function exactNumbers(reading: RecordReading, codec: Codec): string[] {
  const shape = codec.shapeOf(reading.record);
  if (shape === undefined) return [];
  const walk = (node: Reading): string[] => {
    const role = shape.roles[node.item.index];
    if (role === 'drop' || node.absent) return [];
    if (node.kind === 'field') {
      const raw = isRaw(codec.settingsOf(node.item));
      return raw || node.value === null || node.digits === null ? [] : [canonical(node.digits)];
    }
    return (node.kind === 'table' ? node.entries : node.children).flatMap(walk);
  };
  return walk(reading.root);
}

function canonical(text: string): string {
  const decimal = parseDecimal(text);
  return decimal === null ? text : `${decimal.negative ? '-' : ''}${decimal.digits}e${-decimal.scale}`;
}
