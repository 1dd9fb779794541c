import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bet } from '../../src/rewards/bet.ts';
import type { Campaign } from '../../src/rewards/campaign.ts';
import { unmetConditions } from '../../src/rewards/unmet-conditions.ts';
import { anyBet, anyCampaign } from './any-campaign.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';

const unmet = (campaign: Partial<Campaign>, bet: Partial<Bet> = {}): readonly string[] =>
  unmetConditions(madeCampaign(0, campaign), madeBet('1', bet));

describe('the conditions that a bet does not meet', () => {
  test('are none for the bets that the campaign matches, and some for all others', () => {
    fc.assert(
      fc.property(anyCampaign, anyBet, (members, one) => {
        const campaign = madeCampaign(0, members);
        const bet = madeBet('1', one);
        const isMatch = plainMatcher(madeSet([campaign])).match(bet).count === 1;
        expect(unmetConditions(campaign, bet).length === 0).toBe(isMatch);
      }),
      { numRuns: 1000 },
    );
  });

  test('are said in words, with what the bet has', () => {
    expect(unmet({ types: ['QI', 'QA'] })).toEqual(['type is SG, and not QI or QA']);
    expect(unmet({ stake: { from: 500, to: null } })).toEqual(['stake is 200 cents, below 500']);
    expect(unmet({ regions: ['south'] })).toEqual(['region is not known, and not south']);
    expect(unmet({ hours: [{ from: 1080, to: 120 }] })).toEqual(['hour is 14:00, and not 18:00-02:00']);
    expect(unmet({ to: '2024-03-30', days: [1] })).toEqual([
      'date is 2024-03-31, after 2024-03-30',
      'day is Sunday, and not Monday',
    ]);
    expect(unmet({ include: ['00002'], exclude: ['00001'] })).toEqual([
      'terminal 00001 does not take part',
      'terminal 00001 is excluded',
    ]);
  });
});
