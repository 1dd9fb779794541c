import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BatchedWriter } from '../../src/cli/batched-writer.ts';
import { decodeRun } from '../../src/cli/decode-run.ts';
import { ProblemReport } from '../../src/cli/problem-report.ts';
import { ProgressBar } from '../../src/cli/progress-bar.ts';
import { codecDecoder } from '../../src/cli/record-decoder.ts';
import type { DecodeJob, DecodeResult } from '../../src/cli/record-run.ts';
import { createCodec } from '../../src/codec/create-codec.ts';
import { layoutOf } from '../../src/copybook/layout-of.ts';
import { parseCopybook } from '../../src/copybook/parse-copybook.ts';
import { accountBalances } from '../../src/frames/byte-account.ts';
import type { FrameFormat } from '../../src/frames/framer.ts';
import { fixtures } from './overpunch.ts';

const layout = layoutOf(parseCopybook(readFileSync(join(fixtures, 'stock.cpy'), 'utf8')));
const rules = ['REC-TYPE:T=TEXT-DETAIL', 'REC-TYPE:P=PRICE-DETAIL'];
const stock = readFileSync(join(fixtures, 'stock.dat'));

interface Outcome {
  readonly result: DecodeResult;
  /** Bytes by offset, of the output and of the quarantine. */
  readonly places: Map<number, Uint8Array>;
}

async function run(bytes: Uint8Array, format: FrameFormat, settings: Partial<DecodeJob> = {}): Promise<Outcome> {
  const codec = createCodec(layout, { view: rules, format: format.format });
  const places = new Map<number, Uint8Array>();
  const put = (offset: number, part: Uint8Array): void => {
    if (part.length === 0) return; // an empty record: a word with nothing behind it
    expect(places.has(offset)).toBe(false);
    places.set(offset, part);
  };
  const nothing = async (): Promise<void> => undefined;
  const lines: Uint8Array[] = [];
  const quarantine = new BatchedWriter({
    write: async (text) => void lines.push(text),
    commit: nothing,
    abandon: nothing,
  });
  const input = {
    name: 'x',
    size: null,
    identity: '',
    async *chunks() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
  };
  const result = await decodeRun([input], {
    format,
    skipBytes: {},
    decoder: codecDecoder(codec),
    types: null,
    where: () => true,
    skip: 0,
    limit: Number.POSITIVE_INFINITY,
    strict: null,
    maxErrors: Number.POSITIVE_INFINITY,
    output: {
      add: ({ offset, bytes }) => put(offset, bytes),
      full: false,
      flush: nothing,
      commit: nothing,
      abandon: nothing,
    },
    quarantine,
    report: new ProblemReport(() => undefined, false),
    progress: new ProgressBar(process.stderr, null, true),
    ...settings,
  });
  await quarantine.flush();
  for (const line of Buffer.concat(lines).toString('utf8').split('\n').slice(0, -1)) {
    const { _offset, _length, _raw } = JSON.parse(line);
    expect(_raw).toHaveLength(2 * _length);
    put(_offset, Buffer.from(_raw, 'hex'));
  }
  return { result, places };
}

const withWords = Buffer.concat(
  Array.from({ length: 5 }, (_, at) =>
    Buffer.concat([Buffer.from([0, 22, 0, 0]), stock.subarray(18 * at, 18 * at + 18)]),
  ),
);
const blocks = Buffer.concat([Buffer.from([0, 114, 0, 0]), withWords, Buffer.from([0, 114, 0, 0]), withWords]);
const cases = fc.constantFrom<[FrameFormat, Uint8Array]>(
  [{ format: 'fixed', recordLength: 18 }, stock],
  [{ format: 'rdw' }, withWords],
  [{ format: 'bdw' }, blocks],
);
const mutations = fc.array(fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 255 })), { maxLength: 6 });

describe('a run over a damaged file', () => {
  it('puts every byte into the output, the quarantine or a descriptor word, once', async () => {
    await fc.assert(
      fc.asyncProperty(cases, mutations, fc.nat({ max: 20 }), async ([format, good], changes, cut) => {
        const bytes = Uint8Array.from(good.subarray(0, good.length - cut));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const { result, places } = await run(bytes, format);
        let words = 0;
        let at = 0;
        for (const [offset, part] of [...places].sort(([a], [b]) => a - b)) {
          words += offset - at;
          expect([...part]).toEqual([...bytes.subarray(offset, offset + part.length)]);
          at = offset + part.length;
        }
        words += bytes.length - at; // a word may stand at the end, in front of nothing
        const { account, records, written, quarantined } = result.tally;
        expect(account.words).toBe(words);
        expect(accountBalances(account)).toBe(true);
        expect(written + quarantined).toBe(records);
      }),
      { numRuns: 500 },
    );
  });

  it('applies where, then skip, then limit, and says what was not read', async () => {
    let turn = 0;
    const odd = (): boolean => turn++ % 2 === 0; // records 1, 3 and 5
    const { result, places } = await run(
      stock,
      { format: 'fixed', recordLength: 18 },
      { where: odd, skip: 1, limit: 1 },
    );
    expect([...places.keys()]).toEqual([36]);
    expect(result.tally).toMatchObject({ written: 1, filtered: 1, skipped: 1 });
    expect(result.stopped).toBe('limit');
    expect(accountBalances(result.tally.account)).toBe(true);
  });

  it('stops at the first bad record under strict, and after so many under maxErrors', async () => {
    const bad = Buffer.from(stock);
    bad[24] = 0xff;
    bad[60] = 0xff;
    const format = { format: 'fixed', recordLength: 18 } as const;
    const strict = await run(bad, format, { strict: 'errors' });
    expect(strict.result.culprit?.place).toEqual({ file: 'x', record: 2, offset: 18 });
    expect((await run(bad, format, { maxErrors: 2 })).result).toMatchObject({
      stopped: 'max-errors',
      tally: { bad: 2 },
    });
    expect((await run(stock, format, { strict: 'notes' })).result.culprit?.issues[0]?.code).toBe('MINUS_ZERO');
  });

  it('takes progress by the bytes of the file, packed as they are', async () => {
    const packed = gzipSync(Buffer.concat(Array.from({ length: 2000 }, () => stock)));
    const seen: number[][] = [];
    const progress = { update: (...numbers: number[]) => void seen.push(numbers), clear: () => undefined };
    await run(packed, { format: 'fixed', recordLength: 18 }, { progress });
    expect(seen.at(-1)).toEqual([packed.length, 2000 * stock.length, 2000 * 5]);
  });

  it('names file, line and column of a quarantine line it cannot read', async () => {
    const texts: string[] = [];
    const report = new ProblemReport((text) => void texts.push(text), false);
    await run(Buffer.from('\n{}\n'), { format: 'quarantine' }, { report });
    expect(texts[0]).toMatch(/^x:2:1: QUARANTINE_LINE: /);
  });
});
