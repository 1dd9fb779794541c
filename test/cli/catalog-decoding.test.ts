import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BatchedWriter } from '../../src/cli/batched-writer.ts';
import type { EitherOptions } from '../../src/cli/catalog-options.ts';
import { decodeRun } from '../../src/cli/decode-run.ts';
import { type CatalogDecoding, prepareCatalog } from '../../src/cli/prepare-catalog.ts';
import { ProblemReport } from '../../src/cli/problem-report.ts';
import { ProgressBar } from '../../src/cli/progress-bar.ts';
import { TypeTally } from '../../src/cli/type-tally.ts';
import { accountBalances } from '../../src/frames/byte-account.ts';
import { fixtures } from './overpunch.ts';

const till = readFileSync(join(fixtures, 'till.cap'));
const folder = mkdtempSync(join(tmpdir(), 'overpunch-catalog-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly decoding: CatalogDecoding;
  readonly lines: readonly string[];
  readonly quarantined: readonly string[];
  readonly types: TypeTally;
  readonly written: number;
}

const nothing = async (): Promise<void> => undefined;

async function decode(bytes: Uint8Array, options: EitherOptions = {}): Promise<Outcome> {
  const file = join(folder, 'x.cap');
  writeFileSync(file, bytes);
  const decoding = await prepareCatalog([file], options, join(fixtures, 'till/catalog.yaml'));
  const lines: string[] = [];
  const quarantined: Uint8Array[] = [];
  const types = new TypeTally();
  const result = await decodeRun(decoding.inputs, {
    ...decoding,
    skip: 0,
    limit: Number.POSITIVE_INFINITY,
    strict: null,
    maxErrors: Number.POSITIVE_INFINITY,
    output: {
      add: ({ codec, reading }) => void lines.push(codec.toJson(reading)),
      full: false,
      flush: nothing,
      commit: nothing,
      abandon: nothing,
    },
    quarantine: new BatchedWriter({
      write: async (text) => void quarantined.push(text),
      commit: nothing,
      abandon: nothing,
    }),
    types,
    report: new ProblemReport(() => undefined, true),
    progress: new ProgressBar(process.stderr, null, true),
  });
  expect(accountBalances(result.tally.account)).toBe(true);
  expect(result.tally.account.input).toBe(bytes.length);
  return { decoding, lines, quarantined: quarantined.map(String), types, written: result.tally.written };
}

describe('frames of a catalog', () => {
  it('are read, or quarantined, or counted as filtered, whatever the bytes are', { timeout: 60_000 }, async () => {
    const change = fc.record({ at: fc.nat(till.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(till.length), async (changes, cut) => {
        const bytes = Uint8Array.from(till);
        for (const { at, byte } of changes) bytes[at] = byte;
        const { lines, decoding, written } = await decode(bytes.subarray(0, till.length - (cut % 7 === 0 ? cut : 0)));
        expect(lines).toHaveLength(written);
        for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
        const { sentOffset } = decoding.decoder;
        const frame = bytes.subarray(12, 52);
        for (let at = 0; at <= 60; at += 1) expect(sentOffset?.(frame, at)).toBeLessThanOrEqual(60);
      }),
      { numRuns: 150 },
    );
  });

  it('need no copybook of a type that is not asked for', async () => {
    const { decoding, lines } = await decode(till, { type: ['RA'] });
    expect(lines).toHaveLength(2);
    expect(decoding.decoder.mayWant?.(till.subarray(12, 52))).toBe(false);
  });

  it('have names, trimming and numbers as asked for, beside what the catalog says of their bytes', async () => {
    const { lines } = await decode(till, { names: 'snake', numbers: 'string', trim: 'none', type: ['sa'] });
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({
      article: 'INK BLUE'.padEnd(20),
      sale_amount: { sale_count: '1', sale_price: '12.50' },
    });
  });

  it('may have settings of single fields, that types without the field pass over', async () => {
    const { lines } = await decode(till, { field: ['DONE-RECEIPT=hex'], select: ['DONE-RECEIPT'] });
    expect(lines.filter((line) => line !== '{}')).toEqual([
      '{"DONE-RECEIPT":"C2F0F0F0F0F0F0F1F0F1"}',
      '{"DONE-RECEIPT":"40404040404040404040"}',
    ]);
    await expect(decode(till, { field: ['DONE-RECEIVED=hex'] })).rejects.toThrow(/no field is named DONE-RECEIVED/);
  });

  it('are counted by type', async () => {
    const { types } = await decode(till);
    expect(types.untyped).toBe(0);
    expect(
      types
        .format()
        .split('\n')
        .slice(1, 4)
        .map((line) => line.trim().split(/\s+/).slice(0, 5)),
    ).toEqual([
      ['SA', 'request', '3', '142', '0'],
      ['RA', 'response', '2', '64', '0'],
      ['PR', 'notice', '1', '43', '0'],
    ]);
  });
});
