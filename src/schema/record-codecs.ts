import type { CodecOptions } from '../codec/codec-options.ts';
import { type Codec, createCodec } from '../codec/create-codec.ts';
import type { Layout } from '../copybook/layout.ts';

/**
 * Make the codec of a layout, or one for each 01 when there are several and nothing says which to read: what can be described
 * even where it could not be decoded.
 *
 * Throws what createCodec throws.
 */
export function recordCodecs(layout: Layout, options: CodecOptions = {}): readonly Codec[] {
  const { records } = layout;
  const told = options.record !== undefined || options.recordWhen !== undefined;
  if (told || records.length < 2) return [createCodec(layout, options)];
  return records.map((record) => {
    // Two copybooks may have an 01 of the same name: the first of them is the one that is meant.
    const others = records.filter((other) => other !== record);
    return createCodec({ ...layout, records: [record, ...others] }, { ...options, record: record.name });
  });
}
