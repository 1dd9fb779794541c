import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  type Bet,
  type CampaignMatcher,
  CampaignMemory,
  type CampaignSet,
  compileMatcher,
  compileMatcherInSlices,
  createRewardEngine,
  type Decision,
  MatchedCampaigns,
  parseCampaigns,
  parseCampaignsInSlices,
} from 'overpunch/rewards';
import { NaiveEngine } from '../test/rewards/naive-engine.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { median } from './median-times.ts';
import { campaignFile } from './rewards/campaign-file.ts';
import { betsInPortions, madeBets } from './rewards/made-bets.ts';
import { jsonRules, type Peer, plainCel } from './rewards/peers.ts';
import { countedOutputs, entriesOf, judgeAll, openingEntries, readyEngine, timeOf } from './rewards/run-engine.ts';
import { rewardsLatency } from './rewards-latency.ts';

const many = 10_000; // campaigns
const beyond = 50; // cents: a stake that no campaign takes

/** Times rewards: `engine` is all that happens to a bet, the index of campaigns included; `latency` what becomes of it in a pipeline. */
export const rewards: Benchmark = {
  title: 'Rewards: bets judged by campaigns with limits, budgets and coupons',
  async run(effort) {
    const { quick, rounds, part } = effort;
    if (part === 'latency') return rewardsLatency.run({ ...effort, part: null });
    compareWithNaive();
    const count = quick ? 50_000 : 1_000_000;
    const bets = madeBets(20_000);
    const large = matcherOf(many, 3);
    const few = fewOf(10, matchesOf(large, bets), bets);
    const workloads = [
      { name: '3', matcher: large, count },
      { name: '0', matcher: large, count, stake: beyond },
      { name: '50', matcher: matcherOf(many, 50), count: count / 5 },
      { name: 'few', matcher: few, count },
    ];
    const times = new Map<string, number[]>(workloads.map(({ name }) => [name, []]));
    const rewarded = new Map<string, number>();
    for (let round = 0; round <= Math.min(rounds, 5); round++) {
      for (const { name, matcher, count, stake } of workloads) {
        const engine = readyEngine(matcher, count);
        const time = timeOf(engine, betsInPortions(count, stake));
        if (round > 0) times.get(name)?.push(time); // the first one warms up
        rewarded.set(name, engine.totals.rewards / count);
      }
    }
    const time = (name: string): number => median(times.get(name) ?? []);
    const perSecond = (name: string, value: number): Figure => ({ name: `rewards/${name}`, value, unit: 'bets/s' });
    const figures: Figure[] = [
      { ...perSecond('bets-per-second-3-matches', 1e9 / time('3')), floor: 200_000, goal: 500_000 },
      perSecond('bets-per-second-0-matches', 1e9 / time('0')),
      perSecond('bets-per-second-50-matches', 1e9 / time('50')),
      {
        name: 'rewards/time-per-bet-growth-10-to-10000-campaigns',
        value: time('3') / time('few'),
        unit: 'x',
        floor: 2,
        rising: false,
      },
      { name: 'rewards/matches-of-a-bet', value: matchesOf(large, bets), unit: 'campaigns' },
      {
        name: 'rewards/matches-of-a-bet-10-campaigns',
        value: matchesOf(few, bets),
        unit: 'campaigns',
      },
      { name: 'rewards/rewards-of-a-bet', value: rewarded.get('3') ?? 0, unit: 'rewards' },
      { name: 'rewards/rewards-of-a-bet-10-campaigns', value: rewarded.get('few') ?? 0, unit: 'rewards' },
      { name: 'rewards/matching-alone', value: 1e9 / matchingTime(large, count), unit: 'bets/s' },
    ];
    const asked = bets.slice(0, 20);
    figures.push(perSecond('json-rules-engine', await peerSpeed(jsonRules(large.set), asked, large)));
    figures.push(perSecond('plain-cel', await peerSpeed(plainCel(large.set), asked, large)));
    figures.push(...(await reload(quick ? 2 : 5)));
    return part === 'engine' ? figures : [...figures, ...(await rewardsLatency.run({ ...effort, part: null }))];
  },
};

function matcherOf(campaigns: number, matches: number): CampaignMatcher {
  return compileMatcher(parseCampaigns(campaignFile(campaigns, matches), 'campaigns.yaml'));
}

/** Few campaigns, of which a bet meets about as many: what they ask for is widened until it does. */
function fewOf(campaigns: number, matches: number, bets: readonly Bet[]): CampaignMatcher {
  let asked = matches;
  let matcher = matcherOf(campaigns, asked);
  while (matchesOf(matcher, bets) < matches && asked < campaigns) {
    asked += 0.25;
    matcher = matcherOf(campaigns, asked);
  }
  return matcher;
}

function matchesOf(matcher: CampaignMatcher, bets: readonly Bet[]): number {
  let matches = 0;
  for (const bet of bets) matches += matcher.match(bet).count;
  return matches / bets.length;
}

function matchingTime(matcher: CampaignMatcher, count: number): number {
  const matched = new MatchedCampaigns();
  const rows = new Int32Array(matched.ends.length).fill(-1);
  let matches = 0;
  let time = 0; // microseconds
  for (const bets of betsInPortions(count)) {
    const started = process.cpuUsage();
    for (let first = 0; first < bets.length; first += rows.length) {
      const some = bets.slice(first, first + rows.length);
      matcher.matchAll(some, some.length, rows, matched);
      matches += matched.ends[some.length - 1] as number;
    }
    const { user, system } = process.cpuUsage(started);
    time += user + system;
  }
  assert.ok(matches > 0);
  return (time * 1000) / count;
}

/** The decisions of the engine are those of one that does everything in the plainest way. */
function compareWithNaive(): void {
  const matcher = matcherOf(300, 3);
  const entries = [...openingEntries(matcher, 2000), ...entriesOf(madeBets(3000))];
  const [ours, naive]: [string[], string[]] = [[], []];
  const engine = createRewardEngine({ partition: 0, partitions: 1 });
  const plain = new NaiveEngine(0, 1);
  const [oursOutputs, naiveOutputs] = [countedOutputs(ours), countedOutputs(naive)];
  judgeAll(engine, entries, oursOutputs);
  for (const entry of entries) plain.judge(entry, naiveOutputs);
  assert.deepEqual(ours.map(parsed), naive.map(parsed));
}

const parsed = (line: string): Decision => JSON.parse(line) as Decision;

/** Bets per second of a peer, after its matches were compared with those of the index. */
async function peerSpeed(peer: Peer, bets: readonly Bet[], matcher: CampaignMatcher): Promise<number> {
  const started = process.cpuUsage();
  const found: number[] = [];
  for (const bet of bets) found.push(await peer(bet));
  const { user, system } = process.cpuUsage(started);
  assert.deepEqual(
    found,
    bets.map((bet) => matcher.match(bet).count),
  );
  return (bets.length * 1e6) / (user + system);
}

/** Reload 10,000 campaigns while other work goes on: all of them anew, and as the next version of a file of which one was changed. */
async function reload(rounds: number): Promise<readonly Figure[]> {
  const text = campaignFile(many, 3);
  const memory = new CampaignMemory();
  parseCampaigns(text, 'campaigns.yaml', undefined, memory);
  const [anew, changed]: [Reload[], Reload[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const next = Buffer.from(text.replace('version: 1', `version: ${round + 2}`)).toString(); // all in one piece, as from a file
    anew.push(await timedReload(next));
    const other = Buffer.from(next.replace('"budget":100000', `"budget":${round + 1}`)).toString();
    changed.push(await timedReload(other, memory));
  }
  const figure = (name: string, all: readonly Reload[], member: keyof Reload): Figure => {
    return { name: `rewards/${name}`, value: median(all.map((one) => one[member])), unit: 'ms' };
  };
  return [
    { ...figure('reload-10000-campaigns-ms', anew, 'total'), floor: 1000 },
    { ...figure('reload-longest-pause-ms', anew, 'pause'), floor: 10 },
    figure('reload-one-changed-of-10000-campaigns-ms', changed, 'total'),
    figure('reload-one-changed-longest-pause-ms', changed, 'pause'),
  ];
}

/** Milliseconds from the text to the campaigns in force, and the longest time that nothing else ran. */
interface Reload {
  readonly total: number;
  readonly pause: number;
}

async function timedReload(text: string, memory?: CampaignMemory): Promise<Reload> {
  const former = matcherOf(many, 3);
  const engine = readyEngine(former, 10_000);
  let pause = 0;
  let running = true;
  let seen = performance.now();
  const watch = (async () => {
    while (running) {
      await setImmediate();
      pause = Math.max(pause, performance.now() - seen);
      seen = performance.now();
    }
  })();
  const started = performance.now();
  const set: CampaignSet = await parseCampaignsInSlices(text, 'campaigns.yaml', undefined, memory);
  const matcher = await compileMatcherInSlices(set, undefined, former);
  engine.judge({ kind: 'campaigns', now: Date.UTC(2026, 2, 1), matcher, text }, countedOutputs());
  const total = performance.now() - started;
  await setImmediate();
  running = false;
  await watch;
  return { total, pause };
}
