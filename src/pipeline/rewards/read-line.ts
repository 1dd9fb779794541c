import { printable } from '../../bytes/printable.ts';
import { OverpunchError } from '../../errors.ts';

/** A line of JSON that was read: an object. */
export type ReadLine = Readonly<Record<string, unknown>>;

const mostCents = 1e9;
const longest = 200; // characters of a name or number: longer ones are no such thing

/** Read a line of JSON. Throws REWARD_ENTRY when it is none, or no object. */
export function readLine(bytes: Uint8Array): ReadLine {
  let value: unknown;
  try {
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0; // the mark of a text in UTF-8
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start, bytes.length - start).toString());
  } catch (error) {
    throw lineError(`the line is not JSON: ${printable((error as Error).message)}`);
  }
  return readObject(value);
}

/** A value of JSON that has to be an object. Throws REWARD_ENTRY. */
export function readObject(value: unknown): ReadLine {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ReadLine;
  throw lineError('the line is not a JSON object');
}

/** A text, or a number as one, that has to be there. Throws REWARD_ENTRY. */
export function textIn(line: ReadLine, name: string): string {
  return textOf(line[name], name);
}

/** The same of a value. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw lineError(`${printable(name)} is missing, or no text of 1 to ${longest} characters`);
}

/** A number that has to be there. Throws REWARD_ENTRY. */
export function numberIn(line: ReadLine, name: string): number {
  return numberOf(line[name], name);
}

/** The same of a value. */
export function numberOf(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw lineError(`${printable(name)} is missing, or no number`);
}

/** Whole cents, from 1 to 1,000,000,000, that have to be there. Throws REWARD_ENTRY. */
export function centsIn(line: ReadLine, name: string): number {
  const value = numberIn(line, name);
  if (Number.isSafeInteger(value) && value >= 1 && value <= mostCents) return value;
  throw lineError(`${printable(name)} is ${value}, which is no amount in whole cents from 1 to ${mostCents}`);
}

/** A time that has to be there: milliseconds since 1970, or a text of ISO 8601 with its zone. Throws REWARD_ENTRY. */
export function timeIn(line: ReadLine, name: string): number {
  return timeOf(line[name], name);
}

/** The same of a value. */
export function timeOf(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const time = typeof value === 'string' ? timeOfText(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw lineError(`${printable(name)} is missing, or no time such as 2026-03-01T12:30:00Z or milliseconds since 1970`);
}

/** NaN for what is no time with its zone, or on a day that its month does not have, which `Date.parse` takes for one of the next. */
function timeOfText(text: string): number {
  const [, date] = /^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.exec(text) ?? [];
  const day = Date.parse(`${date}T00:00:00Z`);
  if (date === undefined || Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== date) return Number.NaN;
  return Date.parse(text);
}

/** Make the error of a line. */
export function lineError(message: string): OverpunchError {
  return new OverpunchError('REWARD_ENTRY', message);
}
