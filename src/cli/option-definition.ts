import { parseDuration } from '../settings/duration.ts';

/** Headings of `--help` and of the documentation, in this order. */
export const optionGroups = [
  'Copybook',
  'Catalog',
  'Correlation',
  'Data directory',
  'Rewards',
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
  /** What it takes, as messages say it. */
  readonly takes: string;
  /** Read the text or texts given; `undefined` when they are not what it takes. */
  read(given: unknown): T | undefined;
}

/** What most options leave at its default. */
export interface OptionDetails {
  readonly standard?: string;
  readonly alias?: string;
  readonly path?: boolean;
}

type Definition<T> = Pick<OptionDefinition<T>, 'group' | 'summary' | 'kind' | 'takes' | 'read'>;

function define<T>(base: Definition<T>, more: Partial<OptionDefinition<T>>): OptionDefinition<T> {
  return { values: [], argument: '', standard: '', alias: '', path: false, ...base, ...more };
}

/** An option without a value; also `true` and `false` in an options file. */
export function flag(group: OptionGroup, summary: string, details: OptionDetails = {}): OptionDefinition<boolean> {
  const takes = 'is either given or not, it takes no value';
  const read = (given: unknown): boolean | undefined => {
    if (given === true || given === 'true') return true;
    return given === false || given === 'false' ? false : undefined;
  };
  return define({ group, summary, kind: 'flag', takes, read }, details);
}

/** An option with one of a few values. */
export function choice<const T extends string>(
  group: OptionGroup,
  values: readonly T[],
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<T> {
  return define({ group, summary, kind: 'value', ...oneOf(values) }, { values, ...details });
}

/** An option with one of a few values, the first when it is given without one, or as `true` in an options file. */
export function maybeChoice<const T extends string>(
  group: OptionGroup,
  values: readonly [T, ...T[]],
  summary: string,
): OptionDefinition<T> {
  const { takes, read } = oneOf(values);
  const readMaybe = (given: unknown): T | undefined => (given === 'true' ? values[0] : read(given));
  return define({ group, summary, kind: 'maybe', takes, read: readMaybe }, { values });
}

/** An option whose few values are numbers. */
export function numberChoice<const T extends number>(
  group: OptionGroup,
  values: readonly T[],
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<T> {
  const texts = values.map(String);
  const { takes } = oneOf(texts);
  const read = (given: unknown): T | undefined => values.find((value) => String(value) === given);
  return define({ group, summary, kind: 'value', takes, read }, { values: texts, ...details });
}

/** An option with a whole number from `minimum` up. */
export function integer(
  group: OptionGroup,
  argument: string,
  minimum: number,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<number> {
  const takes = `takes a whole number${minimum >= 0 ? ` from ${minimum} up` : ''}`;
  const read = fromText((given) => {
    return /^[+-]?[0-9]{1,15}$/.test(given) && Number(given) >= minimum ? Number(given) : undefined;
  });
  return define({ group, summary, kind: 'value', takes, read }, { argument, ...details });
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
  const takes = `takes a number from ${minimum} to ${maximum}`;
  const read = fromText((given) => {
    if (!/^[0-9]{1,15}(?:\.[0-9]{1,15})?$|^\.[0-9]{1,15}$/.test(given)) return undefined;
    return Number(given) >= minimum && Number(given) <= maximum ? Number(given) : undefined;
  });
  return define({ group, summary, kind: 'value', takes, read }, { argument, ...details });
}

/** An option with a duration, in milliseconds. */
export function duration(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<number> {
  const takes = 'takes a duration: 300ms, 2s, 5m or 1h';
  const read = fromText((given) => parseDuration(given) ?? undefined);
  return define({ group, summary, kind: 'value', takes, read }, { argument, ...details });
}

/** An option with a text. */
export function text(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<string> {
  const takes = `takes a value: ${argument}`;
  return define({ group, summary, kind: 'value', takes, read: readText }, { argument, ...details });
}

/** An option that may be given more than once, each time with a text. */
export function list(
  group: OptionGroup,
  argument: string,
  summary: string,
  details: OptionDetails = {},
): OptionDefinition<readonly string[]> {
  const takes = `takes a value: ${argument}`;
  const read = (given: unknown): readonly string[] | undefined => {
    const texts = (Array.isArray(given) ? given : [given]).map(readText);
    return texts.every((one) => one !== undefined) ? texts : undefined;
  };
  return define({ group, summary, kind: 'list', takes, read }, { argument, ...details });
}

function readText(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

function fromText<T>(read: (given: string) => T | undefined): (given: unknown) => T | undefined {
  return (given) => (typeof given === 'string' ? read(given) : undefined);
}

function oneOf<const T extends string>(values: readonly T[]): Pick<OptionDefinition<T>, 'takes' | 'read'> {
  return {
    takes: `takes one of ${values.join(', ')}`,
    read: fromText((given) => values.find((value) => value === given.toLowerCase())),
  };
}
