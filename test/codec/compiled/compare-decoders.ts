import assert from 'node:assert/strict';
import { type CompiledDecoder, createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import type { Codec } from '../../../src/codec/create-codec.ts';

/** How often the two decoders were compared. */
export interface Comparison {
  records: number;
  /** Records without issues that the compiled decoder left to the reference decoder all the same. */
  cleanRefused: number;
  clean: number;
  /** Records with notes and no errors that the compiled decoder took, and those that it did not. */
  noted: number;
  notedRefused: number;
}

/** Start to count. */
export function emptyComparison(): Comparison {
  return { records: 0, clean: 0, cleanRefused: 0, noted: 0, notedRefused: 0 };
}

/** Make the compiled decoder of a codec. Throws when there is none. */
export function compiledOf(codec: Codec): CompiledDecoder {
  const decoder = createCompiledDecoder(codec);
  if ('refused' in decoder) throw new Error(decoder.refused);
  return decoder;
}

/**
 * Decode records with both decoders. A record that the compiled one takes must have the same issues, and the same line byte for byte; what
 * it refuses is left to the reference decoder, which is the same by definition.
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
    assert.equal(Buffer.from(decoder.space.output).toString('utf8'), lines);
    const noted = stopped === 'noted' ? readings.pop()?.issues : [];
    for (const reading of readings) assert.deepEqual(reading.issues, []);
    assert.deepEqual(decoder.notes, noted);
    seen.records += done;
    seen.clean += readings.length;
    if (stopped === 'noted') seen.noted += 1;
    first += done;
    const refused = records[first];
    if (stopped !== 'unusual' || refused === undefined) continue;
    const { issues } = codec.read(refused);
    if (issues.length === 0) {
      seen.clean += 1;
      seen.cleanRefused += 1;
    } else if (issues.every(({ severity }) => severity === 'note')) {
      seen.notedRefused += 1;
    }
    seen.records += 1;
    first += 1;
  }
}
