import type { Codec } from '../../codec/create-codec.ts';
import type { Issue } from '../../codec/issue.ts';
import type { RecordReading } from '../../codec/reading.ts';
import { CompressionError } from '../compression/compression-error.ts';
import { createHeaderReader } from '../header/create-header-reader.ts';
import { type BodyCompressor, bodyCompressor } from './body-compressor.ts';
import { type Catalog, type FrameType, frameRoles } from './catalog.ts';
import { frameEncoder } from './frame-encoder.ts';
import type { FrameHead, FrameReader, FrameReading } from './frame-reading.ts';
import { headCheck } from './head-check.ts';
import { frameError } from './header-issues.ts';

const nothing: FrameHead = { type: null, role: null, key: null, sequence: null, time: null };
const noIssues: readonly Issue[] = [];
const shownBytes = 16; // of a body that does not decompress, from where it is wrong

/** A type that frames were seen of. */
interface Prepared {
  readonly codec: Codec;
  readonly compressor: BodyCompressor | null;
}

/**
 * Make the reader of a protocol's frames: header, type, direction, decompression, decoding, in this order.
 *
 * It reads one frame at a time: its head is a view that moves. Throws what the header reader throws for options.
 */
export function createFrameReader(catalog: Catalog): FrameReader {
  const { header, types } = catalog;
  const view = createHeaderReader(catalog);
  const { isSound, issues: headIssues, isCompressed } = headCheck(catalog, view);
  const prepared = new Array<Prepared | undefined>(types.length).fill(undefined);

  const prepare = (type: FrameType): Prepared => {
    let found = prepared[type.index];
    if (found === undefined) {
      const codec = type.codec();
      const { compression } = type;
      found = { codec, compressor: compression === null ? null : bodyCompressor(compression, header.length, codec) };
      prepared[type.index] = found;
    }
    return found;
  };

  // Every reading has the same members in the same order, written out: one shape, and no copying in the way of every frame.
  const outcome = (
    type: FrameType | null,
    plain: Uint8Array,
    reading: RecordReading | null,
    issues: readonly Issue[],
  ): FrameReading => {
    const { sequence, time } = view;
    return {
      type,
      role: type === null ? (frameRoles[view.direction] ?? null) : type.role,
      key: view.keyText(),
      sequence: Number.isNaN(sequence) ? null : sequence,
      time: Number.isNaN(time) ? null : time,
      plain,
      reading,
      issues,
    };
  };

  const read = (bytes: Uint8Array): FrameReading => {
    if (!view.at(bytes, 0)) {
      const expected = `a header of ${header.length} bytes; the frame has ${bytes.length}`;
      const issue = frameError('HEADER_CUT', '', bytes, 0, bytes.length, expected);
      return { ...nothing, plain: bytes, reading: null, issues: [issue] };
    }
    const type = types[view.type] ?? null;
    const sound = type !== null && isSound(bytes.length, type);
    const issues = sound ? noIssues : headIssues(bytes, type);
    if (type === null || issues.some(({ code }) => code === 'HEADER_LENGTH')) return outcome(type, bytes, null, issues);
    const { codec, compressor } = prepared[type.index] ?? prepare(type);
    let plain = bytes;
    if (compressor !== null && isCompressed(type)) {
      try {
        plain = compressor.decompress(bytes);
      } catch (error) {
        return outcome(type, bytes, null, [...issues, compressionIssue(error, bytes, header.length)]);
      }
    }
    const reading = codec.read(plain);
    return outcome(type, plain, reading, issues.length === 0 ? reading.issues : [...issues, ...reading.issues]);
  };

  return {
    read,
    explain(bytes) {
      const frame = read(bytes);
      if (frame.type === null || frame.reading === null) return { ...frame, explained: null, segments: [] };
      const { codec, compressor } = prepare(frame.type);
      const compressed = compressor !== null && isCompressed(frame.type);
      return {
        ...frame,
        explained: codec.explain(frame.plain),
        segments: compressed ? compressor.segments(bytes) : [],
      };
    },
    encode: frameEncoder(catalog, (type, bytes) => {
      view.at(bytes, 0);
      const { codec, compressor } = prepare(type);
      return { codec, type: view.type, compressor: isCompressed(type) ? compressor : null };
    }),
  };
}

/** The issue of a body that does not decompress; what is no such error is thrown on. */
function compressionIssue(error: unknown, bytes: Uint8Array, headerLength: number): Issue {
  if (!(error instanceof CompressionError)) throw error;
  const offset = Math.min(headerLength + error.offset, bytes.length);
  const expected = error.message.replace(/^byte [0-9]+: expected /, '');
  return frameError(error.code, '', bytes, offset, Math.min(shownBytes, bytes.length - offset), expected);
}
