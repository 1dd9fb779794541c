import type { Bet } from '../../src/rewards/bet.ts';
import type { Campaign, CampaignSet } from '../../src/rewards/campaign.ts';

/** A campaign that every bet meets, but for what is said. */
export function madeCampaign(index: number, members: Partial<Campaign> = {}): Campaign {
  return {
    id: `c${index}`,
    title: '',
    index,
    timeZone: 'Europe/Paris',
    from: null,
    to: null,
    days: null,
    hours: null,
    types: null,
    formulas: null,
    stake: null,
    horses: null,
    meetings: null,
    races: null,
    racecourses: null,
    regions: null,
    include: null,
    exclude: null,
    when: null,
    firstOfDay: false,
    share: null,
    seed: '',
    every: null,
    priority: 0,
    group: null,
    limits: { total: null, day: null, terminal: null, race: null },
    budget: null,
    pool: 'p',
    shadow: false,
    ...members,
  };
}

/** A set of campaigns with nothing special about it. */
export function madeSet(campaigns: readonly Campaign[], members: Partial<CampaignSet> = {}): CampaignSet {
  return {
    name: 'set',
    version: 1,
    timeZone: 'Europe/Paris',
    decideWithin: 1000,
    keep: 7 * 86_400_000,
    campaigns,
    poolLimits: new Map(),
    ...members,
  };
}

/** A bet of two euros at terminal 00001, but for what is said. */
export function madeBet(bet: string, members: Partial<Bet> = {}): Bet {
  return {
    bet,
    ticket: bet,
    terminal: '00001',
    time: Date.UTC(2024, 2, 31, 12),
    type: 'SG',
    formula: '00',
    stake: 200,
    horses: 1,
    date: '2024-03-31',
    meeting: 1,
    race: 1,
    racecourse: null,
    region: null,
    ...members,
  };
}
