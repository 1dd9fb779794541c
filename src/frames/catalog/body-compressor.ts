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
  const fills = (scheme === 'cut' || scheme === 'bitmap') && codec.minimumLength < codec.maximumLength;
  const fill = settings.fill ?? 0x40;

  /** Where counters say that a record is shorter than the longest, what was filled up behind it is none of it. */
  const withoutFill = (plain: Uint8Array): Uint8Array => {
    const length = codec.lengthOf(plain) ?? plain.length;
    for (let at = plain.length - 1; at >= length; at -= 1) if (plain[at] !== fill) return plain;
    return plain.subarray(0, length);
  };
  const short = (frame: Uint8Array): Uint8Array => {
    const size = compressor.decompressInto(frame, headerLength, frame.length, scratch, headerLength);
    copyBytes(frame, 0, headerLength, scratch, 0);
    return scratch.slice(0, headerLength + size);
  };
  const long = (frame: Uint8Array): Uint8Array => {
    const body = compressor.decompress(frame.subarray(headerLength));
    const plain = new Uint8Array(headerLength + body.length);
    plain.set(frame.subarray(0, headerLength));
    plain.set(body, headerLength);
    return plain;
  };
  return {
    decompress(frame) {
      const plain = headerLength + longest <= scratch.length ? short(frame) : long(frame);
      return fills ? withoutFill(plain) : plain;
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
