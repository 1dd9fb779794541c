import type { Codec } from '../../codec/create-codec.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { CompressionOptions, Segment } from '../compression/compression.ts';
import { copyBytes } from '../compression/copy-bytes.ts';
import { createCompressor } from '../compression/create-compressor.ts';
import type { Compression } from './catalog.ts';

const scratch = new Uint8Array(16 * 1024); // for bodies that cannot be longer: their frame is allocated once, at its length

/** Turns frames as they are sent into frames with a plain body, and back. The header is never compressed. */
export interface BodyCompressor {
  /** Throws a CompressionError whose offset counts from the body. */
  decompress(frame: Uint8Array): Uint8Array;
  /** The most bytes that a frame with a plain body takes. */
  readonly longest: number;
  /** Options under which the scheme decompresses bodies. */
  readonly settings: CompressionOptions;
  /**
   * Give the length of a plain frame without the bytes that it was filled up with, where counters say that it is shorter than the
   * longest; `null` where all are as long.
   */
  readonly lengthWithoutFill: ((bytes: Uint8Array, at: number, filled: number) => number) | null;
  /**
   * Decompress the frame from `from` to `to` into a target that has room for `longest` bytes from `at` on, and give how many came out.
   * Throws a CompressionError whose offset counts from the body.
   */
  decompressInto(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number;
  /** Throws a CompressionError for a body that the scheme has no form for. */
  compress(frame: Uint8Array): Uint8Array;
  /** How the plain body came about, both ends counted from the body. */
  segments(frame: Uint8Array): readonly Segment[];
}

/** Prepare the compression of one type's bodies: no more than its longest record comes out, whatever the bytes say. */
export function bodyCompressor({ scheme, options }: Compression, headerLength: number, codec: Codec): BodyCompressor {
  const longest = Math.max(0, codec.maximumLength - headerLength);
  const fields = options.fields ?? fieldLengths(codec, headerLength);
  const settings: CompressionOptions = {
    ...options,
    limit: longest,
    ...(scheme === 'cut' ? { length: longest } : {}),
    ...(scheme === 'bitmap' ? { fields } : {}),
  };
  const compressor = createCompressor(scheme, settings);
  const whole = scheme === 'bitmap' ? fields.reduce((sum, length) => sum + length, 0) : 0;
  const fills = (scheme === 'cut' || scheme === 'bitmap') && lengthsVary(codec);
  const fill = settings.fill ?? 0x40;

  const lengthWithoutFill = (bytes: Uint8Array, at: number, filled: number): number => {
    const length = codec.lengthOf(new Uint8Array(bytes.buffer, bytes.byteOffset + at, filled)) ?? filled;
    for (let last = filled - 1; last >= length; last -= 1) if (bytes[at + last] !== fill) return filled;
    return Math.min(length, filled);
  };
  const decompressInto: BodyCompressor['decompressInto'] = (bytes, from, to, target, at) => {
    const body = from + headerLength;
    const length = headerLength + compressor.decompressInto(bytes, body, to, target, at + headerLength);
    copyBytes(bytes, from, body, target, at);
    return fills ? lengthWithoutFill(target, at, length) : length;
  };
  return {
    longest: headerLength + longest,
    settings,
    lengthWithoutFill: fills ? lengthWithoutFill : null,
    decompressInto,
    decompress(frame) {
      if (headerLength + longest <= scratch.length)
        return scratch.slice(0, decompressInto(frame, 0, frame.length, scratch, 0));
      const body = compressor.decompress(frame.subarray(headerLength));
      const plain = new Uint8Array(headerLength + body.length);
      plain.set(frame.subarray(0, headerLength));
      plain.set(body, headerLength);
      return fills ? plain.subarray(0, lengthWithoutFill(plain, 0, plain.length)) : plain;
    },
    compress(frame) {
      let body = frame.subarray(headerLength);
      if (body.length < whole) {
        const filled = new Uint8Array(whole).fill(fill);
        filled.set(body);
        body = filled;
      }
      const compressed = compressor.compress(body);
      const sent = new Uint8Array(headerLength + compressed.length);
      sent.set(frame.subarray(0, headerLength));
      sent.set(compressed, headerLength);
      return sent;
    },
    segments: (frame) => compressor.trace(frame.subarray(headerLength)).segments,
  };
}

/** Whether records of one layout have several lengths. */
function lengthsVary(codec: Codec): boolean {
  const [record, ...others] = codec.records;
  if (record === undefined || others.length > 0) return true;
  return codec.options.odo === 'shifted' && codec.planOf(record)?.root.dynamic !== false;
}

/**
 * Bytes from each top level item of the body to the next: what a presence bitmap leaves out. A table is one item, and so is a redefined
 * area; tables count at their maximum.
 */
function fieldLengths(codec: Codec, headerLength: number): readonly number[] {
  const [record] = codec.records;
  if (record === undefined) return [];
  const starts = topItems(record.root.children, headerLength).map(({ offset }) => offset);
  return [...new Set(starts)].map((start, index, all) => (all[index + 1] ?? record.root.length) - start);
}

/** Items that start a byte of their own: bits that share one with those before go with them. */
function topItems(children: readonly LayoutItem[], headerLength: number): readonly LayoutItem[] {
  return children.filter(
    ({ offset, bit, redefines, length }) => offset >= headerLength && bit === 0 && redefines === null && length > 0,
  );
}
