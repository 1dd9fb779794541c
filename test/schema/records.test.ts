import { describe, expect, it } from 'vitest';
import type { CodecOptions } from '../../src/codec/index.ts';
import { describeOracle } from '../oracles.ts';
import { avroAcceptance, jsonAcceptance } from './acceptance.ts';
import { carddemoSets, cobolSets, conformanceSets, type RecordSet } from './record-sets.ts';

const optionSets: readonly CodecOptions[] = [
  {},
  { views: 'all', trim: 'none', edited: 'number', numbers: 'string', filler: 'keep' },
  { names: 'snake', numbers: 'bigint', blank: 'zero' },
];

/** Check every record of the sets against both schemas; gives how many there were. */
function checkSets(
  sets: readonly RecordSet[],
  alsoGood = true,
): { readonly records: number; readonly refused: readonly string[] } {
  let records = 0;
  const refused: string[] = [];
  for (const { name, codec, frames } of sets) {
    const json = jsonAcceptance(codec);
    const good = alsoGood ? jsonAcceptance(codec, { good: true }) : () => null;
    const avro = avroAcceptance(codec);
    for (const [index, frame] of frames.entries()) {
      const reading = codec.read(frame);
      const isGood = reading.issues.every(({ severity }) => severity === 'note');
      records += 1;
      const wrong = json(reading) ?? (isGood ? good(reading) : null) ?? avro(reading);
      if (wrong !== null) refused.push(`${name} record ${index + 1}: ${wrong.slice(0, 500)}`);
    }
  }
  return { records, refused };
}

describe.each(optionSets)('ajv and avsc accept, under %o,', (options) => {
  it('every record that COBOL programs wrote', () => {
    const { records, refused } = checkSets(cobolSets(options), options === optionSets[0]);
    expect(refused).toEqual([]);
    expect(records).toBeGreaterThan(100);
  });

  describeOracle('conformance', 'the conformance sets', (folder) => {
    it('every record', { timeout: 120_000 }, () => {
      const { records, refused } = checkSets(conformanceSets(folder, options), options === optionSets[0]);
      expect(refused).toEqual([]);
      expect(records).toBeGreaterThan(0);
    });
  });
});

describeOracle('real/carddemo', 'ajv and avsc accept what a mainframe wrote', (folder) => {
  it('every record', { timeout: 120_000 }, () => {
    const { records, refused } = checkSets(carddemoSets(folder));
    expect(refused).toEqual([]);
    expect(records).toBe(900);
  });
});
