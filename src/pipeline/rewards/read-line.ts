import { printable } from '../../bytes/printable.ts';
import { OverpunchError } from '../../errors.ts';

/** A line of JSON that was read: an object. */
export type ReadLine = Readonly<Record<string, unknown>>;

const longest = 200; // characters of a name or number: longer ones are no such thing

/** Read a line of JSON. Throws REWARD_ENTRY when it is none, or no object. */
export function readLine(bytes: Uint8Array): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  } catch (error) {
    throw lineError(`the line is not JSON: ${printable((error as Error).message)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as ReadLine;
  throw lineError('the line is not a JSON object');
}

/** A text, or a number as one, that has to be there. Throws REWARD_ENTRY. */
export function textIn(line: ReadLine, name: string): string {
  const value = line[name];
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw lineError(`${printable(name)} is missing, or no text of 1 to ${longest} characters`);
}

/** A number that has to be there. Throws REWARD_ENTRY. */
export function numberIn(line: ReadLine, name: string): number {
  const value = line[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw lineError(`${printable(name)} is missing, or no number`);
}

/** Whole cents, 0 at least, that have to be there. Throws REWARD_ENTRY. */
export function centsIn(line: ReadLine, name: string): number {
  const value = numberIn(line, name);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw lineError(`${printable(name)} is ${value}, which is no amount in whole cents`);
}

/** A time that has to be there: milliseconds since 1970, or a text of ISO 8601 with its zone. Throws REWARD_ENTRY. */
export function timeIn(line: ReadLine, name: string): number {
  const value = line[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const time =
    typeof value === 'string' && /(?:Z|[+-][0-9]{2}:?[0-9]{2})$/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw lineError(`${printable(name)} is missing, or no time such as 2026-03-01T12:30:00Z or milliseconds since 1970`);
}

/** Make the error of a line. */
export function lineError(message: string): OverpunchError {
  return new OverpunchError('REWARD_ENTRY', message);
}
