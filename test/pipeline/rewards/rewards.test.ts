import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFrameReader } from '../../../src/frames/catalog/create-frame-reader.ts';
import type { Decision } from '../../../src/rewards/decision.ts';
import type { CancelledCoupon, Reward } from '../../../src/rewards/reward-outputs.ts';
import type { OutputOptions } from '../../../src/runtime/embedded/committed-outputs.ts';
import { type DataDirectory, openDataDirectory } from '../../../src/runtime/embedded/data-directory.ts';
import { TopicReader } from '../../../src/runtime/embedded/topic-reader.ts';
import { TopicStore } from '../../../src/runtime/embedded/topic-store.ts';
import type { Sink } from '../../../src/streams/sink.ts';
import { allRecords, folder as base, itc, itcFile, memoryData, records, values } from '../flow-run.ts';
import { files, runBetting, writeBetting } from './betting-run.ts';

const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

const generous = `
campaigns: test
version: 1
timeZone: Europe/Paris
list:
  - { id: half, share: 50%, pool: large }
  - { id: quinte, types: [QI, QA], when: 'bet.horses >= 4', pool: small }
  - { id: watched, stake: { from: 300 }, pool: large, shadow: true }
`;
const short = `
campaigns: test
version: 1
timeZone: Europe/Paris
list:
  - { id: tight, pool: large, budget: 20000 }
`;

let folders = 0;

function betting(campaigns: string, frames = 1400): string {
  const folder = join(base, `betting-${folders++}`);
  mkdirSync(folder);
  writeBetting(folder, itc, campaigns, frames);
  return folder;
}

/** What bets hold in the end: rewards that were not taken back, without the coupons, which are others with other partitions. */
function held(data: DataDirectory): readonly string[] {
  const revoked = new Set(
    values<CancelledCoupon>(data, 'cancelled-coupons').map(({ bet, campaign }) => `${bet} ${campaign}`),
  );
  const rewards = values<Reward>(data, 'rewards').map(({ bet, campaign, value }) => ({
    name: `${bet} ${campaign}`,
    value,
  }));
  return rewards
    .filter(({ name }) => !revoked.has(name))
    .map(({ name, value }) => `${name} ${value}`)
    .sort();
}

/** Outputs that fail when decisions are written for the nth time: after a batch was processed, before it is committed. */
function failing(writes: number): Readonly<Record<string, OutputOptions>> {
  let left = writes;
  const sink: Sink = {
    name: 'killer',
    position: '',
    open: () => undefined,
    write() {
      if (--left <= 0) throw new Error('no more');
    },
    close: () => undefined,
  };
  return { decisions: { sinks: [sink] } };
}

describe('a pipeline with rewards', () => {
  test('decides every bet and cancellation once, gives no coupon twice, and adds up', async () => {
    const folder = betting(generous);
    const data = memoryData(1);
    const summary = await runBetting(folder, itc, data);
    expect(summary.rewards?.broken).toEqual([]);
    expect(summary.balances).toBe(true);
    const bets = values<{ bet: string }>(data, 'bets').map(({ bet }) => bet);
    const cancels = values<{ bet: string }>(data, 'cancels').map(({ bet }) => bet);
    const decided = values<Decision>(data, 'decisions').map(({ bet }) => bet);
    expect(decided.toSorted()).toEqual([...bets, ...cancels].sort());
    const rewards = values<Reward>(data, 'rewards');
    expect(rewards.length).toBeGreaterThan(100);
    expect(new Set(rewards.map(({ coupon }) => coupon)).size).toBe(rewards.length);
    const redeemed = summary.rewards?.campaigns.find(({ campaign }) => campaign === 'watched');
    expect(redeemed?.rewards).toBeGreaterThan(50);
    expect(rewards.some(({ campaign }) => campaign === 'watched')).toBe(false);
  });

  test('writes each reward as a frame that prints its coupon', async () => {
    const folder = betting(generous, 800);
    const data = memoryData(1);
    await runBetting(folder, itc, data);
    const reader = createFrameReader(itc);
    const frames = new TopicReader(new TopicStore(data.partition(0)), 'coupon-frames').read(1e9);
    const read = frames.map(({ key, value }) => {
      const { type, reading, issues } = reader.read(value);
      expect(issues).toEqual([]);
      expect(type?.name).toBe('T040');
      const frame = JSON.parse(type === null || reading === null ? '{}' : type.codec().toJson(reading));
      return [
        Buffer.from(key).toString(),
        frame['T040-COUPON-NUMERO'],
        frame['T040-TICKET'],
        frame['T040-VALEUR'] * 100,
      ];
    });
    const rewards = values<Reward>(data, 'rewards');
    expect(read).toEqual(rewards.map(({ terminal, coupon, ticket, value }) => [terminal, coupon, ticket, value]));
    expect(read.length).toBeGreaterThan(50);
  });

  test('gives the same bets the same amounts with three partitions as with one', async () => {
    const folder = betting(generous);
    const [one, three] = [memoryData(1), memoryData(3)];
    await runBetting(folder, itc, one);
    const summary = await runBetting(folder, itc, three);
    expect(summary.rewards?.broken).toEqual([]);
    expect(summary.rewards?.bets).toBe(values(one, 'bets').length);
    expect(held(three)).toEqual(held(one));
    for (let partition = 0; partition < 3; partition++) {
      const bets = new TopicReader(new TopicStore(three.partition(partition)), 'rewards').read(1e9);
      expect(bets.length).toBeGreaterThan(20);
    }
  });

  test('moves what is left of a budget to the partition that needs it, and never spends more', async () => {
    const folder = betting(short);
    const data = memoryData(3);
    const summary = await runBetting(folder, itc, data);
    expect(summary.rewards?.broken).toEqual([]);
    const [tight] = summary.rewards?.campaigns ?? [];
    expect(tight?.spent).toBeLessThanOrEqual(20_000);
    expect(tight?.spent).toBeGreaterThanOrEqual(19_600);
  });

  test('adds nothing in a second run, and judges what has come since by the campaigns of then', async () => {
    const folder = betting(generous, 2000);
    const path = join(folder, files.capture);
    const whole = readFileSync(path);
    let cut = 0;
    for (let frame = 0; frame < 1000; frame++) cut += 12 + whole.readUInt32BE(cut);
    writeFileSync(path, whole.subarray(0, cut));
    const data = memoryData(2);
    const first = await runBetting(folder, itc, data);
    const before = allRecords(data);
    expect(await runBetting(folder, itc, data)).toEqual(first);
    expect(allRecords(data)).toEqual(before);
    writeFileSync(join(folder, files.campaigns), generous.replace('version: 1', 'version: 2').replace('50%', '100%'));
    writeFileSync(path, whole);
    const second = await runBetting(folder, itc, data);
    expect(second.balances).toBe(true);
    const versions = new Map(values<Decision>(data, 'decisions').map(({ bet, version }) => [bet, version]));
    expect(new Set(versions.values())).toEqual(new Set([1, 2]));
    const half = values<Reward>(data, 'rewards').filter(({ campaign }) => campaign === 'half');
    expect(half.every(({ bet, version }) => versions.get(bet) === version || version === 1)).toBe(true);
    writeFileSync(join(folder, files.campaigns), generous);
    await runBetting(folder, itc, data);
    const refused = records(data, 'quarantine').filter((line) => line.includes('CAMPAIGN_VERSION'));
    expect(refused).toHaveLength(2); // one in each partition
  });

  test('goes on when a reload takes a budget back below what is spent already', async () => {
    const folder = betting(short, 500);
    const data = memoryData(2);
    const [before] = (await runBetting(folder, itc, data)).rewards?.campaigns ?? [];
    expect(before?.spent).toBeGreaterThan(5000);
    writeFileSync(join(folder, files.campaigns), short.replace('version: 1', 'version: 2').replace('20000', '5000'));
    for (let run = 0; run < 2; run++) {
      const { balances, rewards } = await runBetting(folder, itc, data);
      expect(rewards?.broken).toEqual([]);
      expect(balances).toBe(true);
      expect(rewards?.campaigns[0]).toMatchObject({ budget: 5000, spent: before?.spent });
    }
  });

  test('puts lines that it cannot use into quarantine, with the reason', async () => {
    const folder = betting(generous, 500);
    const bad = [
      '{"coupon":"x","pool":"large","value":1.5}',
      'nonsense',
      '{"__proto__":1}',
      '[]',
      '{"coupon":"y","value":3}',
    ];
    writeFileSync(join(folder, files.coupons), `${bad.join('\n')}\n`);
    const data = memoryData(1);
    await runBetting(folder, itc, data);
    const lines = records(data, 'quarantine').filter((line) => line.includes('"_file":"coupons"'));
    expect(lines).toHaveLength(bad.length);
    expect(lines.every((line) => line.includes('REWARD_ENTRY'))).toBe(true);
  });

  test('gives the same bytes when it fails in front of a commit, again and again, and when it is killed inside of one', {
    timeout: 60_000,
  }, async () => {
    const folder = betting(generous, 2000);
    const expected = memoryData(1);
    await runBetting(folder, itc, expected);
    const directory = join(folder, 'killed');
    const run = ['--import', 'tsx', child, itcFile, folder, directory, '2'];
    const { signal, stderr } = spawnSync(process.execPath, run, { encoding: 'utf8' });
    expect(signal, stderr).toBe('SIGKILL');
    const data = openDataDirectory(directory);
    try {
      for (const writes of [1, 1]) {
        await expect(runBetting(folder, itc, data, failing(writes))).rejects.toThrow('no more');
      }
      const summary = await runBetting(folder, itc, data);
      expect(summary.balances).toBe(true);
      // What has been handed over may be dropped sooner or later.
      const isKept = ([topic]: readonly [string, unknown]): boolean => !topic.includes('>');
      expect([...allRecords(data)].filter(isKept)).toEqual([...allRecords(expected)].filter(isKept));
    } finally {
      await data.close();
    }
  });

  test('gives the same bytes when the flow and the rewards have a commit of their own each', async () => {
    const folder = betting(generous, 1400);
    const [together, apart] = [memoryData(1), memoryData(1)];
    const one = await runBetting(folder, itc, together);
    expect(await runBetting(folder, itc, apart, undefined, undefined, { together: false })).toEqual(one);
    const isKept = ([topic]: readonly [string, unknown]): boolean => !topic.includes('>');
    expect([...allRecords(together)].filter(isKept)).toEqual([...allRecords(apart)].filter(isKept));
    const handed = new TopicStore(together.partition(0)).extent('test.rewards>0');
    expect(handed.bytes).toBe(0);
    expect(handed.end).toBeGreaterThan(100);
  });

  test('adds up with several partitions that fail again and again', async () => {
    const folder = betting(short, 1500);
    const data = memoryData(3);
    for (const writes of [1, 2, 3]) {
      await expect(runBetting(folder, itc, data, failing(writes))).rejects.toThrow('no more');
    }
    const { rewards, balances } = await runBetting(folder, itc, data);
    expect(rewards?.broken).toEqual([]);
    expect(balances).toBe(true);
    const coupons = values<Reward>(data, 'rewards').map(({ coupon }) => coupon);
    expect(new Set(coupons).size).toBe(coupons.length);
    expect(rewards?.campaigns[0]?.spent).toBeLessThanOrEqual(20_000);
    expect(rewards?.campaigns[0]?.spent).toBeGreaterThan(10_000);
  });
});
