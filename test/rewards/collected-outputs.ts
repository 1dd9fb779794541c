import type { RewardOutputs } from '../../src/rewards/reward-outputs.ts';

/** Outputs in the order in which they came. */
export interface CollectedOutputs extends RewardOutputs {
  readonly all: (readonly [keyof RewardOutputs, unknown])[];
}

/** Collect outputs. */
export function collectedOutputs(): CollectedOutputs {
  const all: CollectedOutputs['all'] = [];
  return {
    all,
    reward: (reward) => all.push(['reward', reward]),
    cancelled: (coupon) => all.push(['cancelled', coupon]),
    decision: (decision) => all.push(['decision', decision]),
    share: (message) => all.push(['share', message]),
  };
}
