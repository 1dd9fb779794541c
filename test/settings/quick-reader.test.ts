import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { campaignSchema, readCampaign } from '../../src/rewards/campaign-schema.ts';
import { notRead } from '../../src/settings/quick-reader.ts';

const texts = fc.constantFrom(
  '',
  ' a',
  'a',
  'c-1',
  '1',
  '0',
  '-1',
  '10%',
  '2024-03-31',
  'true',
  'no',
  'mon-fri',
  '18:00-02:00',
  'UTC',
);
const lists = fc.oneof(texts, fc.array(texts, { maxLength: 3 }), fc.constant([['a']]));
const ranges = fc.oneof(
  texts,
  fc.dictionary(fc.constantFrom('from', 'to', 'total', 'day', 'other'), texts, { maxKeys: 3 }),
);
const names = Object.keys((campaignSchema as unknown as { readonly shape: object }).shape);
const values = fc.oneof(texts, lists, ranges);

describe('a quick reader', () => {
  test('makes of campaigns what their schema makes of them, and nothing of wrong ones', () => {
    let right = 0;
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names, 'other'), values, { maxKeys: 3 }),
        fc.boolean(),
        (some, hasId) => {
          const campaign = hasId ? { ...some, id: 'c-1' } : some;
          const parsed = campaignSchema.safeParse(campaign);
          const read = readCampaign(campaign);
          if (parsed.success) right += 1;
          expect(read).toEqual(parsed.success ? parsed.data : notRead);
        },
      ),
      { numRuns: 3000 },
    );
    expect(right).toBeGreaterThan(100);
  });

  test('takes one value for a list of it', () => {
    expect(readCampaign({ id: 'c', types: 'SG', days: 'mon-tue' })).toEqual({ id: 'c', types: ['SG'], days: [[1, 2]] });
  });

  test('reads nothing that is no mapping, and no member that is none of a campaign', () => {
    for (const wrong of ['id', ['id'], null, {}, { id: 'c', toString: 'c' }]) expect(readCampaign(wrong)).toBe(notRead);
  });
});
