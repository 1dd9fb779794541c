import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type InputFile, inputFile } from '../../src/cli/input-file.ts';
import type { FrameFormat } from '../../src/frames/framer.ts';
import { fixtures } from './overpunch.ts';
import { type RunSettings, seenRun, stock, stockDecoder, stockWithWords as withWords } from './seen-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

function seen(
  inputs: readonly InputFile[],
  format: FrameFormat,
  engine: 'reference' | 'compiled',
  settings: RunSettings,
): Promise<object> {
  return seenRun(inputs, format, { compiled: engine === 'compiled' ? stockDecoder(format) : null }, settings);
}

/** Bytes that come in chunks of a size. */
function inChunks(bytes: Uint8Array, size: number): InputFile {
  return {
    name: 'x',
    size: null,
    identity: '',
    async *chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    },
  };
}

const formats = fc.constantFrom<[FrameFormat, Uint8Array]>(
  [{ format: 'fixed', recordLength: 18 }, stock],
  [{ format: 'fixed', recordLength: 20 }, stock],
  [{ format: 'rdw' }, withWords],
  [{ format: 'bdw' }, Buffer.concat([Buffer.from([0, 114, 0, 0]), withWords])],
  [
    { format: 'text', lineEnds: 'ascii' },
    Buffer.concat([stock.subarray(0, 18), Buffer.from('\n'), stock.subarray(18)]),
  ],
);
/** Change bytes; of blanks come eight together, so that whole numbers are blank. */
function change(bytes: Uint8Array, damage: readonly (readonly [number, number])[]): void {
  const within = (at: number): number => Math.min(at, bytes.length);
  for (const [at, value] of damage) bytes.fill(value, within(at), within(value === 0x40 ? at + 8 : at + 1));
}

const values = fc.oneof(fc.nat({ max: 255 }), fc.constant(0x40));
const changes = fc.array(fc.tuple(fc.nat({ max: 2000 }), values), { maxLength: 12 });
const settings: fc.Arbitrary<RunSettings> = fc.record({
  skip: fc.constantFrom(0, 0, 3, 50),
  limit: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 1, 20),
  strict: fc.constantFrom(null, null, 'errors' as const, 'notes' as const),
  maxErrors: fc.constantFrom(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 2),
  quarantined: fc.boolean(),
});

describe('a run with the compiled decoder', () => {
  it('is the same as one without it, whatever is wrong with the records', async () => {
    await fc.assert(
      fc.asyncProperty(
        formats,
        changes,
        fc.nat({ max: 40 }),
        fc.integer({ min: 1, max: 900 }),
        settings,
        async ([format, good], damage, cut, size, given) => {
          const bytes = Uint8Array.from(Buffer.concat(Array.from({ length: 20 }, () => good)));
          change(bytes, damage);
          const inputs = [inChunks(bytes.subarray(0, bytes.length - cut), size), inChunks(stock, 100)];
          const expected = await seen(inputs, format, 'reference', given);
          expect(await seen(inputs, format, 'compiled', given)).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the same for files that are read into the space of the decoder', async () => {
    const file = join(folder, 'long.dat');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<[FrameFormat, Uint8Array]>(
          ...[17, 18, 180, 200_000].map((recordLength): [FrameFormat, Uint8Array] => [
            { format: 'fixed', recordLength },
            stock,
          ]),
          [{ format: 'rdw' }, withWords],
          [{ format: 'rdw', rdw: { adjustment: 1 } }, withWords],
        ),
        fc.array(fc.tuple(fc.nat({ max: 300_000 }), values), { maxLength: 40 }),
        fc.nat({ max: 40 }),
        settings,
        async ([format, good], damage, cut, given) => {
          const bytes = Buffer.concat(Array.from({ length: 3300 }, () => good));
          change(bytes, damage);
          writeFileSync(file, bytes.subarray(0, bytes.length - cut));
          const inputs = [await inputFile(file), await inputFile(join(fixtures, 'stock.dat'))];
          const expected = await seen(inputs, format, 'reference', given);
          expect(await seen(inputs, format, 'compiled', given)).toEqual(expected);
        },
      ),
      { numRuns: 20 },
    );
  });
});
