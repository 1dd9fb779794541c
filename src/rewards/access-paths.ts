import { AccessPath } from './access-path.ts';
import type { AskedField } from './asked-field.ts';
import { ValueDimension } from './value-dimension.ts';

const sliceCampaigns = 500; // between two yields
const sliceCosts = 5000;
const mostLists = 1 << 20; // of two fields together

/** A path, and the campaigns that go by it, in the order of their ranks. */
export interface TakenPath {
  readonly path: AccessPath;
  readonly campaigns: readonly number[];
}

/** Choose for every campaign the path on which the fewest bets find it. It yields now and then. */
export function* accessPaths(asked: readonly AskedField[], ranked: Int32Array): Generator<void, readonly TakenPath[]> {
  const fields = asked.flatMap(({ dimension }, at) => (dimension instanceof ValueDimension ? [{ at, dimension }] : []));
  const paths = [new AccessPath([]), ...fields.map((field) => new AccessPath([field]))];
  const pair = yield* bestPair(fields, ranked);
  if (pair !== null) paths.push(pair);
  yield;
  const taken = paths.map((): number[] => []);
  for (let rank = 0; rank < ranked.length; rank++) {
    const campaign = ranked[rank] as number;
    let best = 0;
    let least = paths[0]?.costOf(campaign) ?? 1;
    for (let at = 1; at < paths.length; at++) {
      const cost = paths[at]?.costOf(campaign) ?? 1;
      if (cost >= least) continue;
      least = cost;
      best = at;
    }
    taken[best]?.push(campaign);
    if (rank % sliceCampaigns === sliceCampaigns - 1) yield;
  }
  yield;
  return paths.flatMap((path, at) => {
    const campaigns = taken[at] ?? [];
    return campaigns.length === 0 ? [] : [{ path, campaigns }];
  });
}

/** The two fields on whose pairs of values the fewest bets find a campaign, of those whose pairs are not too many. */
function* bestPair(
  fields: readonly { readonly at: number; readonly dimension: ValueDimension }[],
  campaigns: Int32Array,
): Generator<void, AccessPath | null> {
  let best: AccessPath | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, first] of fields.entries()) {
    for (const second of fields.slice(at + 1)) {
      const path = new AccessPath([first, second]);
      if (path.lists > mostLists) continue;
      let cost = 0;
      for (let at = 0; at < campaigns.length; at++) {
        cost += path.costOf(campaigns[at] as number);
        if (at % sliceCosts === sliceCosts - 1) yield;
      }
      yield;
      if (cost >= least) continue;
      least = cost;
      best = path;
    }
  }
  return best;
}
