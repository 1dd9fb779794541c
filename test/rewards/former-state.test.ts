import { expect, test } from 'vitest';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import { openRewardStore } from '../../src/rewards/reward-store.ts';
import { jsonBytes, numberedKey, readJson, recordKinds } from '../../src/rewards/saved-key.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { collectedOutputs } from './collected-outputs.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';
import { plainMatcher } from './plain-matcher.ts';

const none: readonly number[] = [0, 0, 0, 0, 1, 1, 0, 0, -1]; // of an allowance that was never used

test('campaigns that a former version kept with all of their numbers are read as those that are kept without', () => {
  const environment = openMemoryEnvironment();
  const table = environment.table('rewards');
  const matcher = plainMatcher(
    madeSet([madeCampaign(0, { id: 'gives' }), madeCampaign(1, { id: 'rests', types: ['-'] })]),
  );
  const open = (): ReturnType<typeof openRewardStore> =>
    openRewardStore(table, { partition: 0, partitions: 1 }, () => matcher);
  const store = open();
  const bet = madeBet('b');
  const now = bet.time;
  const entries: readonly RewardEntry[] = [
    { kind: 'campaigns', now, matcher, text: 'text' },
    { kind: 'coupon', now, update: { coupon: 'c', pool: 'p', value: 5, expiry: null, status: 'available' } },
    { kind: 'bet', now, bet, captured: now },
  ];
  for (const entry of entries) expect(store.engine.judge(entry, collectedOutputs())).toBe(null);
  environment.commit(() => store.save());
  const before = open().engine.account;
  environment.commit(() => {
    for (const { key, value } of [
      ...table.range({ from: numberedKey(recordKinds.campaign), to: numberedKey(recordKinds.pool) }),
    ]) {
      const [id, shadow, inForce, left, counts = [0, 0, 0, 0], total = none, budget = none] = readJson(
        value,
      ) as unknown[];
      table.put(key, jsonBytes([id, shadow, counts, inForce, left, total, budget]));
    }
    const control = readJson(table.get(numberedKey(recordKinds.control)) as Uint8Array) as object;
    table.put(numberedKey(recordKinds.control), jsonBytes({ ...control, version: 2 }));
  });
  expect(open().engine.account).toEqual(before);
  expect(before.campaigns.map(({ rewards }) => rewards)).toEqual([1, 0]);
});
