import type { BetCondition } from './bet-condition.ts';
import type { Campaign, NumberRange, Terminals } from './campaign.ts';
import type { CampaignSettings } from './campaign-schema.ts';

/** What a campaign's settings refer to. */
export interface CampaignSurroundings {
  readonly index: number;
  readonly timeZone: string;
  readonly include: Terminals | null;
  readonly exclude: Terminals | null;
  readonly when: BetCondition | null;
}

/** Make the campaign that settings describe. Its title, seed and pool are its id where they say nothing else. */
export function madeCampaign(settings: CampaignSettings, surroundings: CampaignSurroundings): Campaign {
  const { id, period, limits } = settings;
  const { index, include, exclude, when } = surroundings;
  // Member by member: a spread of another object makes this the slowest part of a reload.
  return {
    id,
    title: settings.title ?? id,
    index,
    timeZone: settings.timeZone ?? surroundings.timeZone,
    from: period?.from ?? null,
    to: period?.to ?? null,
    days: settings.days === undefined ? null : [...new Set(settings.days.flat())].sort((one, other) => one - other),
    hours: settings.hours ?? null,
    types: settings.types ?? null,
    formulas: settings.formulas ?? null,
    stake: range(settings.stake),
    horses: range(settings.horses),
    meetings: settings.meetings ?? null,
    races: settings.races ?? null,
    racecourses: settings.racecourses ?? null,
    regions: settings.regions ?? null,
    include,
    exclude,
    when,
    firstOfDay: settings.firstOfDay ?? false,
    share: settings.share ?? null,
    seed: settings.seed ?? id,
    every: settings.every ?? null,
    priority: settings.priority ?? 0,
    group: settings.group ?? null,
    limits: {
      total: limits?.total ?? null,
      day: limits?.day ?? null,
      terminal: limits?.terminal ?? null,
      race: limits?.race ?? null,
    },
    budget: settings.budget ?? null,
    pool: settings.pool ?? id,
    shadow: settings.shadow ?? false,
  };
}

function range(settings: CampaignSettings['stake']): NumberRange | null {
  return settings === undefined ? null : { from: settings.from ?? null, to: settings.to ?? null };
}
