import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { OptionTable } from './decoding-options.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';
import { didYouMean } from './suggest.ts';

/** Texts given for options, by their names on the command line, each with the place they stand in (`''` there). */
export type GivenOptions = ReadonlyMap<string, { readonly value: unknown; readonly place: string }>;

/** Check what was given against a table, and read it. Throws `USAGE` with the option's name and, if near, what was meant. */
export function checkOptions<T>(table: OptionTable<T>, given: GivenOptions): T {
  const members = Object.keys(table) as (keyof T & string)[];
  const byName = new Map(members.map((member) => [optionName(member), member]));
  const result: Partial<T> = {};
  for (const [name, { value, place }] of given) {
    const member = byName.get(name);
    if (member === undefined) {
      const dashes = place === '' ? (name.length === 1 ? '-' : '--') : '';
      const hint = name.length === 1 ? '' : didYouMean(name, byName.keys(), dashes);
      throw usageError(place, `there is no option ${dashes}${printable(name)}${hint}`);
    }
    result[member] = read<NonNullable<T[typeof member]>>(table[member], name, place, value);
  }
  return result as T;
}

function read<T>(definition: OptionDefinition<T>, name: string, place: string, value: unknown): T {
  // Given twice, an option that takes one value takes the last.
  const single = definition.kind !== 'list' && Array.isArray(value) ? value.at(-1) : value;
  const result = definition.read(single);
  if (result !== undefined) return result;
  const shown = place === '' ? `--${name}` : name;
  throw usageError(place, `${shown} ${definition.takes}${gotText(definition, single)}`);
}

function usageError(place: string, message: string): OverpunchError {
  return new OverpunchError('USAGE', place === '' ? message : `${place}USAGE: ${message}`);
}

function gotText<T>(definition: OptionDefinition<T>, value: unknown): string {
  if (typeof value !== 'string' || value === '') return '';
  return `, not ${printable(value)}${didYouMean(value, definition.values)}`;
}
