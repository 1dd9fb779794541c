import { readFileSync } from 'node:fs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { assertCompatible, schemaChanges } from '../schema/schema-changes.ts';
import { ioError } from '../settings/io-error.ts';

const most = 64 * 1024 * 1024; // bytes: a schema of hundreds of types is a few million

/** Refuse a schema that breaks the one in a file, and tell what else has changed. Throws SCHEMA_BREAKING, IO and USAGE. */
export function checkCompatible(name: string, file: string, now: JsonSchema, say: (text: string) => void): void {
  const old = readSchema(file);
  assertCompatible(name, old, now);
  for (const { path, message } of schemaChanges(old, now)) {
    say(`${printable(name)}: ${printable(path === '' ? 'the whole' : path)}: ${printable(message)}\n`);
  }
}

function readSchema(file: string): JsonSchema {
  let text: string;
  try {
    const bytes = readFileSync(file);
    if (bytes.length > most) throw new OverpunchError('USAGE', `${printable(file)} is larger than any schema`);
    text = bytes.toString('utf8');
  } catch (error) {
    throw ioError(file, error);
  }
  const schema = parsed(text);
  if (schema !== null && '$schema' in schema) return schema;
  throw new OverpunchError('USAGE', `${printable(file)} is no JSON Schema`, {
    hint: 'give what overpunch schema --to json-schema wrote; the check is the same for Avro',
  });
}

function parsed(text: string): JsonSchema | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : null;
  } catch {
    return null;
  }
}
