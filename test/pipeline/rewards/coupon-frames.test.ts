import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { couponFrames, type PrintedReward } from '../../../src/pipeline/rewards/coupon-frames.ts';
import { itc } from '../flow-run.ts';
import { settingsOf } from './betting-run.ts';

const mapping = settingsOf('').couponFrames ?? { type: '', fields: {} };
const written = (reward: PrintedReward, before: readonly PrintedReward[]): unknown => {
  const writer = couponFrames(itc, mapping, () => 'Europe/Paris');
  for (const one of before) writer.write(one);
  const frame = writer.write(reward);
  return frame instanceof Error ? frame.message : Buffer.from(frame).toString('hex');
};
const digits = (count: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((number) => String(number).padStart(count, '0'));
const words = fc.array(fc.constantFrom('every', '10th', 'bet:', 'quinté', 'x'.repeat(40), '漢'), { maxLength: 30 });
const reward: fc.Arbitrary<PrintedReward> = fc.record({
  bet: digits(14),
  ticket: digits(14),
  terminal: digits(5),
  time: fc.integer({ min: 0, max: 2e12 }),
  campaign: fc.constantFrom('spring', 'a-very-long-name', 'p'),
  version: fc.nat(),
  coupon: fc.oneof(digits(12), fc.constant('longer-than-the-field')),
  value: fc.integer({ min: 0, max: 20_000_000 }),
  expiry: fc.option(fc.integer({ min: 1.5e12, max: 2e12 })),
  reason: words.map((list) => list.join(' ')),
  now: fc.integer({ min: 0, max: 2e12 }),
  number: fc.integer({ min: 1, max: 500_000 }),
});

describe('frames that print coupons', () => {
  test('hold the same bytes whatever was written before', () => {
    const property = fc.property(reward, fc.array(reward, { maxLength: 4 }), (one, before) => {
      expect(written(one, before)).toBe(written(one, []));
    });
    fc.assert(property, { numRuns: 60 });
  });

  test('are refused for what does not fit into its field, and say which', () => {
    const [one] = fc.sample(reward, { numRuns: 1, seed: 1 });
    if (one === undefined) throw new Error('no sample');
    const long = { ...one, reason: '', coupon: 'longer-than-the-field' };
    expect(written(long, [])).toMatch(/T040-COUPON-NUMERO: 'longer-than-the-field'/);
  });

  test('need a type, fields and members that there are', () => {
    const make = (type: string, fields: Record<string, string>) => (): unknown => {
      return couponFrames(itc, { type, fields }, () => 'UTC');
    };
    expect(make('T044', {})).toThrow('the catalog has no type T044');
    expect(make('T040', { 'T040-VALUER': 'value' })).toThrow('no one field T040-VALUER');
    expect(make('T040', { 'T040-VALEUR': 'amount' })).toThrow('a reward has no amount');
  });
});
