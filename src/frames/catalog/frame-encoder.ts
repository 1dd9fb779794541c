import type { Codec } from '../../codec/create-codec.ts';
import { type EncodeIssue, shownValue } from '../../codec/encode-issue.ts';
import { fieldWriter } from '../../codec/field-writer.ts';
import { itemPath } from '../../codec/item-path.ts';
import type { RecordShape } from '../../codec/shape.ts';
import { matchItems } from '../../copybook/find-item.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import { copyBits } from '../../ebcdic/copy-bits.ts';
import type { Code } from '../../errors.ts';
import { CompressionError } from '../compression/compression-error.ts';
import type { BodyCompressor } from './body-compressor.ts';
import type { Catalog, FrameType } from './catalog.ts';
import type { EncodedFrame, FrameReader } from './frame-reading.ts';

/** What the header of an encoded, still uncompressed frame says. */
export interface EncodedHead {
  /** Index of the type it is read as. */
  readonly type: number;
  /** `null` when the body is sent as it is. */
  readonly compressor: BodyCompressor | null;
}

/** Make the writer of a protocol's frames. `headOf` reads the header of a frame of a type. */
export function frameEncoder(
  catalog: Catalog,
  headOf: (type: FrameType, bytes: Uint8Array) => EncodedHead,
): FrameReader['encode'] {
  const { header } = catalog;
  const { length: lengthItem } = header.fields;
  const putLength = lengthItem === null ? null : lengthWriter(catalog, lengthItem);

  return (type, value) => {
    const codec = type.codec();
    const given = lengthItem === null ? value : withLength(value, codec, lengthItem);
    const encoded = codec.encode(given);
    if (encoded.bytes === null) return encoded;
    let { bytes }: { bytes: Uint8Array } = encoded;
    const head = headOf(type, bytes);
    if (head.type !== type.index) {
      const read = catalog.types[head.type]?.name ?? 'no type of the catalog';
      return refusal('FRAME_TYPE', header.fields.type, value, `the values of ${type.name}; these are read as ${read}`);
    }
    if (head.compressor !== null) {
      try {
        bytes = head.compressor.compress(bytes);
      } catch (error) {
        if (!(error instanceof CompressionError)) throw error;
        return refusal(error.code, null, value, error.message);
      }
    }
    if (bytes.length > header.maximumFrame) {
      return refusal(
        'FRAME_LENGTH',
        null,
        value,
        `at most ${header.maximumFrame} bytes; the frame has ${bytes.length}`,
      );
    }
    const problem = putLength?.(bytes) ?? null;
    return problem === null ? { bytes, issues: [] } : { bytes: null, issues: [problem] };
  };
}

function refusal(code: Code, item: LayoutItem | null, value: unknown, expected: string): EncodedFrame {
  return { bytes: null, issues: [refusalIssue(code, item, value, expected)] };
}

function refusalIssue(code: Code, item: LayoutItem | null, value: unknown, expected: string): EncodeIssue {
  const path = item === null ? '' : itemPath(item, []);
  return { code, severity: 'error', path, value: shownValue(value), expected };
}

/** Make the writer of a frame's length into its header. */
function lengthWriter({ header }: Catalog, item: LayoutItem): (frame: Uint8Array) => EncodeIssue | null {
  const { codec, lengthAdjustment } = header;
  const settings = codec.settingsOf(item);
  if (settings === undefined || item.type === null) throw new RangeError(`${item.path} is no field of the header`);
  const write = fieldWriter(item, { ...settings, as: 'item' }, codec.options);
  return (frame) => {
    const count = frame.length - lengthAdjustment;
    const written = write(lengthValue(item, count), false);
    if ('code' in written) return refusalIssue(written.code, item, count, written.expected);
    copyBits(written.bytes, 0, frame, 8 * item.offset + item.bit, item.bitLength);
    return null;
  };
}

/** A length as its field takes it: texts are digits with leading zeros. */
function lengthValue(item: LayoutItem, count: number): number | string {
  return item.type?.kind === 'text' ? String(count).padStart(item.length, '0') : count;
}

/** The value with a length that can be written: the right one is put there when it is known. */
function withLength(value: unknown, codec: Codec, item: LayoutItem): unknown {
  const [record] = codec.records;
  const shape = record === undefined ? undefined : codec.shapeOf(record);
  const own =
    record === undefined ? [] : matchItems(record, item.name ?? '').filter(({ offset }) => offset === item.offset);
  const [found] = own;
  if (shape === undefined || found === undefined) return value;
  const placeholder = codec.settingsOf(found)?.as === 'hex' ? '00'.repeat(item.length) : lengthValue(item, 0);
  return withMember(value, wayTo(found, shape), placeholder);
}

/** Names of the members that lead to an item. */
function wayTo(item: LayoutItem, shape: RecordShape): readonly string[] {
  const way: string[] = [];
  for (let at = item; at.parent !== null; at = at.parent) {
    if (shape.roles[at.index] === 'member') way.unshift(shape.names[at.index] ?? '');
  }
  return way;
}

function withMember(value: unknown, way: readonly string[], member: unknown): unknown {
  const [name, ...rest] = way;
  if (name === undefined) return member;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return value === undefined && rest.length > 0 ? withMember({}, way, member) : value;
  }
  const inner = rest.length === 0 ? member : withMember((value as Record<string, unknown>)[name], rest, member);
  return { ...value, [name]: inner };
}
