import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFrameReader } from '../../src/frames/catalog/create-frame-reader.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import type { EventTap } from '../../src/pipeline/event-tap.ts';
import { createPipeline } from '../../src/pipeline.ts';
import { openDataDirectory } from '../../src/runtime/embedded/data-directory.ts';
import { replayJournal } from '../../src/runtime/embedded/replay-journal.ts';
import { captureFile } from '../../src/sources/capture-file.ts';
import { inSequence } from '../../src/sources/in-sequence.ts';
import {
  allRecords,
  capture,
  folder,
  itc,
  itcFile,
  memoryData,
  records,
  replay,
  type TruthLine,
  values,
} from './flow-run.ts';

interface Side {
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly value: unknown;
}

interface Pair {
  readonly key: string;
  readonly request: Side;
  readonly response: Side;
}

type Raw = Pick<TruthLine, 'role' | 'key' | 'sequence' | 'time'>;

const identity = ({ role, key, sequence, time }: Raw): string => `${role} ${key} ${sequence} ${time}`;
const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const faults = { late: 0.02, missing: 0.02, orphans: 0.02, retransmissions: 0.02, duplicates: 0.02 };
const format = { format: 'capture', header: frameCheckOf(itc) } as const;

/** What should become of each identity. */
function expectedOf(truth: readonly TruthLine[]): Record<'frames' | 'expired' | 'orphans', ReadonlySet<string>> {
  const byOffset = new Map(truth.map((line) => [line.offset, line]));
  const { before, after } = itc.correlation;
  const frames = new Set<string>();
  const matched = new Set<string>();
  for (const request of truth.filter(({ role }) => role === 'request')) {
    const response = request.pair === undefined ? undefined : byOffset.get(request.pair);
    if (response === undefined) continue;
    const latency = Date.parse(response.time) - Date.parse(request.time);
    if (latency < -before || latency > after) continue;
    frames.add(`${identity(request)} ${identity(response)}`);
    matched.add(identity(request)).add(identity(response));
  }
  const rest = (role: string): ReadonlySet<string> =>
    new Set(
      truth
        .filter((line) => line.role === role)
        .map(identity)
        .filter((line) => !matched.has(line)),
    );
  return { frames, expired: rest('request'), orphans: rest('response') };
}

describe('the pipeline', () => {
  test('finds the pairs, the requests without response and the responses without request of the truth', async () => {
    const { path, truth } = capture({ frames: 4000, malformed: 0, noise: 0, ...faults });
    const data = memoryData(1);
    const summary = await replay([path], data);
    const expected = expectedOf(truth);
    const pairs = values<Pair>(data, 'frames').map(
      ({ key, request, response }) =>
        `${identity({ role: 'request', key, ...request })} ${identity({ role: 'response', key, ...response })}`,
    );
    expect(pairs.toSorted()).toEqual([...expected.frames].sort());
    expect(values<Raw>(data, 'expired').map(identity).toSorted()).toEqual([...expected.expired].sort());
    expect(values<Raw>(data, 'orphans').map(identity).toSorted()).toEqual([...expected.orphans].sort());
    expect(summary.balances).toBe(true);
    expect(summary.account.frames).toBe(truth.length);
  });

  test('decodes pairs to what the frame reader reads', async () => {
    const { path } = capture({ frames: 4000 });
    const data = memoryData(1);
    await replay([path], data);
    const reader = createFrameReader(itc);
    const framed = new Map<string, string>();
    const bytes = readFileSync(path);
    for (let at = 0; at + 12 < bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      const { type, key, sequence, time, reading } = reader.read(bytes.subarray(at + 12, at + 12 + length));
      at += 12 + length;
      if (type !== null && reading !== null && time !== null) {
        framed.set(`${type.name} ${key} ${sequence} ${new Date(time).toISOString()}`, type.codec().toJson(reading));
      }
    }
    const wrong = records(data, 'frames').filter((record) => {
      const text = record.slice(record.indexOf('{'));
      const { key, request, response } = JSON.parse(text) as Pair;
      return [request, response].some(({ type, sequence, time }) => {
        return !text.includes(`"value":${framed.get(`${type} ${key} ${sequence} ${time}`)}}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  test('gives the same records with four partitions as with one', async () => {
    const { path } = capture({ frames: 4000, seed: 7, malformed: 0, ...faults });
    const [one, four] = [memoryData(1), memoryData(4)];
    const summary = await replay([path], one);
    const other = await replay([path], four);
    expect({ ...other, records: [...other.records] }).toEqual({ ...summary, records: [...summary.records] });
    for (const [topic, lines] of allRecords(one)) {
      if (topic === 'quarantine') continue; // its lines have positions of the journal, of which each partition has its own
      expect(records(four, topic).toSorted(), topic).toEqual(lines.toSorted());
    }
  });

  test('puts every bad frame into quarantine, and counts pairs that do not decode apart', async () => {
    const { path } = capture({ frames: 4000, malformed: 0.03, noise: 0.01 });
    const data = memoryData(1);
    const { account, undecoded, records: counts } = await replay([path], data);
    expect(account.quarantined).toBeGreaterThan(20);
    expect(undecoded).toBeGreaterThan(10);
    expect(account.requests.matched).toBe((counts.get('frames') ?? 0) + undecoded);
    const lines = values<{ _offset: number; _raw: string; _issues: readonly unknown[] }>(data, 'quarantine');
    expect(lines.length).toBeGreaterThanOrEqual(account.quarantined + undecoded);
    expect(lines.every(({ _raw, _issues }) => _raw !== '' && _issues.length > 0)).toBe(true);
  });

  test('counts the same where it keeps nothing, and makes events for whoever hears of them', async () => {
    const { path } = capture({ frames: 1500, seed: 8, malformed: 0.02, ...faults });
    const data = memoryData(1);
    const kept = await replay([path], data);
    expect(await replay([path], null)).toEqual(kept);
    const lines: string[] = [];
    const tap: EventTap = {
      takes: (event) => event === 'bets',
      event: (_event, line) => void lines.push(Buffer.from(line).toString()),
    };
    expect(await replay([path], null, tap)).toEqual(kept);
    expect(lines.length).toBeGreaterThan(100);
    expect(lines).toEqual(records(data, 'bets').map((record) => record.slice(record.indexOf('{'))));
  });

  test('adds nothing in a second run, and goes on when the capture has grown', async () => {
    const { path } = capture({ frames: 3000, seed: 3, malformed: 0.02 });
    const whole = readFileSync(path);
    let cut = 0;
    for (let frame = 0; frame < 1500; frame++) cut += 12 + whole.readUInt32BE(cut);
    const growing = join(folder, 'growing');
    writeFileSync(growing, whole.subarray(0, cut));
    const data = memoryData(1);
    const first = await replay([growing], data);
    const before = allRecords(data);
    expect(await replay([growing], data)).toEqual(first);
    expect(allRecords(data)).toEqual(before);
    appendFileSync(growing, whole.subarray(cut));
    const second = await replay([growing], data);
    const again = await replay([path], memoryData(1));
    expect(second.account.frames).toBe(again.account.frames);
    expect(second.balances).toBe(true);
    expect(second.account.requests.open).toBe(0);
  });

  test('reads several captures as one input', async () => {
    const { path } = capture({ frames: 2000, seed: 4, malformed: 0.01 });
    const whole = readFileSync(path);
    let cut = 0;
    for (let frame = 0; frame < 700; frame++) cut += 12 + whole.readUInt32BE(cut);
    const parts = [join(folder, 'part-1'), join(folder, 'part-2')];
    writeFileSync(parts[0] ?? '', whole.subarray(0, cut));
    writeFileSync(parts[1] ?? '', whole.subarray(cut));
    const [one, two] = [memoryData(1), memoryData(1)];
    expect(await replay(parts, two)).toEqual(await replay([path], one));
    // Which files they are is all that differs.
    const quarantined = values<{ _file: string }>(two, 'quarantine');
    expect(new Set(quarantined.map(({ _file }) => _file))).toEqual(new Set([parts.join(', ')]));
    const renamed = [...allRecords(two)].map(([topic, lines]) => {
      return [topic, lines.map((line) => line.replace(`"_file":"${parts.join(', ')}"`, `"_file":"${path}"`))] as const;
    });
    expect(new Map(renamed)).toEqual(allRecords(one));
  });

  test('gives the same records from the recorded journal, whatever the batches are', async () => {
    const { path } = capture({ frames: 1500, seed: 5, malformed: 0.03, noise: 0.01, ...faults });
    const data = memoryData(1);
    await replay([path], data);
    for (const entries of [7, 5000]) {
      const again = memoryData(1);
      const environment = again.partition(0);
      const sources = [inSequence('capture', [captureFile({ path, format })])];
      const process = createPipeline({ pipeline: 'test', catalog: itc, environment, inputs: [path] });
      const common = { pipeline: 'test', partition: 0, sources, environment, process, entries };
      await replayJournal({ ...common, journal: data.partition(0) });
      for (const source of sources) source.close();
      expect(allRecords(again)).toEqual(allRecords(data));
    }
  });

  test('gives the same bytes when it is killed and goes on', { timeout: 60_000 }, async () => {
    const { path } = capture({ frames: 3000, seed: 6, malformed: 0.02, ...faults });
    const expected = memoryData(1);
    await replay([path], expected);
    const directory = join(folder, 'killed');
    for (const commits of ['3', '2', '4', 'never']) {
      const { signal, status, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', child, itcFile, path, directory, commits],
        { encoding: 'utf8' },
      );
      expect([signal, status], stderr).toEqual(commits === 'never' ? [null, 0] : ['SIGKILL', null]);
    }
    const data = openDataDirectory(directory, { readOnly: true });
    try {
      expect(allRecords(data)).toEqual(allRecords(expected));
    } finally {
      await data.close();
    }
  });
});
