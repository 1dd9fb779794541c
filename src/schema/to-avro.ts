import { printable } from '../bytes/printable.ts';
import type { Codec, Decoded } from '../codec/create-codec.ts';
import { parseDecimal, sameDecimal } from '../codec/decimal.ts';
import { isRaw } from '../codec/field-settings.ts';
import type { GroupReading, Reading, RecordReading } from '../codec/reading.ts';
import type { RecordShape } from '../codec/shape.ts';
import { OverpunchError } from '../errors.ts';
import { type AvroField, type AvroRecord, type AvroValue, avroModel } from './avro-model.ts';
import { toTwosComplement } from './twos-complement.ts';

/** A decoded record, or the value alone where the codec reads one record only. */
export type AvroInput = RecordReading | (Pick<Decoded, 'value'> & Partial<Pick<Decoded, 'record'>>);

/**
 * Turn a decoded record into what an Avro writer such as `avsc` accepts under `avroSchema([codec])`: members by their Avro names,
 * absent ones null, decimals as their unscaled value in bytes. Of several 01s the value is `{NAME: record}`, as `avsc` writes unions.
 *
 * A reading keeps all digits whatever `numbers` says. Throws AVRO_VALUE for what the schema cannot hold: a record that no rule
 * fits, an edited number with more decimals than its picture, a member or value that the codec does not give.
 */
export function toAvro(codec: Codec, input: AvroInput): unknown {
  const records = models.get(codec) ?? avroModel([codec], {});
  models.set(codec, records);
  const reading = 'root' in input ? input : null;
  const name = 'root' in input ? input.record.name : input.record;
  const model = name === undefined ? records[0] : records.find(({ layout }) => layout?.name === name);
  if (model === undefined || reading?.issues.some(({ code }) => code === 'NO_RECORD') === true) {
    throw misfit('', 'no record rule fits it, and the schema has no record for that');
  }
  const value = 'root' in input ? exactRecord(input, codec) : input.value;
  const converted = recordOf(model, value, '');
  return records.length > 1 ? { [model.name]: converted } : converted;
}

const models = new WeakMap<Codec, readonly AvroRecord[]>();

function recordOf(model: AvroRecord, value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw misfit(path, 'it is no object');
  const members = new Set(model.fields.map(({ member }) => member));
  const surplus = Object.keys(value).find((member) => !members.has(member));
  if (surplus !== undefined) throw misfit(path, `the schema has no member ${surplus}`);
  const target: Record<string, unknown> = {};
  for (const field of model.fields) {
    const converted = memberOf(field, value, path === '' ? field.member : `${path}.${field.member}`);
    Object.defineProperty(target, field.name, {
      value: converted,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  }
  return target;
}

function memberOf(field: AvroField, owner: object, path: string): unknown {
  const value: unknown = Object.getOwnPropertyDescriptor(owner, field.member)?.value;
  if (value !== undefined && value !== null) return convert(field.value, value, path);
  if (!field.optional) throw misfit(path, value === undefined ? 'it is missing' : 'it is null');
  return null;
}

function convert(model: AvroValue, value: unknown, path: string): unknown {
  switch (model.kind) {
    case 'record':
      return recordOf(model, value, path);
    case 'array': {
      if (!Array.isArray(value)) throw misfit(path, 'it is no array');
      return value.map((entry: unknown, index) => {
        const place = `${path}(${index + 1})`;
        if (entry === null && model.nullable) return null;
        return convert(model.items, entry, place);
      });
    }
    case 'string':
      if (typeof value !== 'string') throw misfit(path, 'it is no text');
      return value;
    case 'double':
      return doubleOf(decimalOf(value, path), path);
    case 'int':
    case 'long':
      return Number(unscaled(value, 0, path));
    case 'decimal':
      return toTwosComplement(unscaled(value, model.scale, path));
  }
}

function decimalOf(value: unknown, path: string): string {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint') return String(value);
  throw misfit(path, 'it is no number');
}

function doubleOf(text: string, path: string): number {
  const value = Number(text);
  // An edited floating-point number may have any digits and exponent; COMP-1 and COMP-2 come from a double.
  if (!Number.isFinite(value) || !sameDecimal(String(value), text)) throw misfit(path, `${text} is no double`);
  return value;
}

/** value × 10^scale, which must be whole. */
function unscaled(value: unknown, scale: number, path: string): bigint {
  const decimal = parseDecimal(decimalOf(value, path));
  if (decimal === null) throw misfit(path, 'it is no number');
  if (decimal.scale > scale) throw misfit(path, `${String(value)} has more than ${scale} decimals`);
  const magnitude = BigInt(decimal.digits + '0'.repeat(scale - decimal.scale));
  return decimal.negative ? -magnitude : magnitude;
}

/** The object of a reading with each number as its exact decimal. */
function exactRecord({ root, record }: RecordReading, codec: Codec): unknown {
  const shape = codec.shapeOf(record);
  if (shape === undefined) throw new RangeError(`the codec does not read ${record.name}`);
  const target: Record<string, unknown> = {};
  if (root.kind === 'group' && shape.rootIsObject) exactMembers(root, shape, codec, target);
  else exactMember(root, shape, codec, target);
  return target;
}

function exactMembers(group: GroupReading, shape: RecordShape, codec: Codec, target: Record<string, unknown>): void {
  for (const child of group.children) {
    if (shape.roles[child.item.index] === 'hoist' && child.kind === 'group') exactMembers(child, shape, codec, target);
    else exactMember(child, shape, codec, target);
  }
}

function exactMember(reading: Reading, shape: RecordShape, codec: Codec, target: Record<string, unknown>): void {
  const { index } = reading.item;
  if (reading.absent || shape.roles[index] !== 'member') return;
  const value = exactValue(reading, shape, codec);
  Object.defineProperty(target, shape.names[index] ?? '', { value, enumerable: true });
}

function exactValue(reading: Reading, shape: RecordShape, codec: Codec): unknown {
  if (reading.kind === 'table') return reading.entries.map((entry) => exactValue(entry, shape, codec));
  if (reading.kind === 'group') {
    const target: Record<string, unknown> = {};
    exactMembers(reading, shape, codec, target);
    return target;
  }
  const { value, digits, item } = reading;
  if (value === null || digits === null) return value;
  return isRaw(codec.settingsOf(item)) ? value : digits;
}

function misfit(path: string, reason: string): OverpunchError {
  const place = path === '' ? 'the record' : path;
  return new OverpunchError('AVRO_VALUE', printable(`${place} does not fit the Avro schema: ${reason}`));
}
