import type { Codec } from '../codec/create-codec.ts';
import { closedObject, type JsonSchema, jsonSchema } from './json-schema.ts';
import { uniqueNamer } from './unique-name.ts';

/** A type of frames that comes in pairs. */
export interface PairedType {
  readonly name: string;
  readonly role: 'request' | 'response' | 'notice';
  codec(): Codec;
}

/**
 * Write the JSON Schema (draft 2020-12) of decoded pairs, `{key,latency,request,response}`: both sides with `type`, `sequence`, `time` and the
 * whole frame as `value`, one definition for each type of frame. Only good frames are described.
 *
 * Throws what the codecs of the types throw.
 */
export function pairJsonSchema(title: string, types: readonly PairedType[]): JsonSchema {
  const $defs: JsonSchema = {};
  const unique = uniqueNamer('-');
  const sides = { request: [] as JsonSchema[], response: [] as JsonSchema[] };
  for (const { name, role, codec } of types) {
    if (role === 'notice') continue;
    const key = unique(name);
    Object.assign($defs, definitionsOf(codec(), key));
    sides[role].push(side(name, { $ref: `#/$defs/${encodeURIComponent(key)}` }));
  }
  const members = [
    { name: 'key', schema: { type: 'string' }, optional: false },
    { name: 'latency', schema: { type: 'number', description: 'milliseconds' }, optional: false },
    { name: 'request', schema: { anyOf: sides.request }, optional: false },
    { name: 'response', schema: { anyOf: sides.response }, optional: false },
  ];
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...closedObject(members), $defs };
}

/** The definition of a type, and those of its records when it has several. */
function definitionsOf(codec: Codec, key: string): Record<string, JsonSchema> {
  const { $schema: _, $defs, anyOf, ...record } = jsonSchema([codec], { good: true });
  if (typeof $defs !== 'object' || $defs === null) return { [key]: record };
  const named = Object.values($defs).map((schema, index) => [`${key}:${index + 1}`, schema] as const);
  return {
    [key]: { anyOf: named.map(([own]) => ({ $ref: `#/$defs/${encodeURIComponent(own)}` })) },
    ...Object.fromEntries(named.map(([own, schema]) => [own, schema as JsonSchema])),
  };
}

function side(name: string, value: JsonSchema): JsonSchema {
  return closedObject([
    { name: 'type', schema: { const: name }, optional: false },
    { name: 'sequence', schema: { type: ['integer', 'null'] }, optional: false },
    { name: 'time', schema: { type: 'string', format: 'date-time' }, optional: false },
    { name: 'value', schema: value, optional: false },
  ]);
}
