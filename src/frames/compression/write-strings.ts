import type { ControlRange, StringControls } from './string-controls.ts';

/** The most bytes that `length` bytes take: literal strings and the end mark. */
export function longestStrings({ literal }: StringControls, length: number): number {
  return length + Math.ceil(length / literal.longest) + 1;
}

/**
 * Write bytes as strings behind control bytes.
 *
 * A run is written as one when that takes fewer bytes than leaving it in the literal string around it, given what stands before it
 * and what comes next. So compressed bytes are never longer than one literal string after the other would be. Gives how many
 * bytes came out.
 */
export function writeStrings(
  controls: StringControls,
  prime: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  start: number,
): number {
  const { literal, repeat, end } = controls;
  const primes = controls.prime ?? null;
  const primeByte = primes === null ? -1 : prime;
  let out = start;
  let written = from; // all before it is in the target, what is between it and `at` will be literal
  let at = from;
  while (at < to) {
    const byte = bytes[at] ?? 0;
    const range = byte === primeByte && primes !== null ? primes : repeat;
    const most = Math.min(to, at + range.longest); // the rest of a longer run is looked at in its turn
    let behind = at + 1;
    while (behind < most && bytes[behind] === byte) behind += 1;
    const cost = range === repeat ? 2 : 1;
    // A literal string that is full needs another control byte whatever comes.
    const open = (at - written) % literal.longest !== 0;
    const joins = literalAt(bytes, behind, to, primeByte);
    if (cost + (open && joins ? 1 : 0) >= behind - at + (open || joins ? 0 : 1)) {
      at = behind;
      continue;
    }
    out = putLiterals(target, out, literal, bytes, written, at);
    target[out++] = range.control + behind - at;
    if (cost === 2) target[out++] = byte;
    at = behind;
    written = at;
  }
  out = putLiterals(target, out, literal, bytes, written, to);
  if (end !== undefined) target[out++] = end;
  return out - start;
}

/** Whether the run that starts here is so short that it will be literal. */
function literalAt(bytes: Uint8Array, at: number, to: number, primeByte: number): boolean {
  if (at >= to) return false;
  const byte = bytes[at];
  if (at + 1 === to || bytes[at + 1] !== byte) return true;
  return byte !== primeByte && (at + 2 === to || bytes[at + 2] !== byte);
}

function putLiterals(
  target: Uint8Array,
  start: number,
  { control, longest }: ControlRange,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  let out = start;
  let at = from;
  while (at < to) {
    const until = Math.min(to, at + longest);
    target[out++] = control + until - at;
    while (at < until) target[out++] = bytes[at++] ?? 0;
  }
  return out;
}
