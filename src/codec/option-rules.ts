import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';

/** Read a value given for an option; `fail` takes what is wrong with it. */
export type OptionRule<T> = (given: unknown, fail: (message: string) => undefined) => T | undefined;

type Rules = Readonly<Record<string, OptionRule<unknown>>>;
/** What rules read: absent where nothing is given. */
type Read<R extends Rules> = { readonly [Name in keyof R]?: R[Name] extends OptionRule<infer T> ? T : never };

/** Any value. */
export const anything: OptionRule<unknown> = (given) => given;

/** A text. */
export const text: OptionRule<string> = (given, fail) => {
  return typeof given === 'string' ? given : fail(`Invalid input: expected string, received ${kindOf(given)}`);
};

/** A text or an array of them, as an array. */
export const list: OptionRule<readonly string[]> = (given, fail) => {
  const texts: readonly unknown[] = Array.isArray(given) ? given : [given];
  return texts.every((one) => typeof one === 'string') ? texts : fail('Invalid input');
};

/** One of a few values. */
export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): OptionRule<T> {
  const expected = values.map((value) => JSON.stringify(value)).join('|');
  return (given, fail) => {
    return values.find((value) => value === given) ?? fail(`Invalid option: expected one of ${expected}`);
  };
}

/** Read options by their rules. Throws USAGE that says all that is wrong, options without a rule too. */
export function readByRules<R extends Rules>(rules: R, options: object): Read<R> {
  const mistakes: string[] = [];
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OverpunchError('USAGE', `options: Invalid input: expected object, received ${kindOf(options)}`);
  }
  const data: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const given = Object.hasOwn(options, name) ? (options as Readonly<Record<string, unknown>>)[name] : undefined;
    if (given === undefined) continue;
    data[name] = rule(given, (message) => {
      mistakes.push(`${name}: ${message}`);
    });
  }
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(rules, name));
  const names = unknown.map((name) => JSON.stringify(name)).join(', ');
  if (unknown.length > 0) mistakes.push(`options: Unrecognized key${unknown.length === 1 ? '' : 's'}: ${names}`);
  if (mistakes.length > 0) throw new OverpunchError('USAGE', printable(mistakes.join('; ')));
  return data as Read<R>;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : Number.isNaN(value) ? 'NaN' : typeof value;
}
