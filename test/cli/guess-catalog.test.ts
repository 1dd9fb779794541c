import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guessCatalog } from '../../src/cli/guess-catalog.ts';
import type { RunFacts } from '../../src/cli/run-shape.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { fixtures } from './overpunch.ts';

const header = frameCheckOf(loadCatalog(join(fixtures, 'till/catalog.yaml')));

function guess(file: string, format: string, facts: Partial<RunFacts> = {}): string | null {
  const sample = readFileSync(join(fixtures, file));
  const lost = { records: 0, bad: 0, garbage: 1, untyped: 0, remainder: 0 };
  return guessCatalog({ sample, size: sample.length, ...lost, ...facts }, { format, protocol: 'TILL', header });
}

describe('what is probably wrong with a file read by a catalog', () => {
  it.each([
    ['till.cap', 'frames', /--format capture$/],
    ['till.frames', 'capture', /--format frames$/],
    ['till.vb', 'capture', /--format rdw$/],
    ['order-little.vb', 'capture', /--rdw-endian little$/],
    ['order.vbb', 'capture', /--format bdw$/],
    ['stock.dat', 'capture', /nothing in the file reads as a frame of TILL/],
  ])('tells of %s read as %s', (file, format, expected) => {
    expect(guess(file, format)).toMatch(expected);
  });

  it('tells of frames that are of another protocol, and of copybooks that do not fit', () => {
    expect(guess('stock.dat', 'capture', { records: 9, bad: 9, untyped: 8, garbage: 0 })).toMatch(/of no type/);
    expect(guess('stock.dat', 'capture', { records: 9, bad: 9, untyped: 1, garbage: 0 })).toMatch(/copybooks/);
  });

  it('is silent when most frames are good, and in a quarantine', () => {
    expect(guess('stock.dat', 'capture', { records: 9, bad: 2, garbage: 3 })).toBeNull();
    expect(guess('till.cap', 'quarantine', { records: 9, bad: 9 })).toBeNull();
  });

  it('tells of an empty file', () => {
    expect(guess('till.cap', 'capture', { garbage: 0, size: 0 })).toMatch(/empty/);
  });
});
