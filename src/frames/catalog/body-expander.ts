import type { DecodingSpace } from '../../codec/compiled/decoding-space.ts';
import { CompressionError } from '../compression/compression-error.ts';
import type { CompiledExpander, FrameExpander, FrameExpanders } from '../compression/frame-expanders.ts';
import type { BodyCompressor } from './body-compressor.ts';
import type { Compression } from './catalog.ts';

/** What decompresses the frames of one type within a space. */
export interface BodyExpander {
  readonly expand: FrameExpander;
  /** The same, where a call of a function of the expanders is all of it. */
  readonly compiled: CompiledExpander | null;
}

/** Make what decompresses the frames of one type within a space: the scheme's expander, or else its compressor. */
export function bodyExpander(
  { scheme }: Compression,
  headerLength: number,
  compressor: BodyCompressor,
  space: DecodingSpace,
  expanders: FrameExpanders | null,
): BodyExpander {
  const { settings, lengthWithoutFill } = compressor;
  const expand = expanders?.(scheme, settings, headerLength) ?? null;
  if (expand === null) {
    const decompress: FrameExpander = (address, length, target) => {
      const { bytes } = space;
      try {
        return compressor.decompressInto(bytes, address, address + length, bytes, target);
      } catch (error) {
        if (error instanceof CompressionError) return -1;
        throw error;
      }
    };
    return { expand: decompress, compiled: null };
  }
  if (lengthWithoutFill === null) return { expand, compiled: expand };
  const withoutFill: FrameExpander = (address, length, target) => {
    const filled = expand(address, length, target);
    return filled < 0 ? filled : lengthWithoutFill(space.bytes, target, filled);
  };
  return { expand: withoutFill, compiled: null };
}
