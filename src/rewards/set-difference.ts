import type { Campaign, CampaignSet } from './campaign.ts';
import { givesAlike } from './gives-alike.ts';

/** What there is to do to put a set of campaigns into force in the place of another one. */
export interface SetDifference {
  /** The one that was in force; `null`: none. */
  readonly former: CampaignSet | null;
  /** Indexes of the campaigns that give otherwise than before, stood elsewhere, or were not there. */
  readonly changed: Int32Array;
  /** Of each of these, where it stood in the former set; -1: nowhere. */
  readonly stood: Int32Array;
  /** Indexes in the former set of campaigns that are no longer there. */
  readonly gone: Int32Array;
  /** The number of the group of each campaign, in the order in which the set names them; -1: none. */
  readonly groupOf: Int32Array;
  readonly groups: number;
}

const campaignsAtOnce = 250; // between two yields

/**
 * Compare a set with the one that it is to follow. Campaigns are the same by id, and by whether they only watch. It yields now and then: of a new version
 * most campaigns are as they were, and looking at all of them is not to be a pause.
 */
export function* setDifference(former: CampaignSet | null, set: CampaignSet): Generator<void, SetDifference> {
  const before = former?.campaigns ?? [];
  const [groupOf, groups] = yield* groupsOf(set.campaigns);
  const [groupBefore] = yield* groupsOf(before);
  const byName = new Map<string, number>(); // of those that do not stand where they stood
  for (let index = 0; index < before.length; index++) {
    const campaign = before[index] as Campaign;
    if (!isSame(set.campaigns[index], campaign)) byName.set(nameOf(campaign), index);
    if (index % campaignsAtOnce === 0) yield;
  }
  const [changed, stood]: [number[], number[]] = [[], []];
  for (let index = 0; index < set.campaigns.length; index++) {
    const campaign = set.campaigns[index] as Campaign;
    if (index % campaignsAtOnce === 0) yield;
    const other = before[index];
    const isThere = other !== undefined && isSame(campaign, other);
    if (isThere && groupOf[index] === groupBefore[index] && givesAlike(campaign, other)) continue;
    const name = nameOf(campaign);
    changed.push(index);
    stood.push(isThere ? index : (byName.get(name) ?? -1));
    byName.delete(name);
  }
  yield;
  return {
    former,
    changed: Int32Array.from(changed),
    stood: Int32Array.from(stood),
    gone: Int32Array.from(byName.values()),
    groupOf,
    groups,
  };
}

function* groupsOf(campaigns: readonly Campaign[]): Generator<void, [Int32Array, number]> {
  const numbers = new Map<string, number>();
  const groupOf = new Int32Array(campaigns.length).fill(-1);
  for (let index = 0; index < campaigns.length; index++) {
    const { group } = campaigns[index] as Campaign;
    if (index % campaignsAtOnce === 0) yield;
    if (group === null) continue;
    const number = numbers.get(group) ?? numbers.size;
    numbers.set(group, number);
    groupOf[index] = number;
  }
  return [groupOf, numbers.size];
}

function isSame(one: Campaign | undefined, { id, shadow }: Campaign): boolean {
  return one !== undefined && one.id === id && one.shadow === shadow;
}

function nameOf({ id, shadow }: Campaign): string {
  return `${shadow ? 'shadow' : 'real'} ${id}`;
}
