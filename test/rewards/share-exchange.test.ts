import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CampaignSet } from '../../src/rewards/campaign.ts';
import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';
import { type AllowanceAccount, checkRewardAccount } from '../../src/rewards/reward-account.ts';
import { createRewardEngine } from '../../src/rewards/reward-engine.ts';
import { collectedOutputs } from './collected-outputs.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';
import { ShareCluster } from './share-cluster.ts';

const start = Date.UTC(2024, 2, 31, 12);

function total(accounts: readonly AllowanceAccount[], member: 'spent' | 'left'): number {
  return accounts.reduce((sum, account) => sum + (account[member] ?? 0), 0);
}

/** Bets over partitions, 80 % of them on a fifth of the partitions, with crashes. */
function spend(
  matcher: CampaignMatcher,
  partitions: number,
  bets: number,
  coupons: readonly number[],
  random: () => number,
) {
  const cluster = new ShareCluster(partitions, () => matcher);
  cluster.addToAll({ kind: 'campaigns', now: start, matcher, text: 'text' });
  for (const [index, value] of coupons.entries()) {
    const update = { coupon: `k${index}`, pool: 'p', value, expiry: null, status: 'available' as const };
    cluster.add(index % partitions, { kind: 'coupon', now: start, update });
  }
  const hot = Math.max(1, Math.round(partitions / 5));
  for (let bet = 0; bet < bets; bet++) {
    const now = start + bet;
    const partition = Math.floor(random() < 0.8 ? random() * hot : hot + random() * (partitions - hot));
    const terminal = `t${partition}`;
    cluster.add(partition, { kind: 'bet', now, bet: madeBet(`b${bet}`, { terminal, time: now }), captured: now });
    if (random() < 0.3) {
      const at = Math.floor(random() * partitions);
      cluster.run(at, 20);
      if (random() < 0.2) cluster.crash(at, random() < 0.5);
      else cluster.commit(at, now);
    }
  }
  cluster.settle(start + bets);
  return cluster;
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) / 0x100_0000;
  };
}

describe('shares of partitions', () => {
  it('spend at least 98 % of a budget of which others have the greater part, and never more, over crashes', () => {
    for (const seed of [1, 2]) {
      const budget = 60_000;
      const set = madeSet([madeCampaign(0, { id: 'all', budget })]);
      const bets = (3 * budget) / 200;
      const coupons = Array.from({ length: 400 }, () => 200);
      const cluster = spend(plainMatcher(set), 8, bets, coupons, randomOf(seed));
      const spent = cluster.rewards.reduce((sum, { value }) => sum + value, 0);
      expect(spent).toBeGreaterThanOrEqual(0.98 * budget);
      expect(spent).toBeLessThanOrEqual(budget);
      expect(new Set(cluster.rewards.map(({ coupon }) => coupon)).size).toBe(cluster.rewards.length);
    }
  });

  it('spend nearly all coupons wherever they were loaded, each once', () => {
    const set = madeSet([madeCampaign(0, { id: 'all' })]);
    const coupons = Array.from({ length: 300 }, () => 100);
    const cluster = spend(plainMatcher(set), 8, 900, coupons, randomOf(4));
    expect(cluster.rewards.length).toBeGreaterThanOrEqual(0.98 * 300);
    expect(new Set(cluster.rewards.map(({ coupon }) => coupon)).size).toBe(cluster.rewards.length);
  });

  it('never make or lose an amount, whatever is limited and whoever crashes', () => {
    const amounts = fc.option(fc.integer({ min: 0, max: 60 }), { nil: null });
    const limits = fc.record({ total: amounts, day: amounts, terminal: amounts, race: amounts });
    const budget = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: null });
    const coupons = fc.array(fc.constantFrom(100, 200, 1000), { maxLength: 120, minLength: 20 });
    const poolLimit = fc.option(fc.integer({ min: 0, max: 60 }), { nil: null });
    const everything = fc.record({
      limits,
      budget,
      coupons,
      poolLimit,
      partitions: fc.integer({ min: 2, max: 5 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(everything, ({ seed, partitions, poolLimit, ...one }) => {
        const campaign = madeCampaign(0, { id: 'all', limits: one.limits, budget: one.budget });
        const set: CampaignSet = madeSet([campaign], {
          poolLimits: new Map(poolLimit === null ? [] : [['p', poolLimit]]),
        });
        const cluster = spend(plainMatcher(set), partitions, 150, one.coupons, randomOf(seed));
        const accounts = cluster.stores.map(({ engine }) => engine.account);
        for (const account of accounts) expect(checkRewardAccount(account)).toEqual([]);
        const its = accounts.flatMap(({ campaigns }) => campaigns);
        const value = cluster.rewards.reduce((sum, reward) => sum + reward.value, 0);
        expect(
          total(
            its.map(({ budget: spent }) => spent),
            'spent',
          ),
        ).toBe(value);
        if (one.budget !== null)
          expect(
            total(
              its.map((account) => account.budget),
              'left',
            ),
          ).toBe(one.budget - value);
        const { length } = cluster.rewards;
        if (one.limits.total !== null) {
          expect(
            total(
              its.map((account) => account.total),
              'left',
            ),
          ).toBe(one.limits.total - length);
        }
        const pools = accounts.flatMap((account) => account.pools);
        if (poolLimit !== null)
          expect(
            total(
              pools.map(({ out }) => out),
              'left',
            ),
          ).toBe(poolLimit - length);
        expect(length).toBeLessThanOrEqual(Math.min(one.limits.day ?? length, one.limits.race ?? length));
        const given = new Set(cluster.rewards.map(({ coupon }) => coupon));
        expect(given.size).toBe(length);
        const available = pools.reduce((sum, pool) => sum + pool.available, 0);
        expect(available + length).toBe(one.coupons.length);
        for (const terminal of new Set(cluster.rewards.map((reward) => reward.terminal))) {
          const sold = cluster.rewards.filter((reward) => reward.terminal === terminal);
          expect(sold.length).toBeLessThanOrEqual(one.limits.terminal ?? length);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are credited once, however often and in whichever order grants come', () => {
    const engine = createRewardEngine({ partition: 0, partitions: 2 });
    const matcher = plainMatcher(madeSet([madeCampaign(0, { id: 'all', budget: 1000 })]));
    const outputs = collectedOutputs();
    engine.judge({ kind: 'campaigns', now: start, matcher, text: 'text' }, outputs);
    for (const transfer of [2, 1, 2, 1, 3, 3]) {
      const message = {
        kind: 'grant',
        from: 1,
        to: 0,
        resource: 'budget:all',
        transfer,
        amount: 7,
        coupons: [],
      } as const;
      engine.judge({ kind: 'share', now: start, message }, outputs);
    }
    expect(engine.account.campaigns[0]?.budget).toMatchObject({ share: 500, received: 21, left: 521 });
  });

  it('of a coupon that moved: news go where it is', () => {
    const engine = createRewardEngine({ partition: 0, partitions: 2 });
    const outputs = collectedOutputs();
    const update = { coupon: 'k', pool: 'p', value: 100, expiry: null, status: 'available' } as const;
    engine.judge({ kind: 'coupon', now: start, update }, outputs);
    const ask = { kind: 'ask', from: 1, to: 0, resource: 'coupons:p', amount: 1 } as const;
    engine.judge({ kind: 'share', now: start, message: ask }, outputs);
    const withdrawn = { ...update, status: 'withdrawn' } as const;
    engine.judge({ kind: 'coupon', now: start, update: withdrawn }, outputs);
    expect(outputs.all).toEqual([
      ['share', { kind: 'grant', from: 0, to: 1, resource: 'coupons:p', transfer: 1, amount: 1, coupons: [update] }],
      ['share', { kind: 'coupon', from: 0, to: 1, update: withdrawn }],
    ]);
  });
});
