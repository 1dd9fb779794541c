import { printable } from '../bytes/printable.ts';
import type { Code } from '../errors.ts';

/** Why a value cannot be written. There are no notes: what can be written is written as a compiler would. */
export interface EncodeIssue {
  readonly code: Code;
  readonly severity: 'error';
  /** As in Issue: copybook names with subscripts; `''` = the record. */
  readonly path: string;
  /** The value as given, as text for people, cut when it is long; `''` when there is none. */
  readonly value: string;
  /** The limit it breaks, or what should have been there, in words for people. */
  readonly expected: string;
}

/** Why one value cannot be written, before anyone knows its path. */
export interface Refusal {
  readonly code: Code;
  readonly expected: string;
}

/** What a field's value became: `'code' in written` tells the two apart. */
export type Written = { readonly bytes: Uint8Array } | Refusal;

/** Turns a value into the bytes of a field. `round` allows decimals to be lost. */
export type FieldWriter = (value: unknown, round: boolean) => Written;

const maximumShown = 80; // characters of a value in an issue

/** Show a value to people. */
export function shownValue(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.length === 1 ? 'an array of 1' : `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = typeof value === 'string' ? value : String(value);
  const cut = text.length > maximumShown ? `${text.slice(0, maximumShown)}…` : text;
  return printable(typeof value === 'string' ? `'${cut}'` : cut);
}

/** The refusal of a value of the wrong kind. */
export function wrongKind(expected: string): Refusal {
  return { code: 'ENCODE_TYPE', expected };
}
