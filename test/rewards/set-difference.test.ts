import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CampaignSet } from '../../src/rewards/campaign.ts';
import { compileMatcherInSlices } from '../../src/rewards/compile-matcher.ts';
import { createRewardEngine } from '../../src/rewards/reward-engine.ts';
import { runSteps } from '../../src/rewards/run-steps.ts';
import { setDifference } from '../../src/rewards/set-difference.ts';
import { collectedOutputs } from './collected-outputs.ts';
import { madeBet, madeCampaign, madeSet } from './made-campaigns.ts';

const anySet: fc.Arbitrary<CampaignSet> = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      shadow: fc.boolean(),
      budget: fc.constantFrom(null, 100, 200),
      group: fc.constantFrom(null, 'g', 'h'),
    }),
    { selector: ({ id }) => id, maxLength: 5 },
  )
  .map((campaigns) => madeSet(campaigns.map((members, index) => madeCampaign(index, members))));

describe('the difference of two sets', () => {
  test('names every campaign that gives otherwise, stands elsewhere or came, and those that are gone', () => {
    fc.assert(
      fc.property(fc.option(anySet), anySet, (former, set) => {
        const { changed, stood, gone, groupOf, groups } = runSteps(setDifference(former, set));
        const before = former?.campaigns ?? [];
        const nameOf = ({ id, shadow }: { id: string; shadow: boolean }) => `${id} ${shadow}`;
        const names = set.campaigns.map(nameOf);
        expect(Array.from(gone, (index) => nameOf(before[index] as never)).sort()).toEqual(
          before
            .map(nameOf)
            .filter((name) => !names.includes(name))
            .sort(),
        );
        expect(groups).toBe(new Set(set.campaigns.flatMap(({ group }) => group ?? [])).size);
        for (const [index, campaign] of set.campaigns.entries()) {
          expect(groupOf[index] === -1).toBe(campaign.group === null);
          const at = changed.indexOf(index);
          const place = before.findIndex((one) => nameOf(one) === nameOf(campaign));
          if (at >= 0) expect(stood[at]).toBe(place);
          else expect(before[index]).toMatchObject({ id: campaign.id, budget: campaign.budget, group: campaign.group });
        }
      }),
    );
  });

  test('is the same to an engine, known ahead or not, and of another set it is not taken', async () => {
    const versions = [
      madeSet([madeCampaign(0, { id: 'a', every: 2 }), madeCampaign(1, { id: 'b' })], { version: 1 }),
      madeSet([madeCampaign(0, { id: 'b' }), madeCampaign(1, { id: 'c' })], { version: 2 }),
      madeSet([madeCampaign(0, { id: 'b', title: 'B' }), madeCampaign(1, { id: 'a', every: 2 })], { version: 3 }),
    ];
    const decisions = [];
    for (const ahead of ['none', 'former', 'other'] as const) {
      const engine = createRewardEngine({ partition: 0, partitions: 1 });
      const outputs = collectedOutputs();
      let former = null;
      for (const [round, set] of versions.entries()) {
        const other = await compileMatcherInSlices(versions[2] as CampaignSet);
        const matcher = await compileMatcherInSlices(
          set,
          2,
          ahead === 'none' ? null : ahead === 'former' ? former : other,
        );
        engine.judge({ kind: 'campaigns', now: Date.UTC(2024, 2, 31), matcher, text: '' }, outputs);
        former = matcher;
        for (let number = 0; number < 3; number++) {
          const bet = madeBet(`b${round}-${number}`);
          engine.judge({ kind: 'bet', now: bet.time, bet, captured: bet.time }, outputs);
        }
      }
      decisions.push({ ...outputs }, engine.account);
    }
    expect(JSON.stringify(decisions.slice(2, 4))).toEqual(JSON.stringify(decisions.slice(0, 2)));
    expect(JSON.stringify(decisions.slice(4))).toEqual(JSON.stringify(decisions.slice(0, 2)));
  });
});
