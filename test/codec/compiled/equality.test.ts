import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import { createCodec } from '../../../src/codec/create-codec.ts';
import { layoutOf, parseCopybook } from '../../../src/copybook/index.ts';
import { writeCopybook } from '../random-copybook.ts';
import { randomRecord } from '../random-record.ts';
import { type RandomSource, randomSource } from '../random-source.ts';
import { type Comparison, compareDecoders } from './compare-decoders.ts';

const parts = [1, 2, 3, 4, 5, 6];
const copybooks = Number(process.env['OVERPUNCH_COPYBOOKS'] ?? 100); // in each part
const recordsEach = 40;
const firstSeed = Number(process.env['OVERPUNCH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Damage a record as data is damaged: bytes, nibbles and lengths. */
function mutated(record: Uint8Array, text: boolean, random: RandomSource): Uint8Array {
  const bytes = Uint8Array.from(record);
  for (let change = random.integer(0, 3); change > 0 && bytes.length > 0; change--) {
    const at = random.integer(0, bytes.length - 1);
    const interesting = [
      0x40, 0x00, 0x0c, 0x0d, 0x0f, 0xc0, 0xd0, 0xf0, 0xf9, 0x20, 0x30, 0xff, 0x7f, 0x0e, 0x51, 0xe0,
    ];
    bytes[at] = random.chance(0.5) ? random.pick(interesting) : random.integer(0, 255);
  }
  if (random.chance(text ? 0.4 : 0.9)) return bytes;
  return random.chance(0.5) ? bytes.subarray(0, random.integer(0, bytes.length)) : Uint8Array.from([...bytes, 0x40]);
}

/** Options beyond those that random copybooks come with. */
function moreOptions(options: CodecOptions, random: RandomSource): CodecOptions {
  return {
    ...options,
    views: random.pick(['good', 'all', 'first']),
    view: random.chance(0.8) ? options.view : [],
    zoned: random.pick(['strict', 'strict', 'lenient']),
    trim: random.chance(0.7) ? options.trim : random.pick(['left', 'both', 'nul']),
    numbers: random.chance(0.8) ? options.numbers : 'number',
    blank: random.pick(['null', 'zero', 'error']),
    codepage: random.chance(0.8)
      ? options.codepage
      : random.pick(options.codepage === 'latin1' ? ['ascii', 'utf8'] : ['cp1147', 'cp930', 'cp500']),
    format: random.chance(0.8) ? options.format : 'text',
  };
}

describe('the compiled decoder', () => {
  it.each(parts)('gives what the reference decoder gives, for random copybooks and records (part %i)', (part) => {
    const seen: Comparison = { records: 0, clean: 0, cleanRefused: 0 };
    const refused = new Map<string, number>();
    let compiled = 0;
    for (let index = 0; index < copybooks; index++) {
      const seed = firstSeed + part * copybooks + index;
      const random = randomSource(seed);
      const { text, dialect, options: written } = writeCopybook(random, random.integer(1, 14));
      if (/^ *[5-9]\d /m.test(text)) continue; // items nested too deeply
      const options = moreOptions(written, random);
      const layout = layoutOf(parseCopybook(text, { file: 'TEST.cpy', sourceFormat: 'free' }), dialect);
      const maker = createCodec(layout, written);
      const codec = createCodec(layout, options);
      const decoder = createCompiledDecoder(codec);
      if ('refused' in decoder) {
        const why = decoder.refused.replace(/of [^ ]+/, 'of …');
        refused.set(why, (refused.get(why) ?? 0) + 1);
        continue;
      }
      compiled += 1;
      const [record] = codec.records;
      if (record === undefined) throw new Error('no record');
      const records = Array.from({ length: recordsEach }, (_, at) => {
        const made = randomRecord(record, maker.options, random);
        return at % 2 === 0 ? made : mutated(made, options.format === 'text', random);
      });
      try {
        compareDecoders(decoder, records, seen);
      } catch (error) {
        throw new Error(`seed ${seed}: ${JSON.stringify(options)}\n${text}`, { cause: error });
      }
    }
    if (process.env['OVERPUNCH_VERBOSE'] !== undefined) console.log({ compiled, ...seen }, refused);
    // Half of these copybooks have bits of variable length, which no compiled decoder reads.
    expect(compiled).toBeGreaterThan(copybooks * 0.2);
    expect(seen.cleanRefused).toBeLessThan(seen.clean * 0.15);
  });
});
