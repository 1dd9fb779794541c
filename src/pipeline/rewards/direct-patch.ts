import type { FieldWriter } from '../../codec/encode-issue.ts';
import type { LayoutItem } from '../../copybook/layout.ts';

/** Writes a value at a byte of a frame. `false`: that is for the general writer to do, or to refuse. */
export type DirectPatch = (value: unknown, frame: Uint8Array, at: number) => boolean;

const mostDigits = 15; // that a double holds
const characters = 128; // of ASCII

/**
 * Make what writes the common values of a field without a detour: ASCII in texts, whole numbers in numbers. `null` for fields whose bytes are
 * not as plain as that, which is found out from what the general writer makes of samples.
 */
export function directPatch(item: LayoutItem, writer: FieldWriter): DirectPatch | null {
  const { type, length } = item;
  if (type?.kind === 'text') return type.encoding === 'single-byte' ? textPatch(length, writer) : null;
  if (type?.kind !== 'zoned' && type?.kind !== 'packed' && type?.kind !== 'binary') return null;
  if (type.digits === 0 || type.digits > mostDigits) return null;
  const limit = 10 ** type.digits;
  const samples = [0, limit - 1, 123_456_789_012_345 % limit];
  const plain = bytesOf(writer, 0);
  if (plain === null) return null;
  const patches =
    type.kind === 'zoned'
      ? [zonedPatch(plain, limit)]
      : type.kind === 'packed'
        ? [packedPatch(plain, limit, type.signNibble ? 1 : 0)]
        : [binaryPatch(length, limit, length - 1, -1), binaryPatch(length, limit, 0, 1)];
  return patches.find((patch) => samples.every((sample) => isSame(patch, writer, sample, length))) ?? null;
}

function textPatch(length: number, writer: FieldWriter): DirectPatch | null {
  const [blank] = bytesOf(writer, '') ?? [];
  if (blank === undefined) return null;
  const codes = Int16Array.from({ length: characters }, (_unused, code) => {
    return code < 0x20 || code > 0x7e ? -1 : (bytesOf(writer, String.fromCharCode(code))?.[0] ?? -1);
  });
  const patch: DirectPatch = (value, frame, at) => {
    if (typeof value !== 'string' || value.length > length) return false;
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      const byte = code < characters ? (codes[code] as number) : -1;
      if (byte < 0) return false;
      frame[at + index] = byte;
    }
    for (let index = value.length; index < length; index++) frame[at + index] = blank;
    return true;
  };
  const samples = ['', 'A', 'Ab 1'.repeat(length).slice(0, length)].filter((sample) => sample.length <= length);
  return samples.every((sample) => isSame(patch, writer, sample, length)) ? patch : null;
}

/** Digits in the lower halves of bytes. */
function zonedPatch(plain: Uint8Array, limit: number): DirectPatch {
  return (value, frame, at) => {
    if (!isWhole(value, limit)) return false;
    let rest = value;
    for (let index = plain.length - 1; index >= 0; index--) {
      const higher = Math.floor(rest / 10);
      frame[at + index] = (plain[index] as number) | (rest - 10 * higher);
      rest = higher;
    }
    return true;
  };
}

/** Two digits a byte; the last `skipped` halves are no digits. */
function packedPatch(plain: Uint8Array, limit: number, skipped: number): DirectPatch {
  return (value, frame, at) => {
    if (!isWhole(value, limit)) return false;
    let rest = value;
    for (let index = plain.length - 1; index >= 0; index--) {
      let byte = plain[index] as number;
      for (let half = index === plain.length - 1 ? skipped : 0; half < 2; half++) {
        const higher = Math.floor(rest / 10);
        byte |= (rest - 10 * higher) << (4 * half);
        rest = higher;
      }
      frame[at + index] = byte;
    }
    return true;
  };
}

/** From the byte that counts least, step by step. */
function binaryPatch(length: number, limit: number, least: number, step: number): DirectPatch {
  return (value, frame, at) => {
    if (!isWhole(value, limit)) return false;
    let rest = value;
    for (let count = 0, index = least; count < length; count++, index += step) {
      const higher = Math.floor(rest / 256);
      frame[at + index] = rest - 256 * higher;
      rest = higher;
    }
    return true;
  };
}

function isWhole(value: unknown, limit: number): value is number {
  return typeof value === 'number' && value >= 0 && value < limit && Math.floor(value) === value;
}

function isSame(patch: DirectPatch, writer: FieldWriter, sample: string | number, length: number): boolean {
  const bytes = bytesOf(writer, sample);
  const own = new Uint8Array(length).fill(0xa5);
  return bytes !== null && bytes.length === length && patch(sample, own, 0) && Buffer.compare(own, bytes) === 0;
}

function bytesOf(writer: FieldWriter, value: string | number): Uint8Array | null {
  const written = writer(value, false);
  return 'bytes' in written ? written.bytes : null;
}
