import type { Codec } from '../codec/create-codec.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import type { FrameReader } from '../frames/catalog/frame-reading.ts';
import type { RecordDecoder } from './record-decoder.ts';
import { sentPlaces } from './sent-places.ts';

/**
 * Make the decoder of a catalog's frames. Of a frame that could not be taken apart the header is read: by its type, so that it has
 * the same members, or by `header` when it is of no type.
 */
export function catalogDecoder(
  { header: { length } }: Catalog,
  reader: FrameReader,
  header: Codec,
  mayWant: RecordDecoder['mayWant'] | null,
): RecordDecoder {
  return {
    ...(mayWant == null ? {} : { mayWant }),
    read(bytes) {
      const head = reader.read(bytes);
      const { type, reading, issues } = head;
      if (type !== null && reading !== null) return { reading, codec: type.codec(), issues, head };
      const codec = type?.codec() ?? header;
      return { reading: codec.read(bytes.subarray(0, length)), codec, issues, head };
    },
    sentOffset(bytes, offset) {
      return sentPlaces(length, reader.explain(bytes).segments, bytes.length)?.byte(offset) ?? offset;
    },
  };
}
