import { OverpunchError } from '../../errors.ts';
import type { Catalog } from '../../frames/catalog/catalog.ts';
import { loadCampaigns } from '../../rewards/load-campaigns.ts';
import { couponFrames } from './coupon-frames.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import { eventsOf } from './rewards-stage.ts';
import { rewardTopics } from './stage-topics.ts';

/**
 * Check what a pipeline says about rewards, before anything is run. `events` are the names of the catalog's events.
 *
 * Throws what is wrong with the campaigns, PIPELINE_SCHEMA for events that there are not, and COUPON_FRAME.
 */
export function checkRewards(settings: RewardsSettings, catalog: Catalog, events: readonly string[]): void {
  for (const [kind, name] of Object.entries(eventsOf(settings))) {
    if (name === null || events.includes(name)) continue;
    throw new OverpunchError('PIPELINE_SCHEMA', `rewards.events.${kind}: the catalog has no event ${name}`, {
      hint: `its events are ${events.join(', ')}`,
      exitStatus: 3,
    });
  }
  const taken = events.find((name) => rewardTopics.some((topic) => topic === name));
  if (taken !== undefined) {
    throw new OverpunchError('PIPELINE_SCHEMA', `rewards: an event of the catalog has the name of the topic ${taken}`, {
      hint: 'give the event another name',
      exitStatus: 3,
    });
  }
  const { timeZone } = loadCampaigns(settings.campaigns);
  if (settings.couponFrames !== undefined) couponFrames(catalog, settings.couponFrames, () => timeZone);
}
