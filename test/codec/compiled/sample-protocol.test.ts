import { describe, expect, it, vi } from 'vitest';
import type { PlannedNode } from '../../../src/codec/compiled/compiled-plan.ts';
import type { Codec } from '../../../src/codec/create-codec.ts';
import { prefixLength } from '../../../src/frames/capture-prefix.ts';
import type { Catalog } from '../../../src/frames/catalog/catalog.ts';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { generateTraffic } from '../../../src/traffic/generate-traffic.ts';
import { itcFolder } from '../../frames/grow-catalog.ts';
import { randomSource } from '../random-source.ts';
import { compareDecoders, compiledOf, emptyComparison } from './compare-decoders.ts';
import { mutated } from './random-comparison.ts';

const firstSeed = Number(process.env['OVERPUNCH_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const mostOfType = 60;

/** What the codecs of a catalog's types are given to read when generated frames are decompressed. */
function recordsOf(catalog: Catalog, seed: number): ReadonlyMap<Codec, readonly Uint8Array[]> {
  const records = new Map<Codec, Uint8Array[]>();
  for (const type of catalog.types) {
    const codec = type.codec();
    const { read } = codec;
    const seen: Uint8Array[] = [];
    records.set(codec, seen);
    vi.spyOn(codec, 'read').mockImplementation((bytes) => {
      if (seen.length < mostOfType) seen.push(Uint8Array.from(bytes));
      return read(bytes);
    });
  }
  const reader = createFrameReader(catalog);
  for (const { capture } of generateTraffic(catalog, { seed, frames: 4000, clean: true })) {
    for (let at = 0; at < capture.length; ) {
      const length = Buffer.from(capture.buffer, capture.byteOffset).readUInt16BE(at + 2);
      reader.read(capture.subarray(at + prefixLength, at + prefixLength + length));
      at += prefixLength + length;
    }
  }
  vi.restoreAllMocks();
  return records;
}

/** The items of a plan that are read outside of the compiled code. */
function readOutside(node: PlannedNode): readonly string[] {
  switch (node.kind) {
    case 'field':
      return node.kernel.kind === 'reference' ? [node.path] : [];
    case 'group':
      return node.members.flatMap(readOutside);
    case 'table':
      return readOutside(node.entry);
    case 'area':
      return node.views.flatMap(readOutside);
    case 'alignment':
      return [];
  }
}

describe('the compiled decoders of the sample protocol', () => {
  const catalog = loadCatalog(`${itcFolder}/catalog.yaml`);

  it('need nothing from outside', () => {
    const plans = catalog.types.map((type) => compiledOf(type.codec()).plan);
    expect(plans.flatMap(({ records }) => records.flatMap(({ root }) => readOutside(root)))).toEqual([]);
  });

  it('give what the reference decoder gives, for clean bodies and changed ones', () => {
    const random = randomSource(firstSeed);
    const asSent = emptyComparison();
    const changed = emptyComparison();
    for (const [codec, records] of recordsOf(catalog, firstSeed % 1000)) {
      const decoder = compiledOf(codec);
      compareDecoders(decoder, records, asSent);
      const damaged = records.map((record) => mutated(record, false, random));
      compareDecoders(decoder, damaged, changed);
    }
    expect(asSent.records).toBeGreaterThan(500);
    expect(asSent.cleanRefused).toBe(0);
    expect(changed.records).toBeGreaterThan(500);
  });
});
