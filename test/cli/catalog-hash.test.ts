import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { catalogHash } from '../../src/cli/catalog-hash.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { fixtures } from './overpunch.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overpunch-hash-'));
  cpSync(join(fixtures, 'till'), folder, { recursive: true });
  const prices = join(folder, 'PRICES.cpy');
  writeFileSync(join(folder, 'REMARK.cpy'), '           05  PRICE-REMARK            PIC X(12).\n');
  const copying = readFileSync(prices, 'utf8').replace(/^.*PRICE-REMARK.*$/m, '           COPY REMARK.');
  writeFileSync(prices, copying);
});
afterEach(() => rmSync(folder, { recursive: true }));

function hash(): string {
  return catalogHash(loadCatalog(join(folder, 'catalog.yaml')));
}

describe('the hash of a catalog', () => {
  it.each(['catalog.yaml', 'HEADER.cpy', 'SALE.cpy', 'REMARK.cpy'])('changes with %s', (name) => {
    const before = hash();
    appendFileSync(join(folder, name), name.endsWith('.yaml') ? '# changed\n' : '      * CHANGED\n');
    expect(hash()).not.toBe(before);
  });

  it('is the same in another folder, and whichever type was read first', () => {
    const before = hash();
    const other = mkdtempSync(join(tmpdir(), 'overpunch-hash-'));
    cpSync(folder, other, { recursive: true });
    rmSync(folder, { recursive: true });
    folder = other;
    const catalog = loadCatalog(join(folder, 'catalog.yaml'));
    catalog.types.at(-1)?.codec();
    expect(catalogHash(catalog)).toBe(before);
  });
});
