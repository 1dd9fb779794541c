import type { Codec } from '../../codec/create-codec.ts';
import type { Issue } from '../../codec/issue.ts';
import type { RecordReading } from '../../codec/reading.ts';
import { CompressionError } from '../compression/compression-error.ts';
import { createHeaderReader } from '../header/create-header-reader.ts';
import type { HeaderReader } from '../header/header-reader.ts';
import { type BodyCompressor, bodyCompressor } from './body-compressor.ts';
import { type Catalog, type FrameType, frameRoles } from './catalog.ts';
import { frameEncoder } from './frame-encoder.ts';
import type { FrameHead, FrameReader, FrameReading } from './frame-reading.ts';
import { frameError, headerCheck, headerError } from './header-issues.ts';

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
  const unreadable = headerCheck(catalog);
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

  const wrongDirection = (type: FrameType): string | null => {
    const { directions, fields } = header;
    if (fields.direction === null || frameRoles[view.direction] === type.role) return null;
    const values = directions[type.role];
    // A role that no value stands for follows from the type; a value of another role contradicts it all the same.
    if (values.length === 0) return view.direction < 0 ? null : `another value: ${type.name} is a ${type.role}`;
    return `${values.join(' or ')}: ${type.name} is a ${type.role}`;
  };

  const hasSequence = header.fields.sequence !== null;
  const hasTime = header.fields.time !== null;
  const hasLength = header.fields.length !== null;
  const hasDirection = header.fields.direction !== null;

  /** Whether nothing is wrong with the header: most frames. */
  const isSound = (head: HeaderReader, length: number, type: FrameType): boolean =>
    !Number.isNaN(head.key + head.flags) &&
    (!hasSequence || !Number.isNaN(head.sequence)) &&
    (!hasTime || !Number.isNaN(head.time)) &&
    (!hasLength || head.frameLength === length) &&
    (!hasDirection || frameRoles[head.direction] === type.role);

  const isCompressed = ({ compression }: FrameType): boolean =>
    compression !== null && (compression.flag === 0 || (view.flags & compression.flag) !== 0);

  /** Find what is wrong with the header of the frame in view; the last issue may be one that ends it all. */
  const headIssues = (bytes: Uint8Array, type: FrameType | null): readonly Issue[] => {
    const issues = [...unreadable(view, bytes)];
    const { frameLength } = view;
    const { length, direction } = header.fields;
    if (length !== null && frameLength !== bytes.length && !Number.isNaN(frameLength)) {
      const expected = `the length of this frame, ${bytes.length} bytes; it says ${frameLength}`;
      issues.push(headerError('HEADER_LENGTH', length, bytes, expected));
    } else if (type === null) {
      const expected = `the value of one of the ${types.length} types of ${catalog.protocol}`;
      issues.push(headerError('FRAME_TYPE', header.discriminators[0] ?? header.fields.type, bytes, expected));
    } else {
      const expected = wrongDirection(type);
      if (expected !== null && direction !== null)
        issues.push(headerError('FRAME_DIRECTION', direction, bytes, expected));
    }
    return issues;
  };

  const read = (bytes: Uint8Array): FrameReading => {
    if (!view.at(bytes, 0)) {
      const expected = `a header of ${header.length} bytes; the frame has ${bytes.length}`;
      const issue = frameError('HEADER_CUT', '', bytes, 0, bytes.length, expected);
      return { ...nothing, plain: bytes, reading: null, issues: [issue] };
    }
    const type = types[view.type] ?? null;
    const sound = type !== null && isSound(view, bytes.length, type);
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
