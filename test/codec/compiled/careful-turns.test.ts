import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../../src/codec/codec-options.ts';
import { createCompiledDecoder } from '../../../src/codec/compiled/create-compiled-decoder.ts';
import { codecOf } from '../codec-of.ts';
import { compareDecoders, compiledOf, emptyComparison } from './compare-decoders.ts';

const texts = [
  'MARTIN',
  '\u00e9t\u00e9',
  '"',
  '#1 [A]',
  'L\u00c9ON DUPONT \u00c0 PARIS 12\u00b0',
  '',
  '\u00e9'.repeat(30),
];
const fields = '05 K PIC X. 05 T PIC X(30). 05 N PIC 9(3). 05 U PIC X(5). 05 V PIC X(20).';
const options: CodecOptions = { codepage: 'cp1147' };

/** Records that ask for each kind of code in turn: long runs of one, and all kinds mixed. */
function records(text: (round: number) => string, number: (round: number) => readonly number[]): readonly Uint8Array[] {
  const codec = codecOf(`01 R. ${fields}`, options);
  return Array.from({ length: 700 }, (_, round) => {
    const encoded = codec.encode({
      K: round % 2 === 0 ? 'A' : 'B',
      T: text(round),
      N: 7,
      U: text(round + 1).slice(0, 5),
      V: text(round + 3).slice(0, 20),
    });
    if (encoded.bytes === null) throw new Error('not encoded');
    const record = Uint8Array.from(encoded.bytes);
    record.set(number(round), 31);
    return record;
  });
}

const good = [0xf1, 0xf2, 0xf3];
const blank = [0x40, 0x40, 0x40];
const wrong = [0xf1, 0x01, 0xf3];
const pick = (round: number): string => texts[(round * 5 + (round >> 3)) % texts.length] ?? '';
const samples = {
  'all with accents': records(
    () => '\u00e9t\u00e9',
    () => good,
  ),
  'first with accents, then without': records(
    (round) => (round < 300 ? 'No\u00ebl' : 'NOEL'),
    () => good,
  ),
  'any text': records(pick, () => good),
  'any text, some numbers blank or wrong': records(pick, (round) =>
    round % 17 === 0 ? wrong : round % 5 === 0 ? blank : good,
  ),
};

describe('careful code that goes first', () => {
  it.each(Object.entries(samples))('gives what the reference decoder gives: %s', (_, list) => {
    const seen = emptyComparison();
    compareDecoders(compiledOf(codecOf(`01 R. ${fields}`, options)), list, seen);
    expect(seen.records).toBe(list.length);
    expect(seen.cleanRefused).toBe(0);
  });

  it.each(Object.entries(samples))('does so for each of two layouts: %s', (_, list) => {
    const two = `01 R. ${fields} 01 S. 05 K PIC X. 05 A PIC X(30). 05 B PIC 9(3). 05 C PIC X(25).`;
    const codec = codecOf(two, { ...options, recordWhen: ['K:A=R', 'K:B=S'] });
    const seen = emptyComparison();
    compareDecoders(compiledOf(codec), list, seen);
    expect(seen.records).toBe(list.length);
    expect(seen.cleanRefused).toBe(0);
  });
});

describe('a module that was made before', () => {
  it.each(Object.entries(samples))('gives what the reference decoder gives: %s', (_, list) => {
    const codec = codecOf(`01 R. ${fields}`, options);
    const { made } = compiledOf(codec);
    const seen = emptyComparison();
    const decoder = createCompiledDecoder(codec, undefined, undefined, made);
    if ('refused' in decoder) throw new Error(decoder.refused);
    expect(decoder.made?.module).toBe(made?.module);
    compareDecoders(decoder, list, seen);
    expect(seen.records).toBe(list.length);
    expect(seen.cleanRefused).toBe(0);
  });

  it('is not used where it would keep what it needs elsewhere', () => {
    const codec = codecOf(`01 R. ${fields}`, options);
    const { made, space } = compiledOf(codec);
    const decoder = createCompiledDecoder(codec, space, undefined, made);
    if ('refused' in decoder) throw new Error(decoder.refused);
    expect(decoder.made?.module).not.toBe(made?.module);
    compareDecoders(decoder, samples['any text'], emptyComparison());
  });
});
