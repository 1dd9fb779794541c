import { OverpunchError } from '../../errors.ts';
import type { Catalog } from '../../frames/catalog/catalog.ts';
import { loadCampaigns } from '../../rewards/load-campaigns.ts';
import { couponFrames } from './coupon-frames.ts';
import type { RewardsSettings } from './rewards-settings.ts';
import { rewardTopics } from './stage-topics.ts';

/**
 * Check what a pipeline says about rewards, before anything is run. `events` are the names of the catalog's events.
 *
 * Throws what is wrong with the campaigns, PIPELINE_SCHEMA for an event with the name of a topic of the rewards, and COUPON_FRAME.
 */
export function checkRewards(settings: RewardsSettings, catalog: Catalog, events: readonly string[]): void {
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
