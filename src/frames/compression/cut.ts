import type { Segment } from './compression.ts';
import { CompressionError, tooLarge } from './compression-error.ts';
import type { CompressionSettings } from './compression-settings.ts';
import { copyBytes } from './copy-bytes.ts';
import type { Scheme } from './scheme.ts';

/**
 * Bytes without the fill bytes at their end.
 *
 * How many there were is not in the data: only a `length`, or a `limit` that is given, brings them back.
 */
export function cutScheme({ fill, length, filledLength }: CompressionSettings): Scheme {
  const check = (found: number): void => {
    if (length === null || found <= length) return;
    const hint = 'give the length that the bytes have before they are cut';
    throw new CompressionError('COMPRESSED_SURPLUS', length, `at most ${length} bytes`, `${found}`, hint);
  };
  const filled = (found: number): number => Math.max(found, filledLength ?? 0);
  return {
    bound: (bytes) => bytes,
    compress(bytes, from, to, target, at) {
      let end = to;
      while (end > from && bytes[end - 1] === fill) end -= 1;
      check(end - from);
      copyBytes(bytes, from, end, target, at);
      return end - from;
    },
    measure(_bytes, from, to, most) {
      check(to - from);
      const size = filled(to - from);
      if (size > most) throw tooLarge(0, most);
      return size;
    },
    expand(bytes, from, to, target, at) {
      copyBytes(bytes, from, to, target, at);
      target.fill(fill, at + to - from, at + filled(to - from));
    },
    segments(bytes) {
      const cut = bytes.length;
      const missing = filled(cut) - cut;
      const segments: Segment[] = [];
      if (cut > 0) segments.push({ kind: 'literal', offset: 0, length: cut, from: 0, fromLength: cut, data: 0 });
      if (missing > 0)
        segments.push({ kind: 'fill', offset: cut, length: missing, from: cut, fromLength: 0, data: cut });
      return segments;
    },
  };
}
