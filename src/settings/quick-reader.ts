import { z } from 'zod';

/** Makes of a value what its schema makes of it; `notRead`: it is wrong. */
export type QuickReader<T> = (value: unknown) => T | typeof notRead;

/** What a quick reader says of a wrong value: the schema says what is wrong with it. */
export const notRead: unique symbol = Symbol('not read');

const readers = new WeakMap<z.ZodType, QuickReader<unknown>>();

/** Let a schema have a quick reader, which has to take and make the same. */
export function withQuickReader<Schema extends z.ZodType>(schema: Schema, read: QuickReader<z.output<Schema>>): Schema {
  readers.set(schema, read);
  return schema;
}

/**
 * The quick reader of a schema; `null`: it has none. A schema makes several objects of every value, most of them long-lived, and of ten thousand
 * mappings their collection is what takes longest.
 */
export function quickReader<T>(schema: z.ZodType<T>): QuickReader<T> | null {
  if (schema instanceof z.ZodOptional) return quickReader(schema.unwrap() as z.ZodType<T>);
  if (schema instanceof z.ZodUnknown) return (value) => value as T;
  return (readers.get(schema) ?? null) as QuickReader<T> | null;
}

/** Read a mapping with these members and no others; `null`: one of them has no quick reader. */
export function quickMembers(shape: Readonly<Record<string, z.ZodType>>): QuickReader<unknown> | null {
  const members = new Map<string, QuickReader<unknown>>();
  const needed: string[] = [];
  for (const [name, schema] of Object.entries(shape)) {
    const read = quickReader(schema);
    if (read === null) return null;
    members.set(name, read);
    if (!(schema instanceof z.ZodOptional)) needed.push(name);
  }
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return notRead;
    for (const name of needed) if (!Object.hasOwn(value, name)) return notRead;
    const found: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const read = members.get(name)?.((value as Record<string, unknown>)[name]) ?? notRead;
      if (read === notRead) return notRead;
      found[name] = read;
    }
    return found;
  };
}
