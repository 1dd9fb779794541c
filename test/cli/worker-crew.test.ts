import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ChunkFormat } from '../../src/cli/chunk-decoder.ts';
import { inputFile } from '../../src/cli/input-file.ts';
import { type CrewSettings, WorkerCrew } from '../../src/cli/worker-crew.ts';
import type { CompiledDecoder } from '../../src/codec/compiled/create-compiled-decoder.ts';
import { build } from './overpunch.ts';
import { seenRun, stock, stockDecoder, stockOptions, stockWithWords } from './seen-run.ts';

build(); // other workers are threads, and need the program that there is for them
const folder = mkdtempSync(join(tmpdir(), 'overpunch-crew-'));
const crews: WorkerCrew[] = [];
afterAll(async () => {
  await Promise.all(crews.map((crew) => crew.dismiss()));
  rmSync(folder, { recursive: true });
});
const long = { timeout: 60_000 };

interface Hired {
  readonly crew: WorkerCrew;
  readonly compiled: CompiledDecoder;
  readonly verbose: boolean;
  readonly quarantined: boolean;
  /** Lines are written by each worker, not sent to one. */
  readonly direct: boolean;
}

function hire(
  format: ChunkFormat,
  workers: number,
  sizes: Omit<CrewSettings, 'program' | 'smallestFile'>,
  settings: Pick<Hired, 'verbose' | 'quarantined' | 'direct'>,
): Hired {
  const program = new URL('../../dist/cli/decode-worker.js', import.meta.url);
  const crew = new WorkerCrew(workers, { ...sizes, smallestFile: 0, program });
  crews.push(crew);
  const compiled = stockDecoder(format);
  crew.prepare(compiled, stockOptions(format), { format, ...settings });
  return { crew, compiled, ...settings };
}

/** Demand that workers show what one shows without them. */
async function same(bytes: Uint8Array, format: ChunkFormat, hired: readonly Hired[]): Promise<void> {
  const file = join(folder, 'some.dat');
  writeFileSync(file, bytes);
  const inputs = [await inputFile(file), await inputFile(file)];
  for (const { crew, compiled, direct, ...settings } of hired) {
    const given = { skip: 0, limit: Number.POSITIVE_INFINITY, strict: null, maxErrors: Number.POSITIVE_INFINITY };
    const { progress: _, ...expected } = await seenRun(inputs, format, { compiled: null }, { ...given, ...settings });
    const output = direct ? { file: join(folder, 'out.jsonl') } : {};
    const { progress, ...found } = await seenRun(
      inputs,
      format,
      { compiled, crew, ...output },
      { ...given, ...settings },
    );
    expect(found).toEqual(expected);
    expect(progress.at(-1)).toEqual([2 * bytes.length, 2 * bytes.length, expected.tally.records]);
  }
}

const blocks = Buffer.concat([Buffer.from([0, 114, 0, 0]), stockWithWords]);
const formats: readonly [string, ChunkFormat, Uint8Array][] = [
  ['of one length', { format: 'fixed', recordLength: 18 }, stock],
  ['longer than a chunk', { format: 'fixed', recordLength: 1000 }, stock],
  ['behind words', { format: 'rdw' }, stockWithWords],
  ['in blocks', { format: 'bdw' }, blocks],
];
// Most changes leave most of the file readable; those of words do not.
const changes = fc.array(fc.tuple(fc.nat({ max: 6000 }), fc.constantFrom(0, 1, 0x40, 0xd5, 0xff)), { maxLength: 30 });

describe('workers show what one does', () => {
  it.each(formats)('of records %s, whatever is wrong with them', long, async (_, format, good) => {
    const hired = [
      hire(format, 1, { chunkBytes: 300, partBytes: 9 }, { verbose: true, quarantined: true, direct: false }),
      hire(format, 2, { chunkBytes: 100, partBytes: 1 << 20 }, { verbose: false, quarantined: true, direct: true }),
      hire(format, 3, { chunkBytes: 1000, partBytes: 500 }, { verbose: true, quarantined: false, direct: true }),
      hire(format, 7, { chunkBytes: 150, partBytes: 2000 }, { verbose: false, quarantined: true, direct: false }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 60 }), changes, fc.nat({ max: 40 }), async (times, damage, cut) => {
        const bytes = Uint8Array.from(Buffer.concat(Array.from({ length: times }, () => good)));
        for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
        await same(bytes.subarray(0, Math.max(0, bytes.length - cut)), format, hired);
      }),
      { numRuns: 8 },
    );
  });

  it('of records whose words say nothing wrong, to the end of the file', long, async () => {
    const format = { format: 'rdw' } as const;
    const hired = [
      hire(format, 2, { chunkBytes: 500, partBytes: 9000 }, { verbose: true, quarantined: true, direct: true }),
    ];
    const segment = Buffer.concat([Buffer.from([0, 22, 1, 0]), stock.subarray(0, 18)]);
    const empty = Buffer.from([0, 4, 0, 0]);
    const odd = Buffer.concat([stockWithWords, segment, empty, Buffer.from([0, 22, 0, 9]), stock.subarray(18, 36)]);
    const many = Buffer.concat(Array.from({ length: 50 }, () => odd));
    await same(many, format, hired);
    const longRecord = Buffer.concat([Buffer.from([0xff, 0xff, 0, 0]), Buffer.alloc(0xffff - 4, 0x40)]);
    await same(Buffer.concat([many, longRecord, many]), format, hired);
    await same(Buffer.concat([many, Buffer.from([0, 3, 0, 0]), many]), format, hired);
    await same(Buffer.concat([many, Buffer.from([0, 22])]), format, hired);
  });

  it('of chunks whose lines take more than the space holds', long, async () => {
    const format = { format: 'fixed', recordLength: 18 } as const;
    const bytes = Buffer.concat(Array.from({ length: 2200 }, () => stock));
    for (let at = 5; at < bytes.length; at += 9973) bytes[at] = 0xff;
    for (const direct of [true, false]) {
      const sizes = { chunkBytes: 80_000, partBytes: 30_000 };
      await same(bytes, format, [hire(format, 2, sizes, { verbose: false, quarantined: false, direct })]);
    }
  });
});

describe('what cannot be read or written', () => {
  it('ends the run of all workers', long, async () => {
    const format = { format: 'fixed', recordLength: 18 } as const;
    const { crew, compiled } = hire(
      format,
      3,
      { chunkBytes: 1000, partBytes: 1 << 20 },
      { verbose: false, quarantined: false, direct: true },
    );
    const file = join(folder, 'full.dat');
    writeFileSync(file, Buffer.concat(Array.from({ length: 3000 }, () => stock)));
    const given = { skip: 0, limit: Number.POSITIVE_INFINITY, strict: null, maxErrors: Number.POSITIVE_INFINITY };
    const run = seenRun(
      [await inputFile(file)],
      format,
      { compiled, crew, file: '/dev/full' },
      { ...given, quarantined: false },
    );
    await expect(run).rejects.toThrow('/dev/full: IO: the disk is full');
    expect(readdirSync(folder).filter((name) => name.includes('.part-'))).toEqual([]);
  });
});
