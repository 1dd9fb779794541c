import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { PlainEntry } from './naive-correlator.ts';
import { runHistory } from './run-history.ts';

const settings = { before: 20, after: 120, grace: 7, disorder: 40 };
const histories = 200;

/** Random numbers, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A history in which each key has at most one request and one response, and no time is further behind than the disorder allows. */
function history(seed: number): PlainEntry[] {
  const random = randomNumbers(seed);
  const frames: { direction: 0 | 1; key: number; time: number; arrival: number }[] = [];
  const add = (direction: 0 | 1, key: number, time: number): void => {
    frames.push({ direction, key, time, arrival: time + random(settings.disorder + 1) });
  };
  for (let key = 0; key < 60; key++) {
    const time = random(1500);
    const has = random(10);
    if (has !== 0) add(0, key, time);
    // Around both ends of the window, too.
    if (has > 1) add(1, key, time + ([-21, -20, 119, 120, 121, random(160) - 30][random(6)] ?? 0));
  }
  frames.sort((one, other) => one.arrival - other.arrival);
  const entries = frames.map(
    ({ direction, key, time }, position): PlainEntry => ({
      kind: 'frame',
      position,
      input: 0,
      ingested: null,
      direction,
      key,
      sequence: 0,
      time,
      size: 1,
    }),
  );
  return [...entries, { kind: 'tick', position: entries.length, elapsed: Number.POSITIVE_INFINITY }];
}

test('for keys used once and disorder within its bound, the join is the one of SQL', async () => {
  const journals = Array.from({ length: histories }, (_, seed) => history(seed + 1));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const read = async (sql: string): Promise<string[]> =>
    (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(Number).join(' '));
  await connection.run('create table frame (run int, place int, direction int, key int, time int)');
  const appender = await connection.createAppender('frame');
  for (const [run, entries] of journals.entries()) {
    for (const entry of entries) {
      if (entry.kind !== 'frame') continue;
      for (const number of [run, entry.position, entry.direction, Number(entry.key), entry.time]) {
        appender.appendInteger(number);
      }
      appender.endRow();
    }
  }
  appender.closeSync();
  await connection.run(`create table pair as
    select request.run, request.place as request, response.place as response
    from frame request join frame response
      on request.run = response.run and request.key = response.key and request.direction = 0 and response.direction = 1
      and response.time - request.time between -${settings.before} and ${settings.after}`);
  const unmatched = (direction: number, side: string): string =>
    `select run, place from frame where direction = ${direction} and not exists
      (select 1 from pair where pair.run = frame.run and pair.${side} = frame.place)`;
  const expected = {
    matched: await read('select run, request, response from pair'),
    expired: await read(unmatched(0, 'request')),
    orphans: await read(unmatched(1, 'response')),
  };
  connection.closeSync();
  instance.closeSync();

  const found = { matched: [] as string[], expired: [] as string[], orphans: [] as string[] };
  for (const [run, entries] of journals.entries()) {
    const { outputs } = runHistory(settings, entries, [7]);
    expect([outputs.late, outputs.duplicates, outputs.rejected, outputs.quarantined]).toEqual([[], [], [], []]);
    for (const name of ['matched', 'expired', 'orphans'] as const) {
      for (const row of outputs[name]) found[name].push([run, ...row.slice(0, -1)].join(' '));
    }
  }
  for (const name of ['matched', 'expired', 'orphans'] as const) {
    expect(expected[name].length).toBeGreaterThan(histories);
    expect(found[name].sort()).toEqual(expected[name].sort());
  }
});
