import { compareDecimals, parseDecimal } from './decimal.ts';
import {
  type EncodeRun,
  endMaybe,
  goOn,
  issueOf,
  keepWritten,
  missing,
  type OriginalPlace,
  putBits,
  putOriginal,
  refuse,
  spoil,
} from './encode-run.ts';
import type { FieldNode } from './plan.ts';
import type { FieldReading } from './reading.ts';
import { decimalOf } from './stored-number.ts';

/** Write one elementary item: its value, or what stands there without one. */
export function encodeField(
  node: FieldNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): void {
  if (given === missing) {
    encodeMissing(node, at, original, subscripts, run);
    return;
  }
  const { item, bits } = node;
  const reading = original?.reading?.kind === 'field' && !original.reading.absent ? original.reading : null;
  const unchanged = reading !== null && isUnchanged(given, reading);
  const source = run.original?.bytes;
  if (unchanged && original !== null && source !== undefined && hasBits(run, original.at, bits)) {
    putBits(run, at, bits, source, original.at, true);
  } else {
    const written = run.writers.write(item)(given, run.rules.round);
    if ('code' in written) {
      refuse(run, written, item, subscripts, given);
      spoil(run, node);
      goOn(run);
      return;
    }
    putBits(run, at, bits, written.bytes, 0, true);
  }
  goOn(run);
  keepWritten(run, node, at, subscripts);
  // The original ended inside this field.
  if (unchanged && original !== null && reading !== null && !hasBits(run, original.at, bits)) {
    putOriginal(run, original.at, at, bits);
    endMaybe(run, original.at, at, null);
  }
}

/** FILLER is filled by its picture; what has a name keeps the original's bytes, or is an error without `init`. */
function encodeMissing(
  node: FieldNode,
  at: number,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): void {
  const { item, bits } = node;
  if (original !== null && hasBits(run, original.at, bits)) {
    putOriginal(run, original.at, at, bits);
    keepWritten(run, node, at, subscripts);
    return;
  }
  const behind = original !== null && run.original?.truncated === true;
  const problem = { code: 'ENCODE_MISSING_FIELD', expected: 'a value' } as const;
  const named = item.name !== null;
  if (named && !behind && !run.rules.init) {
    refuse(run, problem, item, subscripts);
    spoil(run, node);
    return;
  }
  putBits(run, at, bits, run.writers.initial(item, run.rules.init), 0, false);
  if (original !== null && behind) {
    putOriginal(run, original.at, at, bits);
    endMaybe(run, original.at, at, named ? issueOf(problem, item, subscripts) : null);
  }
  keepWritten(run, node, at, subscripts);
}

/** Whether the original has all bits of a field. */
function hasBits(run: EncodeRun, at: number, bits: number): boolean {
  return run.original !== null && at + bits <= 8 * run.original.bytes.length;
}

/** Whether a place lies where the original would have gone on had it not ended early. */
export function isBehind(run: EncodeRun, at: number): boolean {
  return run.original?.truncated === true && at >= 8 * run.original.bytes.length;
}

/** Whether a value is the one that the original gives, numbers in whatever form. */
function isUnchanged(given: unknown, reading: FieldReading): boolean {
  if (given === reading.value) return true;
  if (reading.digits === null || reading.value === null) return false;
  // Of what is shown in hexadecimal or as bits the digits are not the value.
  if (typeof reading.value === 'string' && reading.value !== reading.digits) return false;
  const number = decimalOf(given);
  const before = parseDecimal(reading.digits);
  return number !== null && before !== null && compareDecimals(number, before) === 0;
}
