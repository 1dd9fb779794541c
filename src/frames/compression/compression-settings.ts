import { printable } from '../../bytes/printable.ts';
import { OverpunchError } from '../../errors.ts';
import type { CompressionOptions } from './compression.ts';

/** CompressionOptions that were checked, with their defaults. */
export interface CompressionSettings {
  readonly limit: number;
  readonly prime: number;
  readonly fill: number;
  /** The length that may not be exceeded. */
  readonly length: number | null;
  /** The length that `cut` fills up to. */
  readonly filledLength: number | null;
  readonly fields: readonly number[] | null;
}

/** Fields that a presence bitmap can tell of: 2 to 128. */
export const mostFields = 127;

const defaultLimit = 1024 * 1024; // no frame of a terminal comes near it
const blank = 0x40; // EBCDIC

/** Check options and fill in the defaults. Throws USAGE. */
export function compressionSettings(options: CompressionOptions): CompressionSettings {
  const { limit, prime, fill, length, fields } = options;
  if (limit !== undefined) checkCount('limit', limit);
  if (length !== undefined) checkCount('length', length);
  if (prime !== undefined) checkByte('prime', prime);
  if (fill !== undefined) checkByte('fill', fill);
  if (fields !== undefined) checkFields(fields);
  return {
    limit: limit ?? defaultLimit,
    prime: prime ?? blank,
    fill: fill ?? blank,
    length: length ?? null,
    filledLength: length ?? limit ?? null,
    fields: fields ?? null,
  };
}

function checkCount(name: string, value: unknown): void {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return;
  throw wrong(name, 'a number of bytes', value);
}

function checkByte(name: string, value: unknown): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xff) return;
  throw wrong(name, 'a byte, 0 to 255', value);
}

function checkFields(fields: unknown): void {
  if (!Array.isArray(fields)) throw wrong('fields', 'a list of lengths', fields);
  if (fields.length > mostFields) throw wrong('fields', `at most ${mostFields} lengths`, fields.length);
  let total = 0;
  for (const [index, length] of fields.entries()) {
    checkCount(`fields[${index}]`, length);
    total += Number(length);
  }
  checkCount('the sum of fields', total);
}

function wrong(name: string, expected: string, value: unknown): OverpunchError {
  return new OverpunchError('USAGE', `${name} must be ${expected}, not ${printable(String(value))}`);
}
