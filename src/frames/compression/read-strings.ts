import { toHex } from '../../bytes/hex.ts';
import type { Segment } from './compression.ts';
import { CompressionError, tooLarge } from './compression-error.ts';
import { kinds, type StringControls } from './string-controls.ts';

const damaged = 'the bytes are damaged, or of another scheme or code';

/** Check strings behind control bytes and give the number of bytes they stand for, as `Scheme.measure` does. */
export function measureStrings(
  controls: StringControls,
  bytes: Uint8Array,
  from: number,
  to: number,
  most: number,
): number {
  const { meanings, end } = controls;
  let size = 0;
  let at = from;
  while (at < to) {
    const meaning = meanings[bytes[at] ?? 0] ?? 0;
    const kind = meaning >> 8;
    let next = at + 1;
    if (kind === kinds.literal) next += meaning & 0xff;
    else if (kind === kinds.repeat) next += 1;
    else if (kind === kinds.end) {
      if (next === to) return size;
      const text = `${to - next} more bytes`;
      throw new CompressionError('COMPRESSED_SURPLUS', next - from, 'nothing behind the end mark', text, damaged);
    } else if (kind !== kinds.prime) throw refusal(controls, bytes, from, at);
    if (next > to) {
      const expected = `${next - at - 1} bytes behind the control byte ${toHex(bytes.subarray(at, at + 1))}`;
      throw new CompressionError('COMPRESSED_CUT', at - from, expected, `${to - at - 1} bytes`, damaged);
    }
    size += meaning & 0xff;
    if (size > most) throw tooLarge(at - from, most);
    at = next;
  }
  if (end === undefined) return size;
  throw new CompressionError('COMPRESSED_CUT', to - from, 'a control byte or the end mark', 'no more bytes', damaged);
}

/** Write out strings that were found to be right. */
export function expandStrings(
  { meanings }: StringControls,
  prime: number,
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Uint8Array,
  start: number,
): void {
  let at = from;
  let out = start;
  while (at < to) {
    const meaning = meanings[bytes[at] ?? 0] ?? 0;
    const kind = meaning >> 8;
    const until = out + (meaning & 0xff);
    at += 1;
    if (kind === kinds.literal) {
      while (out < until) target[out++] = bytes[at++] ?? 0;
    } else {
      const byte = kind === kinds.repeat ? (bytes[at++] ?? 0) : prime;
      while (out < until) target[out++] = byte;
    }
  }
}

/** List strings that were found to be right. */
export function listStrings({ meanings }: StringControls, bytes: Uint8Array): Segment[] {
  const segments: Segment[] = [];
  let offset = 0;
  let from = 0;
  while (from < bytes.length) {
    const meaning = meanings[bytes[from] ?? 0] ?? 0;
    const kind = meaning >> 8;
    const length = meaning & 0xff;
    if (kind === kinds.end) break;
    const literal = kind === kinds.literal;
    const fromLength = 1 + (literal ? length : kind === kinds.repeat ? 1 : 0);
    const data = from + (fromLength === 1 ? 0 : 1);
    segments.push({ kind: literal ? 'literal' : 'repeat', offset, length, from, fromLength, data });
    offset += length;
    from += fromLength;
  }
  return segments;
}

/** Why a control byte that stands for no bytes is an error. */
function refusal({ meanings }: StringControls, bytes: Uint8Array, from: number, at: number): CompressionError {
  const control = toHex(bytes.subarray(at, at + 1));
  const kind = (meanings[bytes[at] ?? 0] ?? 0) >> 8;
  if (kind === kinds.abort) {
    const found = `the abort mark ${control}: the sender gave up`;
    return new CompressionError('COMPRESSED_ABORT', at - from, 'a string', found, 'ask for the data again');
  }
  if (kind === kinds.compaction) {
    const hint = 'have the sender turn compaction off';
    return new CompressionError('COMPRESSED_COMPACTION', at - from, 'a string', `compacted bytes (${control})`, hint);
  }
  const found = `the reserved control byte ${control}`;
  return new CompressionError('COMPRESSED_CONTROL', at - from, 'a string', found, damaged);
}
