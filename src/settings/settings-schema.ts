import { z } from 'zod';
import { parseDuration } from './duration.ts';

// Every scalar of a file arrives as the text it is. An `error` says what is expected; `schemaProblem` makes sentences of them.

/** A mapping with these members and no others. Its error is the list of the members it has. */
export function members<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, { error: Object.keys(shape).join(', ') });
}

/** What a function makes of a text; `null`: it is none of what is expected. */
export function reads<T>(expected: string, read: (value: string) => T | null): z.ZodType<T> {
  return z.string({ error: expected }).transform((value, context) => {
    const found = read(value);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  }) as unknown as z.ZodType<T>;
}

/** A text that is not empty. */
export function text(expected: string): z.ZodString {
  return z.string({ error: expected }).min(1, { error: expected });
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
