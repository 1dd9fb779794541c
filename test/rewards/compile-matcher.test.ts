import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bet } from '../../src/rewards/bet.ts';
import type { Terminals } from '../../src/rewards/campaign.ts';
import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';
import { compileMatcher, matcherInSteps } from '../../src/rewards/compile-matcher.ts';
import { betsTogether, MatchedCampaigns } from '../../src/rewards/matched-campaigns.ts';
import { anyBet, anyCampaign } from './any-campaign.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';

function found(matcher: CampaignMatcher, one: Bet): readonly number[] {
  const { indexes, count } = matcher.match(one);
  return [...indexes.subarray(0, count)];
}

/** The same of many bets, so many at a time. */
function foundTogether(
  matcher: CampaignMatcher,
  bets: readonly Bet[],
  together: number,
): readonly (readonly number[])[] {
  const matched = new MatchedCampaigns();
  const all: (readonly number[])[] = [];
  for (let first = 0; first < bets.length; first += together) {
    const some = bets.slice(first, first + together);
    const rows = Int32Array.from(some, ({ terminal }, at) => (at % 2 === 0 ? -1 : matcher.terminalRow(terminal)));
    matcher.matchAll(some, some.length, rows, matched);
    for (const at of some.keys()) all.push([...matched.indexes.subarray(matched.startOf(at), matched.ends[at])]);
  }
  return all;
}

describe('the matcher of campaigns', () => {
  test('finds what asking every campaign finds, in the same order', () => {
    const sets = fc.array(anyCampaign, { maxLength: 120 });
    fc.assert(
      fc.property(sets, fc.array(anyBet, { minLength: 1, maxLength: 30 }), (campaigns, bets) => {
        const set = madeSet(campaigns.map((members, index) => madeCampaign(index, members)));
        const matcher = compileMatcher(set);
        const plain = plainMatcher(set);
        for (const [index, members] of bets.entries()) {
          const one = madeBet(String(index), members);
          expect(found(matcher, one)).toEqual(found(plain, one));
          for (const at of campaigns.keys()) expect(matcher.dayOf(at, one)).toBe(plain.dayOf(at, one));
        }
        const all = bets.map((members, index) => madeBet(String(index), members));
        const alone = all.map((one) => found(plain, one));
        for (const together of [1, 7, betsTogether]) expect(foundTogether(matcher, all, together)).toEqual(alone);
      }),
      { numRuns: 150 },
    );
  });

  test('looks again where there are more values and ranges than rows', () => {
    const many = 1000;
    const campaigns = Array.from({ length: many }, (_none, index) => {
      const number = (at: number): string => String((index * 7 + at) % 2000).padStart(5, '0');
      return madeCampaign(index, {
        include: index % 3 === 0 ? null : Array.from({ length: 1 + (index % 9) }, (_unused, at) => number(at * 3)),
        exclude: index % 5 === 0 ? [number(0), number(3)] : null,
        stake: { from: index, to: 2 * index },
      });
    });
    const set = madeSet(campaigns);
    const matcher = compileMatcher(set, 1);
    const plain = plainMatcher(set);
    for (let index = 0; index < 30; index++) {
      const members = { terminal: String((index * 149) % 2000).padStart(5, '0'), stake: index * 83 };
      const one = madeBet(String(index), members);
      expect(found(matcher, one)).toEqual(found(plain, one));
    }
  });

  test('finds a campaign once that says a value twice', () => {
    const set = madeSet([madeCampaign(0, { types: ['SP', 'SG'] }), madeCampaign(1, { types: ['QI', 'QI'] })]);
    expect(found(compileMatcher(set), madeBet('1', { type: 'QI' }))).toEqual([1]);
  });

  test('has nothing to find without campaigns', () => {
    expect(found(compileMatcher(madeSet([])), madeBet('1'))).toEqual([]);
  });

  test('keeps the days of other times apart, however many come', () => {
    const set = madeSet([madeCampaign(0, { days: [7] }), madeCampaign(1, { from: '2024-02-01', to: '2024-02-29' })]);
    const matcher = compileMatcher(set);
    const plain = plainMatcher(set);
    for (let round = 0; round < 2; round++) {
      for (let day = 0; day < 100; day++) {
        const one = madeBet('1', { time: Date.UTC(2024, 0, 1 + day, 22, 30) });
        expect(found(matcher, one)).toEqual(found(plain, one));
      }
    }
  });

  test('keeps them apart among bets that are matched together', () => {
    const set = madeSet([madeCampaign(0, { days: [7] }), madeCampaign(1, { from: '2024-02-01', to: '2024-02-29' })]);
    const plain = plainMatcher(set);
    const bets = Array.from({ length: 300 }, (_none, at) => {
      return madeBet(String(at), { time: Date.UTC(2024, 0, 1 + ((at * at) % 101), 22, 30) });
    });
    expect(foundTogether(compileMatcher(set), bets, betsTogether)).toEqual(bets.map((one) => found(plain, one)));
  });

  test('is made in steps of so many campaigns and values, so that other work goes on meanwhile', () => {
    const many = 12_000;
    let touched = 0;
    const countedList = (words: readonly string[]): Terminals => ({
      length: words.length,
      includes: (terminal) => words.includes(terminal),
      *[Symbol.iterator]() {
        for (const word of words) {
          touched += 1;
          yield word;
        }
      },
    });
    const campaigns = Array.from({ length: many }, (_none, index) =>
      madeCampaign(index, {
        priority: index % 3,
        types: index % 2 === 0 ? ['QI', 'TI'] : null,
        hours: index % 5 === 0 ? [{ from: index % 1000, to: 1300 }] : null,
        stake: { from: index, to: 2 * index + 500 },
        include: index % 4 === 0 ? countedList(Array.from({ length: 20 }, (_unused, at) => String(index + at))) : null,
      }),
    );
    const counted = new Proxy(campaigns, {
      get(target, member, receiver) {
        if (typeof member === 'string' && /^[0-9]/.test(member)) touched += 1;
        return Reflect.get(target, member, receiver);
      },
    });
    const steps = matcherInSteps(madeSet(counted));
    let most = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      most = Math.max(most, touched);
      touched = 0;
    }
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThan(20_500);
    const plain = plainMatcher(madeSet(campaigns));
    const matcher = step.value;
    const other = compileMatcher(madeSet(campaigns));
    for (let index = 0; index < 10; index++) {
      const one = madeBet(String(index), { terminal: String(index * 997), stake: index * 1500, type: 'QI' });
      expect(found(matcher, one)).toEqual(found(plain, one));
      expect(found(other, one)).toEqual(found(plain, one));
    }
  });
});
