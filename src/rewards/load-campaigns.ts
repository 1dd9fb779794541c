import { readSettingsText } from '../settings/settings-file.ts';
import type { CampaignSet } from './campaign.ts';
import { campaignKind } from './campaign-kind.ts';
import type { CampaignMemory } from './campaign-memory.ts';
import type { KnownNames } from './check-names.ts';
import { campaignsInSteps } from './read-campaigns.ts';
import { runInSlices, runSteps } from './run-steps.ts';

/**
 * Load a file of campaigns, in YAML or JSON. Of names that are known, such as the types of bets of a catalog, others are mistakes.
 *
 * Throws a SettingsError with everything that is wrong with it (CAMPAIGN_*), each with its place, and IO for a file that cannot be read.
 */
export function loadCampaigns(file: string, known: KnownNames = {}): CampaignSet {
  return parseCampaigns(readSettingsText(file, campaignKind), file, known);
}

/** The same for a text that stands, or stood, in a file. What `memory` has of a former text is not read again. */
export function parseCampaigns(text: string, file: string, known?: KnownNames, memory?: CampaignMemory): CampaignSet {
  return runSteps(campaignsInSteps(text, file, known, memory));
}

/** The same, but other work has its turn every few milliseconds (`slice`, default 1). */
export async function parseCampaignsInSlices(
  text: string,
  file: string,
  slice?: number,
  memory?: CampaignMemory,
): Promise<CampaignSet> {
  return runInSlices(campaignsInSteps(text, file, undefined, memory), slice);
}
