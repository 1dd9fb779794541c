import { bitmapLength, isPresent, primaryLength, setPresent } from './bitmap.ts';
import type { Segment } from './compression.ts';
import { CompressionError, tooLarge } from './compression-error.ts';
import { type CompressionSettings, mostFields } from './compression-settings.ts';
import { copyBytes, fillBytes } from './copy-bytes.ts';
import type { Scheme } from './scheme.ts';

const defaultWidth = 8; // bytes of a field whose length nobody gave
const damaged = 'the bytes are damaged, or their fields have other lengths';

/** Is told of each field in turn: whether it is there, its length, and where in the compressed bytes. */
type TakeField = (present: boolean, width: number, at: number) => void;

/**
 * A presence bitmap and the fields it says follow; a field that holds nothing but fill bytes is left out.
 *
 * With `fields` the bytes are exactly those fields, 2 and on. Without, they are fields of 8 bytes, up to the last one that is
 * there: that one is written whatever it holds, may be shorter, and as field 128 longer. So any bytes come back.
 */
export function bitmapScheme({ fill, fields }: CompressionSettings): Scheme {
  const total = fields?.reduce((sum, width) => sum + width, 0) ?? 0;

  const read = (bytes: Uint8Array, from: number, to: number, take: TakeField | null): number => {
    const start = from + bitmapLength(bytes, from, to);
    let last = (start - from) * 8;
    while (last > 1 && !isPresent(bytes, from, last)) last -= 1;
    if (fields !== null && last > fields.length + 1) {
      const expected = `fields up to ${fields.length + 1}`;
      const place = (last - 1) >> 3;
      throw new CompressionError('COMPRESSED_BITMAP', place, expected, `field ${last}`, damaged);
    }
    const count = fields === null ? last - 1 : fields.length;
    let size = 0;
    let at = start;
    for (let index = 0; index < count; index += 1) {
      const present = index + 2 <= last && isPresent(bytes, from, index + 2); // behind the last there may be data
      let width = defaultWidth;
      if (fields !== null) width = fields[index] ?? 0;
      else if (index === count - 1) width = Math.max(to - at, 1);
      if (present && width > to - at) {
        const expected = `${width} bytes of field ${index + 2}`;
        throw new CompressionError('COMPRESSED_CUT', at - from, expected, `${to - at}`, damaged);
      }
      take?.(present, width, at);
      size += width;
      if (present) at += width;
    }
    if (at === to) return size;
    const expected = 'nothing behind the last field';
    throw new CompressionError('COMPRESSED_SURPLUS', at - from, expected, `${to - at} bytes`, damaged);
  };

  const compress = (bytes: Uint8Array, from: number, to: number, target: Uint8Array, start: number): number => {
    const length = to - from;
    if (fields !== null && length !== total) {
      const code = length < total ? 'COMPRESSED_CUT' : 'COMPRESSED_SURPLUS';
      const hint = 'give the lengths of all fields';
      throw new CompressionError(code, Math.min(length, total), `${total} bytes of fields`, `${length}`, hint);
    }
    const count = fields?.length ?? Math.min(Math.ceil(length / defaultWidth), mostFields);
    const widthOf = (index: number, at: number): number => {
      if (fields !== null) return fields[index] ?? 0;
      return index === count - 1 ? to - at : defaultWidth;
    };
    fillBytes(target, start, 2 * primaryLength, 0);
    let last = 0;
    let at = from;
    for (let index = 0; index < count; index += 1) {
      const end = at + widthOf(index, at);
      if ((fields === null && index === count - 1) || !isFilled(bytes, at, end, fill)) {
        last = index + 2;
        setPresent(target, start, last);
      }
      at = end;
    }
    if (last > 8 * primaryLength) setPresent(target, start, 1);
    let out = start + bitmapLength(target, start, target.length);
    at = from;
    for (let index = 0; index <= last - 2; index += 1) {
      const width = widthOf(index, at);
      // Data follow half a bitmap at once, over zeros of the other half: no bit of it is looked at any more.
      if (isPresent(target, start, index + 2)) {
        copyBytes(bytes, at, at + width, target, out);
        out += width;
      }
      at += width;
    }
    return out - start;
  };

  return {
    bound: (length) => length + 2 * primaryLength,
    compress,
    measure(bytes, from, to, most) {
      const size = read(bytes, from, to, null);
      if (size > most) throw tooLarge(0, most);
      return size;
    },
    expand(bytes, from, to, target, start) {
      let out = start;
      read(bytes, from, to, (present, width, at) => {
        if (present) copyBytes(bytes, at, at + width, target, out);
        else fillBytes(target, out, width, fill);
        out += width;
      });
    },
    segments(bytes) {
      const segments: Segment[] = [];
      let offset = 0;
      read(bytes, 0, bytes.length, (present, length, from) => {
        const kind = present ? 'literal' : 'fill';
        if (length > 0) segments.push({ kind, offset, length, from, fromLength: present ? length : 0, data: from });
        offset += length;
      });
      return segments;
    },
  };
}

function isFilled(bytes: Uint8Array, from: number, to: number, fill: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== fill) return false;
  return true;
}
