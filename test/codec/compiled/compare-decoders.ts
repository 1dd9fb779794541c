import { expect } from 'vitest';
import { type CompiledDecoder, createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import type { Codec } from '../../../src/codec/create-codec.ts';

/** How often the two decoders were compared. */
export interface Comparison {
  records: number;
  /** Records without issues that the compiled decoder left to the reference decoder all the same. */
  cleanRefused: number;
  clean: number;
}

/** Make the compiled decoder of a codec. Throws when there is none. */
export function compiledOf(codec: Codec): CompiledDecoder {
  const decoder = createCompiledDecoder(codec);
  if ('refused' in decoder) throw new Error(decoder.refused);
  return decoder;
}

/**
 * Decode records with both decoders. A record that the compiled one takes must have no issues, and the same line byte for byte; what it
 * refuses is left to the reference decoder, which is the same by definition.
 */
export function compareDecoders(decoder: CompiledDecoder, records: readonly Uint8Array[], seen: Comparison): void {
  const { codec } = decoder;
  const total = records.reduce((sum, { length }) => sum + length, 0);
  decoder.space.reserve(total, records.length);
  let offset = 0;
  for (const [index, record] of records.entries()) {
    decoder.space.input.set(record, offset);
    decoder.space.list.set([offset, record.length], 2 * index);
    offset += record.length;
  }
  for (let first = 0; first < records.length; ) {
    decoder.space.clear();
    const { done, stopped } = decoder.decodeListed(first, records.length - first);
    const taken = records.slice(first, first + done);
    const readings = taken.map((record) => codec.read(record));
    const lines = readings.map((reading) => `${codec.toJson(reading)}\n`).join('');
    expect(Buffer.from(decoder.space.output).toString('utf8')).toBe(lines);
    for (const reading of readings) expect(reading.issues).toEqual([]);
    seen.records += done;
    seen.clean += done;
    first += done;
    const refused = records[first];
    if (stopped !== 'unusual' || refused === undefined) continue;
    if (codec.read(refused).issues.length === 0) {
      seen.clean += 1;
      seen.cleanRefused += 1;
    }
    seen.records += 1;
    first += 1;
  }
}
