import type { Codec } from '../codec/create-codec.ts';
import { decimalText } from '../codec/decimal.ts';
import type { TextForm } from '../codec/field-form.ts';
import type { NumberForm } from '../codec/number-form.ts';
import { itemText } from './item-text.ts';
import {
  type DescribedRecords,
  type FieldModel,
  type MemberModel,
  recordModel,
  type ValueModel,
} from './record-model.ts';
import { uniqueNamer } from './unique-name.ts';

/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  [keyword: string]: unknown;
}

/**
 * Write a JSON Schema (draft 2020-12) of the JSON that codecs write: closed objects, and of each value what is true of all that
 * the field's bytes can hold, which may be more than its picture. Several 01s are one definition each.
 */
export function jsonSchema(codecs: readonly Codec[], options: DescribedRecords = {}): JsonSchema {
  const name = uniqueNamer('-');
  const definitions = codecs.flatMap((codec) =>
    codec.records.map((record) => {
      const model = recordModel(codec, record, options);
      const schema = { title: record.name, ...objectSchema(model.members) };
      return { name: name(record.name), schema };
    }),
  );
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const ruled = codecs.some((codec) => codec.options.recordWhen.length > 0);
  const [first] = definitions;
  if (first !== undefined && definitions.length === 1 && !ruled) return { $schema, ...first.schema };
  const $defs: JsonSchema = {};
  for (const definition of definitions) own($defs, definition.name, definition.schema);
  const anyOf: JsonSchema[] = definitions.map((definition) => ({ $ref: `#/$defs/${pointer(definition.name)}` }));
  // A record that no rule fits is an empty object.
  if (ruled && options.good !== true) anyOf.push({ type: 'object', maxProperties: 0 });
  return { $schema, anyOf, $defs };
}

function objectSchema(members: readonly MemberModel[]): JsonSchema {
  return closedObject(
    members.map(({ name, item, optional, value }) => ({
      name,
      schema: { ...valueSchema(value), description: itemText(item) },
      optional,
    })),
  );
}

/** Write the schema of objects with these members and no others. */
export function closedObject(
  members: readonly { readonly name: string; readonly schema: JsonSchema; readonly optional: boolean }[],
): JsonSchema {
  const properties: JsonSchema = {};
  const patternProperties: JsonSchema = {};
  const required: string[] = [];
  for (const { name, schema, optional } of members) {
    // Validators that look a property up find what every object inherits; a pattern is held against own names alone.
    if (name in Object.prototype) own(patternProperties, `^${name}$`, schema);
    else own(properties, name, schema);
    if (!optional) required.push(name);
  }
  return {
    type: 'object',
    properties,
    ...(Object.keys(patternProperties).length === 0 ? {} : { patternProperties }),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

function valueSchema(value: ValueModel): JsonSchema {
  switch (value.kind) {
    case 'field':
      return fieldSchema(value);
    case 'group':
      return objectSchema(value.members);
    case 'table': {
      const { entry, minimum, maximum } = value;
      const items = valueSchema(entry);
      return { type: 'array', items, ...(minimum > 0 ? { minItems: minimum } : {}), maxItems: maximum };
    }
  }
}

/** Write the schema of a field's values. */
export function fieldSchema({ form, nullable }: Pick<FieldModel, 'form' | 'nullable'>): JsonSchema {
  const { type, ...rest } = form.kind === 'number' ? numberSchema(form) : textSchema(form);
  const types = Array.isArray(type) ? type : [type];
  return { type: nullable ? [...types, 'null'] : type, ...rest };
}

function textSchema({ digits, maximumLength }: TextForm): JsonSchema {
  const pattern = digits === null ? {} : { pattern: digits === 'hex' ? '^[0-9A-F]*$' : '^[01]*$' };
  return { type: 'string', maxLength: maximumLength, ...pattern };
}

function numberSchema(form: NumberForm): JsonSchema {
  switch (form.given) {
    case 'string':
      return { type: 'string', pattern: decimalPattern(form) };
    case 'bigint-or-string':
      return { type: ['integer', 'string'], pattern: decimalPattern(form) };
    default:
      return { type: form.scale <= 0 && !form.moreDecimals ? 'integer' : 'number', ...numberBounds(form) };
  }
}

/** Write the bounds of a number's values. */
export function numberBounds({ range, scale }: NumberForm): { readonly minimum?: number; readonly maximum?: number } {
  if (range === null) return {};
  // Rounding to a double keeps the order: what is within the exact bounds is within the rounded ones.
  return { minimum: Number(text(range.low, scale)), maximum: Number(text(range.high, scale)) };
}

/** Write the pattern of a decimal that is given as text. */
export function decimalPattern({ float, moreDecimals, scale, range }: NumberForm): string {
  if (float || range === null) return '^-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?$';
  const widest = text(range.high, scale).split('.')[0] ?? '0';
  const whole = widest === '0' ? '0' : `(?:0|[1-9][0-9]{0,${widest.length - 1}})`;
  const decimals = moreDecimals ? '(?:\\.[0-9]+)?' : scale > 0 ? `\\.[0-9]{${scale}}` : '';
  return `^${range.low < 0n ? '-?' : ''}${whole}${decimals}$`;
}

function text(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value);
  return decimalText(value < 0n, digits, scale);
}

/** Set an own member whatever its name is. */
function own(target: JsonSchema, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

/** A name inside a JSON pointer in a URI fragment. */
function pointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
