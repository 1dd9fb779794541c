import fc from 'fast-check';
import type { Campaign } from '../../src/rewards/campaign.ts';
import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';

const start = Date.UTC(2024, 2, 30, 20); // the clocks go forward in the night of the next day
const hour = 3_600_000;

/** Something that happens some time after what happened before. */
type Step = { readonly after: number; readonly step: StepKind };
type StepKind =
  | {
      readonly kind: 'bet';
      readonly bet: number;
      readonly terminal: number;
      readonly stake: number;
      readonly race: number;
      readonly behind: number;
      readonly late: number;
    }
  | { readonly kind: 'cancel'; readonly bet: number; readonly behind: number }
  | {
      readonly kind: 'coupon';
      readonly coupon: number;
      readonly pool: number;
      readonly value: number;
      readonly expiry: number | null;
      readonly status: 'available' | 'redeemed' | 'withdrawn';
    }
  | { readonly kind: 'race'; readonly race: number; readonly start: number | null }
  | { readonly kind: 'region'; readonly terminal: number }
  | { readonly kind: 'campaigns'; readonly choice: number; readonly budget: number; readonly older: boolean }
  | { readonly kind: 'share'; readonly from: number; readonly resource: number; readonly amount: number | null };

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const mostly = <Value>(value: Value, others: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: others });

const behind = mostly(0, fc.oneof(upTo(2 * hour), upTo(40 * hour)));
const bet = fc.record({
  kind: fc.constant('bet' as const),
  bet: upTo(30),
  terminal: upTo(2),
  stake: fc.constantFrom(100, 200, 600),
  race: upTo(3),
  behind,
  late: mostly(0, fc.constantFrom(500, 1000, 1001)),
});
const coupon = fc.record({
  kind: fc.constant('coupon' as const),
  coupon: upTo(24),
  pool: upTo(1),
  value: fc.constantFrom(100, 200, 500),
  expiry: mostly<number | null>(null, upTo(60 * hour)),
  status: mostly<'available' | 'redeemed' | 'withdrawn'>('available', fc.constantFrom('redeemed', 'withdrawn')),
});
const cancel = fc.record({ kind: fc.constant('cancel' as const), bet: upTo(30), behind });
const race = fc.record({
  kind: fc.constant('race' as const),
  race: upTo(2),
  start: fc.option(upTo(60 * hour), { nil: null }),
});
const region = fc.record({ kind: fc.constant('region' as const), terminal: upTo(2) });
const campaigns = fc.record({
  kind: fc.constant('campaigns' as const),
  choice: upTo(255),
  budget: fc.constantFrom(300, 1000, 3000),
  older: mostly(false, fc.constant(true)),
});
const share = fc.record({
  kind: fc.constant('share' as const),
  from: fc.constantFrom(1, 2),
  resource: upTo(9),
  amount: fc.option(fc.constantFrom(0, 1, 3, 500), { nil: null }),
});
const after = fc.oneof(
  { weight: 12, arbitrary: upTo(2000) },
  { weight: 2, arbitrary: upTo(4 * hour) },
  { weight: 1, arbitrary: upTo(40 * hour) },
);

/** Journals of rewards: campaigns and coupons first, then anything. `shares`: messages of two other partitions come too. */
export function journals(shares = false): fc.Arbitrary<readonly RewardEntry[]> {
  const kinds: fc.WeightedArbitrary<StepKind>[] = [
    { weight: 12, arbitrary: bet },
    { weight: 4, arbitrary: cancel },
    { weight: 5, arbitrary: coupon },
    { weight: 1, arbitrary: race },
    { weight: 1, arbitrary: region },
    { weight: 1, arbitrary: campaigns },
    ...(shares ? [{ weight: 6, arbitrary: share as fc.Arbitrary<StepKind> }] : []),
  ];
  const steps = (arbitrary: fc.Arbitrary<StepKind>, maxLength: number, minLength = 0): fc.Arbitrary<Step[]> =>
    fc.array(fc.record({ after, step: arbitrary }), { minLength, maxLength, size: 'max' });
  return fc
    .tuple(steps(campaigns, 1), steps(coupon, 12), steps(fc.oneof(...kinds), 100, 10))
    .map((parts) => entriesOf(parts.flat()));
}

function entriesOf(steps: readonly Step[]): readonly RewardEntry[] {
  let now = start;
  let version = 0;
  const grants = new Map<number, number>();
  return steps.map(({ after: later, step }): RewardEntry => {
    now += later;
    switch (step.kind) {
      case 'bet': {
        const { race: number } = step;
        const named = number > 2 ? { date: null, meeting: null, race: null } : raceOf(number);
        const time = now - step.behind;
        const made = madeBet(`b${step.bet}`, { terminal: `t${step.terminal}`, stake: step.stake, time, ...named });
        return { kind: 'bet', now, bet: made, captured: now - step.late };
      }
      case 'cancel': {
        const name = `b${step.bet}`;
        return { kind: 'cancel', now, cancel: { bet: name, ticket: name, terminal: 't', time: now - step.behind } };
      }
      case 'coupon': {
        const { coupon: number, pool, value, expiry, status } = step;
        const ends = expiry === null ? null : start + expiry;
        return { kind: 'coupon', now, update: { coupon: `k${number}`, pool: `p${pool}`, value, expiry: ends, status } };
      }
      case 'race': {
        const starts = step.start === null ? null : start + step.start;
        return { kind: 'race', now, race: { ...raceOf(step.race), racecourse: 'VINCENNES', start: starts } };
      }
      case 'region':
        return { kind: 'point-of-sale', now, pointOfSale: { terminal: `t${step.terminal}`, region: 'SUD' } };
      case 'campaigns': {
        if (!step.older) version++;
        const matcher = campaignsOf(Math.max(1, version), step.choice, step.budget);
        const text = JSON.stringify([Math.max(1, version), step.choice, step.budget]);
        return { kind: 'campaigns', now, matcher, text };
      }
      default: {
        const { from, amount } = step;
        const resource = resources[step.resource] as string;
        if (amount === null)
          return { kind: 'share', now, message: { kind: 'ask', from, to: 0, resource, amount: 1 + (later % 300) } };
        const transfer = Math.max(1, (grants.get(from) ?? 0) + (later % 7 === 0 ? 0 : 1)); // some come twice
        grants.set(from, transfer);
        const given =
          resource.startsWith('coupons:') && amount > 0
            ? [
                {
                  coupon: `m${amount}`,
                  pool: resource.slice(8),
                  value: 200,
                  expiry: null,
                  status: 'available' as const,
                },
              ]
            : [];
        const message = { kind: 'grant' as const, from, to: 0, resource, transfer, amount: given.length || amount };
        return { kind: 'share', now, message: { ...message, coupons: given } };
      }
    }
  });
}

const resources = [
  'budget:all',
  'total:all',
  'day:all:2024-03-30',
  'day:all:2024-03-31',
  'race:all:2024-03-31/1/1',
  'race:all:unknown',
  'pool:p0',
  'coupons:p0',
  'coupons:p1',
  'shadow-budget:watch',
];

function raceOf(number: number): { readonly date: string; readonly meeting: number; readonly race: number } {
  return { date: number === 0 ? '2024-03-30' : '2024-03-31', meeting: 1, race: number };
}

/** The matcher of a text of the journal. */
export function matcherOf(text: string): CampaignMatcher {
  const [version, choice, budget] = JSON.parse(text) as [number, number, number];
  return campaignsOf(version, choice, budget);
}

/** Campaigns that differ by the bits of `choice`. */
function campaignsOf(version: number, choice: number, budget: number): CampaignMatcher {
  const has = (bit: number): boolean => (choice & (1 << bit)) !== 0;
  const limits = { total: null, day: null, terminal: null, race: null };
  const members: Partial<Campaign>[] = [
    {
      id: 'all',
      pool: 'p0',
      budget,
      shadow: has(0) && has(1) && has(2),
      limits: {
        total: has(1) ? 9 : null,
        day: has(2) ? 4 : null,
        terminal: has(3) ? 3 : null,
        race: has(4) ? 3 : null,
      },
    },
    { id: 'first', pool: 'p1', firstOfDay: true, group: 'g', priority: 1, budget: null },
    { id: 'third', pool: 'p1', every: has(5) ? 2 : 3, group: 'g', limits: { ...limits, day: 2 } },
    { id: 'half', pool: 'p0', share: 0.5, seed: 's', priority: 2, group: has(6) ? 'g' : null, budget: 1200 },
    { id: 'watch', pool: 'p1', shadow: true, priority: 3, group: 'g', budget: 900, limits: { ...limits, terminal: 2 } },
    {
      id: 'south',
      pool: 'p1',
      regions: ['SUD'],
      racecourses: has(4) ? ['VINCENNES'] : null,
      stake: { from: 200, to: null },
    },
  ];
  const chosen = members.filter((_, index) => index === 0 || !has((index + version) % 8));
  const made = chosen.map((one, index) => madeCampaign(index, one));
  const poolLimits = new Map(has(5) ? [['p0', 6]] : []) as Map<string, number>;
  const keep = (has(6) ? 20 : 45) * hour;
  return plainMatcher(madeSet(made, { version, keep, poolLimits }));
}
