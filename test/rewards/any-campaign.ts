import fc from 'fast-check';
import type { Bet } from '../../src/rewards/bet.ts';
import type { Campaign } from '../../src/rewards/campaign.ts';

const some = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value[] | null> =>
  fc.option(fc.uniqueArray(values, { minLength: 1, maxLength: 4 }), { nil: null, freq: 2 });
const maybe = <Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.option(values, { nil: null, freq: 3 });
const type: fc.Arbitrary<string> = fc.constantFrom('SG', 'SP', 'QI', 'TR');
const racecourse = fc.constantFrom('VINCENNES', 'AUTEUIL', '__proto__');
const terminal = fc.integer({ min: 1, max: 30 }).map((number) => String(number).padStart(5, '0'));
const small = fc.integer({ min: 1, max: 4 });
const amount = fc.integer({ min: 0, max: 12 });
const range = fc.record({ from: maybe(amount), to: maybe(amount) });
const date = fc.constantFrom('2024-03-30', '2024-03-31', '2024-04-01', '2024-10-27');
const zone = fc.constantFrom('Europe/Paris', 'UTC', 'America/New_York');
const minute = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
const hours = fc.record({ from: minute, to: minute.map((value) => value + 1) });

const need = fc.oneof(
  fc.record({ field: fc.constant('type' as const), oneOf: fc.array(type, { maxLength: 2 }) }),
  fc.record({ field: fc.constant('stake' as const), from: maybe(amount), to: maybe(amount) }),
);
/** Conditions whose needs are those of what they ask, and all of that or not. */
const condition = fc.tuple(fc.array(need, { maxLength: 2 }), fc.boolean()).map(([needs, isAll]) => ({
  text: '',
  needs,
  isAll,
  holds: (bet: Bet) =>
    (isAll || bet.horses !== 2) &&
    needs.every((one) =>
      'oneOf' in one
        ? bet.type !== null && one.oneOf.includes(bet.type)
        : bet.stake >= (one.from ?? bet.stake) && bet.stake <= (one.to ?? bet.stake),
    ),
}));

/** Members of a campaign, each of which it may lack. */
export const anyCampaign: fc.Arbitrary<Partial<Campaign>> = fc.record({
  timeZone: zone,
  from: maybe(date),
  to: maybe(date),
  days: some(fc.integer({ min: 1, max: 7 })),
  hours: some(hours),
  types: some(type),
  formulas: some(fc.constantFrom('00', '01')),
  stake: maybe(range),
  horses: maybe(range),
  meetings: some(small),
  races: some(small),
  racecourses: some(racecourse),
  regions: some(fc.constantFrom('north', 'south')),
  include: some(terminal),
  exclude: some(terminal),
  when: maybe(condition),
  priority: fc.integer({ min: 0, max: 2 }),
});

/** Members of a bet that such campaigns may ask for. */
export const anyBet: fc.Arbitrary<Partial<Bet>> = fc.record({
  terminal,
  time: fc.oneof(
    fc.integer({ min: Date.UTC(2024, 2, 30, 20), max: Date.UTC(2024, 3, 1, 4) }),
    fc.integer({ min: Date.UTC(2024, 9, 26, 22), max: Date.UTC(2024, 9, 28) }),
  ),
  type: maybe(type),
  formula: maybe(fc.constantFrom('00', '01', '10')),
  stake: amount,
  horses: maybe(amount),
  meeting: maybe(small),
  race: maybe(small),
  racecourse: maybe(racecourse),
  region: maybe(fc.constantFrom('north', 'south', 'east')),
});
