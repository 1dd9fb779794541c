import { z } from 'zod';
import { parseDuration } from '../frames/catalog/duration.ts';

/** Headings of `--help` and of the documentation, in this order. */
export const optionGroups = [
  'Copybook',
  'Catalog',
  'Traffic',
  'What goes wrong',
  'Records and views',
  'What bytes mean',
  'Framing',
  'Values',
  'Which records',
  'Output',
  'Bad records',
  'Everywhere',
] as const;
/** One of these headings. */
export type OptionGroup = (typeof optionGroups)[number];

/** One option: help, validation, the options file and the documentation are all made from this. */
export interface OptionDefinition<T> {
  readonly group: OptionGroup;
  readonly summary: string;
  /** `flag`: no value. `list`: may repeat. `maybe`: the value may be left out, the first is meant then. */
  readonly kind: 'flag' | 'value' | 'list' | 'maybe';
  /** The fixed values, when there are any; otherwise `argument` names what stands there. */
  readonly values: readonly string[];
  readonly argument: string;
  /** In words, `''` when there is none. */
  readonly standard: string;
  readonly alias: string;
  /** The value is a file or folder: in an options file, relative to that file. */
  readonly path: boolean;
  /** Reads the text or texts given; throws a ZodError. */
  readonly schema: z.ZodType<T>;
}

/** What most options leave at its default. */
export interface OptionDetails {
  readonly standard?: string;
  readonly alias?: string;
  readonly path?: boolean;
}

function define<T>(
  base: Pick<OptionDefinition<T>, 'group' | 'summary' | 'kind' | 'schema'>,
  more: Partial<OptionDefinition<T>>,
): OptionDefinition<T> {
  return { values: [], argument: '', standard: '', alias: '', path: false, ...base, ...more };
}

/** An option without a value; also `true` and `false` in an options file. */
export function flag(group: OptionGroup, summary: string, details: OptionDetails = {}): OptionDefinition<boolean> {
  const error = 'is either given or not, it takes no value';
  const schema = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')], { error });
  return define({ group, summary, kind: 'flag', schema }, details);
}

/** An option with one of a few values. */
export function choice<const T extends string>(
  group: OptionGroup,
  values: readonly T[],
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<T> {
  return define({ group, summary, kind: 'value', schema: oneOf(values) }, { values, ...details });
}

/** An option with one of a few values, the first when it is given without one, or as `true` in an options file. */
export function maybeChoice<const T extends string>(
  group: OptionGroup,
  values: readonly [T, ...T[]],
  summary: string,
): OptionDefinition<T> {
  const schema = z.preprocess((value) => (value === 'true' ? values[0] : value), oneOf(values));
  return define({ group, summary, kind: 'maybe', schema: schema as unknown as z.ZodType<T> }, { values });
}

/** An option whose few values are numbers. */
export function numberChoice<const T extends number>(
  group: OptionGroup,
  values: readonly T[],
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<T> {
  const texts = values.map(String);
  const schema = oneOf(texts).transform((text) => values[texts.indexOf(text)] as T);
  return define({ group, summary, kind: 'value', schema }, { values: texts, ...details });
}

/** An option with a whole number from `minimum` up. */
export function integer(
  group: OptionGroup,
  argument: string,
  minimum: number,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<number> {
  const error = `takes a whole number${minimum >= 0 ? ` from ${minimum} up` : ''}`;
  const schema = z
    .string({ error })
    .regex(/^[+-]?[0-9]{1,15}$/, { error })
    .transform(Number)
    .refine((value) => value >= minimum, { error });
  return define({ group, summary, kind: 'value', schema }, { argument, ...details });
}

/** An option with a number, decimals allowed, from `minimum` to `maximum`. */
export function decimal(
  group: OptionGroup,
  argument: string,
  minimum: number,
  maximum: number,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<number> {
  const error = `takes a number from ${minimum} to ${maximum}`;
  const schema = z
    .string({ error })
    .regex(/^[0-9]{1,15}(?:\.[0-9]{1,15})?$|^\.[0-9]{1,15}$/, { error })
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, { error });
  return define({ group, summary, kind: 'value', schema }, { argument, ...details });
}

/** An option with a duration, in milliseconds. */
export function duration(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<number> {
  const error = 'takes a duration: 300ms, 2s, 5m or 1h';
  const schema = z
    .string({ error })
    .refine((value) => parseDuration(value) !== null, { error })
    .transform((value) => parseDuration(value) ?? 0);
  return define({ group, summary, kind: 'value', schema }, { argument, ...details });
}

/** An option with a text. */
export function text(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<string> {
  const error = `takes a value: ${argument}`;
  const schema = z.string({ error }).min(1, { error });
  return define({ group, summary, kind: 'value', schema }, { argument, ...details });
}

/** An option that may be given more than once, each time with a text. */
export function list(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<readonly string[]> {
  const error = `takes a value: ${argument}`;
  const one = z.string({ error }).min(1, { error });
  const schema = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(one, { error }));
  return define({ group, summary, kind: 'list', schema }, { argument, ...details });
}

function oneOf<const T extends string>(values: readonly T[]): z.ZodType<T> {
  const error = `takes one of ${values.join(', ')}`;
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.toLowerCase() : value),
    z.string({ error }).refine((value): value is T => (values as readonly string[]).includes(value), { error }),
  ) as unknown as z.ZodType<T>;
}
