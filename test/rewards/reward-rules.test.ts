import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Campaign, CampaignSet } from '../../src/rewards/campaign.ts';
import type { CouponUpdate } from '../../src/rewards/coupon.ts';
import type { Decision } from '../../src/rewards/decision.ts';
import { checkRewardAccount } from '../../src/rewards/reward-account.ts';
import { createRewardEngine, type RewardEngine } from '../../src/rewards/reward-engine.ts';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import type { CancelledCoupon, Reward } from '../../src/rewards/reward-outputs.ts';
import { openRewardStore } from '../../src/rewards/reward-store.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { collectedOutputs } from './collected-outputs.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';

const noon = Date.UTC(2024, 2, 31, 10); // in Paris
const day = 86_400_000;
const noLimits = { total: null, day: null, terminal: null, race: null };

/** An engine with what it wrote. */
class Bench {
  readonly engine: RewardEngine;
  readonly outputs: ReturnType<typeof collectedOutputs> = collectedOutputs();

  constructor(campaigns: readonly Partial<Campaign>[], members: Partial<CampaignSet> = {}, engine?: RewardEngine) {
    this.engine = engine ?? createRewardEngine({ partition: 0, partitions: 1 });
    this.reload(campaigns, members);
  }

  reload(campaigns: readonly Partial<Campaign>[], members: Partial<CampaignSet> = {}): unknown {
    const set = madeSet(
      campaigns.map((one, index) => madeCampaign(index, one)),
      members,
    );
    return this.judge({ kind: 'campaigns', now: noon, matcher: plainMatcher(set), text: String(set.version) });
  }

  judge(entry: RewardEntry): unknown {
    return this.engine.judge(entry, this.outputs);
  }

  coupons(count: number, value = 100, members: Partial<CouponUpdate> = {}): void {
    for (let at = 0; at < count; at++) this.coupon(`k${at}`, { value, ...members });
  }

  coupon(coupon: string, members: Partial<CouponUpdate> = {}, now = noon): void {
    const update = { coupon, pool: 'p', value: 100, expiry: null, status: 'available' as const, ...members };
    this.judge({ kind: 'coupon', now, update });
  }

  bet(bet: string, members: Parameters<typeof madeBet>[1] = {}, now = members?.time ?? noon): Decision {
    const captured = members?.time ?? noon;
    this.judge({ kind: 'bet', now, bet: madeBet(bet, { time: noon, ...members }), captured });
    return this.outputs.all.at(-1)?.[1] as Decision;
  }

  cancel(bet: string, time = noon): Decision {
    this.judge({ kind: 'cancel', now: time, cancel: { bet, ticket: bet, terminal: '00001', time } });
    return this.outputs.all.at(-1)?.[1] as Decision;
  }

  outcomes(): readonly string[] {
    return this.outputs.all.flatMap(([kind, value]) => (kind === 'decision' ? [(value as Decision).outcome] : []));
  }
}

describe('rewards', () => {
  it('of bets that were looked at together count at a terminal of which nothing was known', () => {
    const bench = new Bench([{ id: 'a', pool: 'p', limits: { ...noLimits, terminal: 1 } }]);
    bench.coupons(5);
    bench.bet('before', { terminal: '99999' });
    const entries = ['first', 'second', 'third'].map((bet): RewardEntry => {
      return { kind: 'bet', now: noon, bet: madeBet(bet, { time: noon }), captured: noon };
    });
    expect(bench.engine.lookAhead(entries, 0)).toBe(3);
    for (const entry of entries) bench.judge(entry);
    expect(bench.outcomes()).toEqual(['rewarded', 'rewarded', 'not-rewarded', 'not-rewarded']);
  });

  it('of a bet at 23:59:59.999 count on its own day, and return to it when it is cancelled after midnight', () => {
    const bench = new Bench([{ id: 'a', limits: { ...noLimits, day: 1 } }]);
    bench.coupons(5);
    const midnight = Date.UTC(2024, 2, 31, 22); // in Paris
    bench.bet('last', { time: midnight - 1 }, midnight + 500);
    expect(bench.bet('next', { time: midnight }).outcome).toBe('rewarded');
    expect(bench.bet('full', { time: midnight + 1 }).campaigns[0]).toMatchObject({ outcome: 'limit-day', detail: '1' });
    expect(bench.cancel('last', midnight + 2).outcome).toBe('cancelled');
    expect(bench.bet('still full', { time: midnight + 3 }).outcome).toBe('not-rewarded');
    expect(bench.bet('of the day before', { time: midnight - 2 }).outcome).toBe('rewarded');
  });

  it.each(['total', 'day', 'terminal', 'race'] as const)('are none where the limit of a %s is none', (limit) => {
    const bench = new Bench([{ id: 'a', limits: { ...noLimits, [limit]: 0 } }]);
    bench.coupons(5);
    expect(bench.bet('of a terminal that is new').campaigns[0]?.outcome).toBe(`limit-${limit}`);
    expect(bench.bet('of one that is known').campaigns[0]?.outcome).toBe(`limit-${limit}`);
  });

  it('spend a budget to the cent, and the earliest coupon that still fits', () => {
    const bench = new Bench([{ id: 'a', budget: 700 }]);
    for (const [coupon, value] of Object.entries({ k1: 500, k2: 300, k3: 200, k4: 100 }))
      bench.coupon(coupon, { value });
    const given = ['b1', 'b2', 'b3'].map((bet) => bench.bet(bet).campaigns[0]);
    expect(given.map((one) => one?.coupon ?? one?.outcome)).toEqual(['k1', 'k3', 'budget']);
    bench.cancel('b2');
    expect(bench.bet('b4').campaigns[0]?.coupon).toBe('k4');
    expect(bench.engine.account.campaigns[0]?.budget).toMatchObject({ amount: 700, spent: 600, left: 100 });
  });

  it('are not given for a bet that is late, at its last millisecond or the start of its race they are', () => {
    const bench = new Bench([{ id: 'a' }]);
    bench.coupons(5);
    const race = { date: '2024-03-31', meeting: 1, race: 4, racecourse: null, start: noon + 300 };
    bench.judge({ kind: 'race', now: noon, race });
    expect(bench.bet('in time', {}, noon + 1000).outcome).toBe('rewarded');
    expect(bench.bet('late', {}, noon + 1001).outcome).toBe('too-late');
    expect(bench.bet('at the start', { race: 4 }, noon + 300).outcome).toBe('rewarded');
    expect(bench.bet('behind the start', { race: 4 }, noon + 301).outcome).toBe('too-late');
    expect(bench.bet('late', {}).outcome).toBe('duplicate');
  });

  it('stay where a coupon was redeemed before the cancellation, and all others of the bet too', () => {
    const bench = new Bench([{ id: 'a', budget: 1000 }, { id: 'b' }]);
    bench.coupons(3);
    bench.bet('b1');
    bench.coupon('k0', { status: 'redeemed' });
    expect(bench.cancel('b1').outcome).toBe('cancel-too-late');
    expect(bench.cancel('b1').outcome).toBe('cancel-repeated');
    expect(bench.outputs.all.some(([kind]) => kind === 'cancelled')).toBe(false);
    expect(bench.engine.account.campaigns[0]?.budget.spent).toBe(100);
  });

  it('are cancelled whenever the cancellation comes', () => {
    const bench = new Bench([{ id: 'a', types: ['SG'] }]);
    bench.coupons(3);
    bench.cancel('early');
    bench.bet('early');
    bench.bet('early');
    bench.bet('nothing', { type: 'QI' });
    bench.cancel('nothing');
    bench.bet('gone');
    bench.reload([{ id: 'other' }], { version: 2 });
    bench.cancel('gone');
    bench.cancel('gone');
    expect(bench.outcomes()).toEqual([
      'cancel-early',
      'cancelled-before',
      'duplicate',
      'no-campaign',
      'cancel-without-reward',
      'rewarded',
      'cancelled',
      'cancel-repeated',
    ]);
  });

  it('use a coupon once: not when it is revoked, withdrawn, expired, redeemed by somebody, or loaded again', () => {
    const bench = new Bench([{ id: 'a' }]);
    bench.coupons(5);
    bench.bet('b0');
    bench.cancel('b0'); // k0
    bench.coupon('k0');
    bench.coupon('k1', { status: 'withdrawn' });
    bench.coupon('k1');
    bench.coupon('k2', { expiry: noon + 5 });
    bench.coupon('k3', { status: 'redeemed' });
    expect(bench.bet('b1', {}, noon + 5).campaigns[0]?.coupon).toBe('k4');
    expect(bench.bet('b2', {}, noon + 5).campaigns[0]?.outcome).toBe('no-coupon');
    bench.coupon('k2', { expiry: noon + 7 }, noon + 6);
    expect(bench.bet('b3', {}, noon + 6).campaigns[0]?.coupon).toBe('k2');
  });

  it('of a campaign that only watches are counted, take no coupon and leave its group to others', () => {
    const bench = new Bench([
      { id: 'watch', shadow: true, group: 'g', priority: 1, budget: 150 },
      { id: 'real', group: 'g' },
    ]);
    bench.coupons(3);
    const outcomes = ['b1', 'b2'].map((bet) => bench.bet(bet).campaigns.map(({ outcome }) => outcome));
    expect(outcomes).toEqual([
      ['shadow', 'rewarded'],
      ['budget', 'rewarded'],
    ]);
    bench.cancel('b1');
    expect(bench.bet('b3').campaigns[0]?.outcome).toBe('shadow');
  });

  it('keep what was used when campaigns are reloaded, and refuse campaigns that are no later ones', () => {
    const bench = new Bench([{ id: 'a', limits: { ...noLimits, total: 1 } }], { version: 3 });
    bench.coupons(3);
    bench.bet('b1');
    expect(bench.reload([{ id: 'a' }], { version: 3 })).toMatchObject({ code: 'CAMPAIGN_VERSION' });
    expect(bench.bet('b2').campaigns[0]?.outcome).toBe('limit-total');
    bench.reload([{ id: 'a', limits: { ...noLimits, total: 2 } }], { version: 4 });
    expect(bench.bet('b3')).toMatchObject({ outcome: 'rewarded', version: 4 });
    expect(bench.bet('b4').campaigns[0]?.outcome).toBe('limit-total');
  });

  it('do not grow with days, bets and terminals that are over', () => {
    const environment = openMemoryEnvironment();
    const table = environment.table('rewards');
    const compile = (): never => {
      throw new Error('not asked for');
    };
    const store = openRewardStore(table, { partition: 0, partitions: 1 }, compile);
    const bench = new Bench([{ id: 'a', firstOfDay: true }], { keep: 2 * day }, store.engine);
    const rows: number[] = [];
    for (let date = 0; date < 12; date++) {
      for (let at = 0; at < 200; at++) {
        const time = noon + date * day + at;
        const race = { date: new Date(time).toISOString().slice(0, 10), race: at % 9 };
        bench.coupon(`k${date}-${at}`, { expiry: time + 1 });
        bench.bet(`b${date}-${at}`, { terminal: `t${date}-${at}`, time, ...race });
        if (at % 2 === 0) bench.cancel(`b${date}-${at}`, time);
        if (at % 10 === 9) environment.commit(() => store.save());
      }
      rows.push([...table.range()].filter(({ key }) => key[0] !== 5 && (key[0] ?? 0) !== 7 && key[0] !== 6).length);
    }
    expect(bench.engine.account.remembered).toBeLessThan(4 * 200);
    expect(rows.at(-1)).toBeLessThanOrEqual((rows[5] as number) + 30);
  });
});

describe('over all orders of the same entries', () => {
  it('no coupon is given twice, nothing is exceeded, and what was taken back holds nothing', () => {
    const limits = { total: 4, day: 3, terminal: 2, race: 3 };
    const campaigns = [
      { id: 'a', limits, budget: 700 },
      { id: 'b', every: 2, group: 'g' },
      { id: 'c', group: 'g' },
    ];
    const made = (index: number): RewardEntry[] => {
      const bet = madeBet(`b${index}`, { time: noon, terminal: `t${index % 2}`, race: 1 + (index % 2) });
      const update = { coupon: `k${index}`, pool: 'p', value: 100 + 100 * (index % 3), expiry: null } as const;
      const cancel = { bet: `b${index}`, ticket: '', terminal: '', time: noon };
      return [
        { kind: 'bet', now: noon, bet, captured: noon },
        { kind: 'coupon', now: noon, update: { ...update, status: 'available' } },
        ...(index % 2 === 0 ? [{ kind: 'cancel', now: noon, cancel } as const] : []),
        ...(index % 5 === 0 ? [{ kind: 'coupon', now: noon, update: { ...update, status: 'redeemed' } } as const] : []),
        ...(index % 7 === 0 ? [{ kind: 'bet', now: noon, bet, captured: noon } as const] : []),
      ];
    };
    const entries = Array.from({ length: 12 }, (_, index) => made(index)).flat();
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (order) => {
        const bench = new Bench(campaigns, { poolLimits: new Map([['p', 9]]) });
        for (const entry of order) {
          bench.judge(entry);
          const { account } = bench.engine;
          expect(checkRewardAccount(account)).toEqual([]);
          const [a] = account.campaigns;
          expect(a?.total.left).toBeGreaterThanOrEqual(0);
          expect(a?.budget.left).toBeGreaterThanOrEqual(0);
          expect(account.pools[0]?.out.left).toBeGreaterThanOrEqual(0);
        }
        checkOutputs(bench, limits);
      }),
      { numRuns: 60 },
    );
  });
});

/** Check what came out against limits, by the outputs alone. */
function checkOutputs({ outputs, engine }: Bench, limits: Campaign['limits']): void {
  const rewards = outputs.all.flatMap(([kind, value]) => (kind === 'reward' ? [value as Reward] : []));
  const cancelled = outputs.all.flatMap(([kind, value]) => (kind === 'cancelled' ? [value as CancelledCoupon] : []));
  expect(new Set(rewards.map(({ coupon }) => coupon)).size).toBe(rewards.length);
  expect(new Set(cancelled.map(({ coupon }) => coupon)).size).toBe(cancelled.length);
  const revoked = new Set(cancelled.map(({ coupon }) => coupon));
  const out = rewards.filter(({ campaign, coupon }) => campaign === 'a' && !revoked.has(coupon));
  expect(out.length).toBeLessThanOrEqual(limits.day ?? 0);
  for (const terminal of ['t0', 't1']) {
    expect(out.filter((one) => one.terminal === terminal).length).toBeLessThanOrEqual(limits.terminal ?? 0);
  }
  const spent = out.reduce((sum, { value }) => sum + value, 0);
  expect(engine.account.campaigns[0]?.budget.spent).toBe(spent);
  const decisions = outputs.all.flatMap(([kind, value]) => (kind === 'decision' ? [value as Decision] : []));
  const takenBack = new Set(decisions.filter(({ outcome }) => outcome === 'cancelled').map(({ bet }) => bet));
  for (const { bet, coupon } of rewards) if (takenBack.has(bet)) expect(revoked.has(coupon)).toBe(true);
}
