import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import type { RewardsSettings } from '../pipeline/rewards/rewards-settings.ts';

/** The `rewards` part of a pipeline that was read from a file. Throws USAGE when it has none. */
export function rewardsOf({ rewards }: PipelineSettings, file: string): RewardsSettings {
  if (rewards !== undefined) return rewards;
  throw new OverpunchError('USAGE', `${printable(file)}: the pipeline has no rewards`, {
    hint: 'add a part rewards: that names its campaigns, see docs/rewards.md',
  });
}
