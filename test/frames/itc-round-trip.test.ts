import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FrameRole } from '../../src/frames/catalog/catalog.ts';
import { createFrameReader } from '../../src/frames/catalog/create-frame-reader.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { randomSource } from '../codec/random-source.ts';
import { itcFolder } from './grow-catalog.ts';
import { type Demands, randomValue } from './random-value.ts';

const catalog = loadCatalog(join(itcFolder, 'catalog.yaml'));
const reader = createFrameReader(catalog);
const directions: Readonly<Record<FrameRole, string>> = { request: 'Q', response: 'R', notice: 'A' };
const scales = { 'T031-MISE-UNITAIRE': 2, 'T032-MISE-UNITAIRE': 2 };

/** Bet types of T031 and the view that holds their horses. */
const bets: readonly (readonly [pari: string, view: string])[] = [
  ['SG', 'PARI-SIMPLE'],
  ['SP', 'PARI-SIMPLE'],
  ['SJ', 'PARI-SIMPLE'],
  ['CG', 'PARI-COUPLE'],
  ['CP', 'PARI-COUPLE'],
  ['CO', 'PARI-COUPLE'],
  ['TR', 'PARI-TRIO'],
  ['TO', 'PARI-TRIO'],
  ['D4', 'PARI-DEUXSURQUATRE'],
  ['TI', 'PARI-TIERCE'],
  ['QA', 'PARI-QUARTE'],
  ['QI', 'PARI-QUINTE'],
  ['MU', 'PARI-MULTI'],
];

function expectRoundTrip(name: string, demands: Omit<Demands, 'scales'>, seed: number): void {
  const type = catalog.typeNamed(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  const [record] = type.codec().layout.records;
  if (record === undefined) throw new Error(`no record of ${name}`);
  const values = { ...demands.values, 'ITC-TYPE': name, 'ITC-DIRECTION': directions[type.role] };
  const value = randomValue(record, { ...demands, scales, values }, randomSource(seed));
  const { bytes, issues } = reader.encode(type, value);
  expect(issues).toEqual([]);
  if (bytes === null) throw new Error(`${name} was not written`);
  const found = reader.read(bytes);
  expect(found.issues).toEqual([]);
  expect(found.type?.name).toBe(name);
  if (found.reading === null) throw new Error(`${name} was not read`);
  expect(type.codec().toValue(found.reading)).toEqual({ ...value, 'ITC-LENGTH': bytes.length });
}

describe('a frame of the sample protocol that is written and read again is the same', () => {
  const others = catalog.types.map(({ name }) => name).filter((name) => name !== 'T031');

  test.each(others)('%s', (name) => {
    for (let seed = 1; seed <= 20; seed++) expectRoundTrip(name, { values: {}, views: [] }, seed);
  });

  test.each(bets)('T031 with %s in %s', (pari, view) => {
    for (let seed = 1; seed <= 20; seed++)
      expectRoundTrip('T031', { values: { 'PARI-TYPE': pari }, views: [view] }, seed);
  });
});
