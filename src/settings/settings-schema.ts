import { z } from 'zod';
import { parseDuration } from './duration.ts';
import { notRead, quickMembers, withQuickReader } from './quick-reader.ts';

// Every scalar of a file arrives as the text it is. An `error` says what is expected; `schemaProblem` makes sentences of them.

/** A mapping with these members and no others. Its error is the list of the members it has. */
export function members<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const schema = z.strictObject(shape, { error: Object.keys(shape).join(', ') });
  const read = quickMembers(shape as unknown as Readonly<Record<string, z.ZodType>>);
  if (read !== null) withQuickReader<z.ZodType>(schema, read);
  return schema;
}

/** What a function makes of a text; `null`: it is none of what is expected. */
export function reads<T>(expected: string, read: (value: string) => T | null): z.ZodType<T> {
  const schema = z.string({ error: expected }).transform((value, context) => {
    const found = read(value);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  }) as unknown as z.ZodType<T>;
  return withQuickReader(schema, (value) => (typeof value === 'string' ? (read(value) ?? notRead) : notRead));
}

/** A text that is not empty. */
export function text(expected: string): z.ZodString {
  const schema = z.string({ error: expected }).min(1, { error: expected });
  return withQuickReader(schema, (value) => (typeof value === 'string' && value !== '' ? value : notRead));
}

/** A text for people: of one line, as lists show it, and no longer than `most` characters. */
export function shownText(most: number): z.ZodType<string> {
  return reads(`a text of one line with at most ${most} characters`, (value) => {
    const line = value.trim(); // a folded text of YAML ends with a line end
    return line.length >= 1 && line.length <= most && !/[\r\n]/.test(line) ? line : null;
  });
}

/** One of some words. */
export function choice<const T extends string>(values: readonly T[]): z.ZodType<T> {
  return z.enum(values, { error: values.join(', ') }) as unknown as z.ZodType<T>;
}

/** Milliseconds. */
export const duration: z.ZodType<number> = reads('a duration such as 200ms, 2s, 5m or 1h', parseDuration);

/** Yes or no. */
export const flag: z.ZodType<boolean> = reads('true or false', (value) =>
  value === 'true' ? true : value === 'false' ? false : null,
);
