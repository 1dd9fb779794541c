import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ChunkDecoder, type ChunkedFile, type ChunkFormat, lastChunk } from '../../src/cli/chunk-decoder.ts';
import type { ChunkPart } from '../../src/cli/chunk-part.ts';
import { ChunkTurns } from '../../src/cli/chunk-turns.ts';
import { addTally, emptyTally } from '../../src/cli/decode-tally.ts';
import { inputFile } from '../../src/cli/input-file.ts';
import { PartQueue } from '../../src/cli/part-queue.ts';
import type { CompiledDecoder } from '../../src/codec/compiled/create-compiled-decoder.ts';
import { seenRun, stock, stockDecoder, stockWithWords } from './seen-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-chunks-'));
const data = join(folder, 'some.dat');
const out = join(folder, 'out.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));
const clean = stock.subarray(0, 18);
const fixed = { format: 'fixed', recordLength: 18 } as const;
const given = { skip: 0, limit: Number.POSITIVE_INFINITY, strict: null, maxErrors: Number.POSITIVE_INFINITY };

interface Together {
  readonly format: ChunkFormat;
  readonly chunkBytes: number;
  readonly partBytes: number;
  readonly direct: boolean;
  /** For each decoder how long it is away behind its chunks, one after the other. */
  readonly pauses: readonly (readonly number[])[];
  /** How long parts wait to be entered. */
  readonly delays: readonly number[];
}

const compiled = new Map<string, CompiledDecoder[]>();

/** Decoders of their own, made once. */
function decodersFor(format: ChunkFormat, count: number): readonly CompiledDecoder[] {
  const made = compiled.get(format.format) ?? [];
  while (made.length < count) made.push(stockDecoder(format));
  compiled.set(format.format, made);
  return made.slice(0, count);
}

async function away(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await setImmediate();
}

/** Decode the file by several decoders that take turns in one thread, and gather what they write, tell and count. */
async function together(bytes: Uint8Array, { format, direct, pauses, delays, ...sizes }: Together) {
  writeFileSync(data, bytes);
  const [descriptor, output] = [openSync(data, 'r'), openSync(out, 'w')];
  const file: ChunkedFile = {
    name: data,
    size: bytes.length,
    descriptor,
    output: direct ? output : null,
    window: 2,
    ...sizes,
  };
  const turns = ChunkTurns.start();
  turns.last = lastChunk(file, format);
  const parts = new PartQueue();
  const settings = { format, verbose: true, quarantined: true };
  const all = decodersFor(format, pauses.length).map((decoder, index) => {
    const rests = [...(pauses[index] ?? [])];
    return new ChunkDecoder(decoder, settings).decode(file, {
      turns,
      send: (message) => parts.put(message),
      pause: () => away(rests.shift() ?? 0),
    });
  });
  const entered: ChunkPart[] = [];
  const isOver = (): boolean => turns.ended && parts.ends.length === turns.joined;
  for (;;) {
    const part = await parts.take(entered.length, isOver);
    if (part === null) break;
    await away(delays[entered.length] ?? 0);
    turns.pass('entering', entered.length);
    entered.push(part);
  }
  await Promise.all(all);
  closeSync(descriptor);
  closeSync(output);
  const tally = emptyTally();
  for (const end of parts.ends) addTally(tally, end.tally);
  return {
    tally,
    remainder: Math.max(...parts.ends.map((end) => end.remainder)),
    read: parts.ends.reduce((sum, end) => sum + end.read, 0),
    lines: direct ? readFileSync(out, 'utf8') : Buffer.concat(entered.flatMap(({ lines }) => lines)).toString('utf8'),
    bad: entered.flatMap(({ quarantine }) => quarantine).join(''),
    said: entered.flatMap(({ report }) => report.lines),
    entered,
  };
}

describe('decoders of chunks', () => {
  const rests = fc.array(fc.nat({ max: 6 }), { maxLength: 30 });
  it.each([
    ['of one length', fixed, stock],
    ['behind words', { format: 'rdw' } as const, stockWithWords],
  ])('write records %s in order, whoever is away', async (_, format, good) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.tuple(fc.nat({ max: 3000 }), fc.constantFrom(0, 0x40, 0xff)), { maxLength: 20 }),
        fc.record({
          chunkBytes: fc.integer({ min: 1, max: 400 }),
          partBytes: fc.integer({ min: 1, max: 600 }),
          direct: fc.boolean(),
          pauses: fc.array(rests, { minLength: 1, maxLength: 4 }),
          delays: rests,
        }),
        async (times, damage, how) => {
          const bytes = Uint8Array.from(Buffer.concat(Array.from({ length: times }, () => good)));
          for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
          const { entered: _, read, ...found } = await together(bytes, { format, ...how });
          const run = await seenRun(
            [await inputFile(data)],
            format,
            { compiled: null },
            { ...given, quarantined: true },
          );
          const { tally, remainder, lines, bad, said } = run;
          expect(read).toBe(bytes.length);
          // What is said at the end comes from those who enter the parts.
          expect(found).toEqual({
            tally,
            remainder,
            lines,
            bad,
            said: said.filter((line) => !line.startsWith('issues: ')),
          });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('tell nothing of chunks without anything to tell', async () => {
    const bytes = Buffer.concat(Array.from({ length: 250 }, () => clean));
    const how = { chunkBytes: 90, partBytes: 1 << 20, direct: true, pauses: [[], []], delays: [] };
    expect((await together(bytes, { format: fixed, ...how })).entered).toEqual([]);
  });

  it('go on with two chunks more while it is another\u2019s turn, and then wait', async () => {
    writeFileSync(data, Buffer.concat(Array.from({ length: 20 }, () => stock)));
    const [descriptor, output] = [openSync(data, 'r'), openSync(out, 'w')];
    const file = { name: data, size: 1800, descriptor, output, chunkBytes: 90, partBytes: 1 << 20, window: 2 };
    const turns = ChunkTurns.start();
    turns.last = lastChunk(file, fixed);
    expect(turns.take()).toBe(0);
    const [decoder] = decodersFor(fixed, 1) as [CompiledDecoder];
    const settings = { format: fixed, verbose: false, quarantined: false };
    const done = new ChunkDecoder(decoder, settings).decode(file, {
      turns,
      send: () => undefined,
      pause: () => away(1),
    });
    await away(20);
    expect([turns.written, turns.take(), readFileSync(out, 'utf8')]).toEqual([0, 4, '']);
    turns.stop();
    await done;
    expect(readFileSync(out, 'utf8')).toBe('');
    closeSync(descriptor);
    closeSync(output);
  });

  it.each([
    ['read', 'IO: ', false],
    ['written', 'ENOSPC', true],
  ])('tell behind all that came before why a file cannot be %s', async (what, message, writing) => {
    const bytes = Buffer.concat(Array.from({ length: 100 }, () => clean));
    bytes[5] = 0xff; // is told before
    writeFileSync(data, bytes);
    const good = { descriptor: openSync(data, 'r'), output: openSync(out, 'w') };
    const bad =
      what === 'read'
        ? { ...good, descriptor: openSync(folder, 'r') }
        : { ...good, output: openSync('/dev/full', 'w') };
    const sizes = { name: data, size: bytes.length, chunkBytes: 90, partBytes: 1 << 20, window: 2 };
    const turns = ChunkTurns.start();
    turns.last = lastChunk({ size: bytes.length, chunkBytes: 90 }, fixed);
    const parts = new PartQueue();
    const settings = { format: fixed, verbose: false, quarantined: true };
    const all = decodersFor(fixed, 2).map((decoder, index) =>
      new ChunkDecoder(decoder, settings).decode(
        { ...sizes, ...(index === 0 ? good : bad) },
        { turns, send: (told) => parts.put(told), pause: () => away(3) },
      ),
    );
    const first = await parts.take(0, () => false);
    expect([first?.report.counts.size, first?.failure]).toEqual([1, null]);
    turns.pass('entering', 0);
    const failure = (await parts.take(1, () => false))?.failure;
    expect(failure).toMatchObject({ writing, message: expect.stringContaining(message) });
    const before = readFileSync(out, 'utf8').split('\n').length;
    turns.stop();
    await Promise.all(all);
    expect([before, readFileSync(out, 'utf8').split('\n').length]).toEqual([5, 5]); // of the first chunk, without the bad one
    for (const descriptor of new Set([...Object.values(good), ...Object.values(bad)])) closeSync(descriptor);
  });
});
