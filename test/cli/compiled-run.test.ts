import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchedWriter } from '../../src/cli/batched-writer.ts';
import { decodeRun } from '../../src/cli/decode-run.ts';
import { type InputFile, inputFile } from '../../src/cli/input-file.ts';
import { jsonOutput } from '../../src/cli/json-output.ts';
import { ProblemReport } from '../../src/cli/problem-report.ts';
import { codecDecoder } from '../../src/cli/record-decoder.ts';
import type { DecodeJob } from '../../src/cli/record-run.ts';
import { spaceOutput } from '../../src/cli/space-output.ts';
import { createCompiledDecoder } from '../../src/codec/compiled/create-compiled-decoder.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import type { FrameFormat } from '../../src/frames/framer.ts';
import { fixtures } from './overpunch.ts';

const folder = mkdtempSync(join(tmpdir(), 'overpunch-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

const layout = layoutOf(parseCopybook(readFileSync(join(fixtures, 'stock.cpy'), 'utf8')));
const view = ['REC-TYPE:T=TEXT-DETAIL', 'REC-TYPE:P=PRICE-DETAIL'];
const stock = readFileSync(join(fixtures, 'stock.dat'));
const word = Buffer.from([0, 22, 0, 0]);
const withWords = Buffer.concat(
  Array.from({ length: 5 }, (_, at) => [word, stock.subarray(18 * at, 18 * at + 18)]).flat(),
);

type Settings = Pick<DecodeJob, 'skip' | 'limit' | 'strict' | 'maxErrors'> & { readonly quarantined: boolean };

/** Everything that can be seen of a run. */
async function seen(
  inputs: readonly InputFile[],
  format: FrameFormat,
  engine: 'reference' | 'compiled',
  { quarantined, ...settings }: Settings,
): Promise<object> {
  const codec = createCodec(layout, { view, format: format.format === 'bdw' ? 'rdw' : format.format });
  const compiled = engine === 'compiled' ? createCompiledDecoder(codec) : null;
  if (compiled !== null && 'refused' in compiled) throw new Error(compiled.refused);
  const lines: Uint8Array[] = [];
  const bad: Uint8Array[] = [];
  const into = (parts: Uint8Array[]) => ({
    write: async (bytes: Uint8Array) => void parts.push(Uint8Array.from(bytes)),
    commit: async () => undefined,
    abandon: async () => undefined,
  });
  const members = { meta: false, raw: false, frames: false };
  const output =
    compiled === null ? jsonOutput(into(lines), { array: false, members }) : spaceOutput(into(lines), compiled.space);
  const quarantine = quarantined ? new BatchedWriter(into(bad)) : null;
  const said: string[] = [];
  const progress: number[][] = [];
  const result = await decodeRun(inputs, {
    format,
    skipBytes: {},
    decoder: codecDecoder(codec),
    compiled,
    types: null,
    where: () => true,
    ...settings,
    output,
    quarantine,
    report: new ProblemReport((text) => void said.push(text), true),
    progress: { update: (...numbers) => void progress.push(numbers), clear: () => undefined },
  });
  await output.commit();
  await quarantine?.commit();
  const { tally, stopped, culprit, remainder, sample } = result;
  return {
    tally,
    stopped,
    culprit: culprit === null ? null : { ...culprit, bytes: [...culprit.bytes] },
    remainder,
    sample: Buffer.from(sample).toString('hex'),
    said,
    progress,
    lines: Buffer.concat(lines).toString('utf8'),
    bad: Buffer.concat(bad).toString('utf8'),
  };
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
const changes = fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 255 })), { maxLength: 12 });
const settings: fc.Arbitrary<Settings> = fc.record({
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
          for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
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
        fc.constantFrom(17, 18, 180, 200_000),
        fc.array(fc.tuple(fc.nat({ max: 300_000 }), fc.nat({ max: 255 })), { maxLength: 40 }),
        fc.nat({ max: 40 }),
        settings,
        async (recordLength, damage, cut, given) => {
          const bytes = Buffer.concat(Array.from({ length: 3300 }, () => stock));
          for (const [at, value] of damage) if (at < bytes.length) bytes[at] = value;
          writeFileSync(file, bytes.subarray(0, bytes.length - cut));
          const inputs = [await inputFile(file), await inputFile(join(fixtures, 'stock.dat'))];
          const format = { format: 'fixed', recordLength } as const;
          const expected = await seen(inputs, format, 'reference', given);
          expect(await seen(inputs, format, 'compiled', given)).toEqual(expected);
        },
      ),
      { numRuns: 10 },
    );
  });
});
