import { toHex } from '../bytes/hex.ts';

const shownLines = 4;

/** Show bytes as lines of hexadecimal in groups of four; a long run of one byte, and what goes beyond four lines, in short. */
export function hexCell(bytes: Uint8Array, perLine: number, full: boolean): readonly string[] {
  if (bytes.length === 0) return [''];
  const [first = 0] = bytes;
  if (!full && bytes.length > perLine && bytes.every((byte) => byte === first)) {
    return [`${toHex(bytes.subarray(0, 1))} x ${bytes.length}`];
  }
  const lines: string[] = [];
  const end = full ? bytes.length : Math.min(bytes.length, perLine * shownLines);
  for (let at = 0; at < end; at += perLine) {
    lines.push(toHex(bytes.subarray(at, Math.min(at + perLine, end))).replace(/.{8}(?=.)/g, '$& '));
  }
  if (end < bytes.length) lines.push(`… ${bytes.length - end} more`);
  return lines;
}
