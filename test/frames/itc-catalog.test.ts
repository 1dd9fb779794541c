import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkCatalog } from '../../src/frames/catalog/check-catalog.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { growCatalog, itcFolder } from './grow-catalog.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-catalog-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the catalog of the sample protocol', () => {
  const catalog = loadCatalog(join(itcFolder, 'catalog.yaml'));

  test('has no problems', () => {
    expect(checkCatalog(catalog)).toEqual([]);
  });

  test('has a type for every copybook but that of the header, and a pair for every request and response', () => {
    expect(catalog.types).toHaveLength(46);
    for (const { name, role, pairsWith } of catalog.types) {
      expect({ name, pairsWith }).toEqual({
        name,
        pairsWith: role === 'notice' ? null : `${role === 'request' ? 'R' : 'T'}${name.slice(1)}`,
      });
    }
  });

  test('compresses in every way there is', () => {
    const schemes = new Set(catalog.types.map(({ compression }) => compression?.scheme));
    expect(schemes).toEqual(new Set([undefined, 'nje', 'sna', 'run-length', 'cut', 'bitmap']));
  });

  test('gives every event its bet and ticket, or its coupon, and terminal and time', () => {
    for (const { role, events } of catalog.types) {
      for (const { event, fields } of events) {
        const about = event === 'redemptions' ? ['coupon'] : role === 'notice' ? [] : ['bet', 'ticket'];
        expect(Object.keys(fields)).toEqual(expect.arrayContaining([...about, 'terminal', 'time']));
      }
    }
  });
});

describe('a catalog grown to 160 types', () => {
  const file = growCatalog(folder, 160, 20240311);

  test('has no problems', () => {
    const catalog = loadCatalog(file);
    expect(catalog.types).toHaveLength(160);
    expect(checkCatalog(catalog)).toEqual([]);
  });

  test('is the same for the same seed', () => {
    const before = readFileSync(file, 'utf8');
    growCatalog(folder, 160, 20240311);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
