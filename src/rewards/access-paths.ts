import { AccessPath } from './access-path.ts';
import type { AskedField } from './asked-field.ts';
import { ValueDimension } from './value-dimension.ts';

const mostLists = 1 << 20; // of two fields together

/** Choose for every campaign the path on which the fewest bets find it, and make the lists. It yields now and then. */
export function* accessPaths(
  asked: readonly AskedField[],
  ranked: Int32Array,
  rankOf: Int32Array,
): Generator<void, readonly AccessPath[]> {
  const fields = asked.flatMap(({ dimension }, at) => (dimension instanceof ValueDimension ? [{ at, dimension }] : []));
  const paths = [new AccessPath([]), ...fields.map((field) => new AccessPath([field]))];
  const pair = bestPair(fields, ranked);
  if (pair !== null) paths.push(pair);
  yield;
  const taken = paths.map((): number[] => []);
  for (const campaign of ranked) {
    let best = 0;
    for (const [at, path] of paths.entries()) {
      if (path.costOf(campaign) < (paths[best]?.costOf(campaign) ?? 1)) best = at;
    }
    taken[best]?.push(campaign);
  }
  yield;
  for (const [at, path] of paths.entries()) yield* path.fill(taken[at] ?? [], rankOf);
  return paths.filter((_path, at) => (taken[at]?.length ?? 0) > 0);
}

/** The two fields on whose pairs of values the fewest bets find a campaign, of those whose pairs are not too many. */
function bestPair(
  fields: readonly { readonly at: number; readonly dimension: ValueDimension }[],
  campaigns: Int32Array,
): AccessPath | null {
  let best: AccessPath | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, first] of fields.entries()) {
    for (const second of fields.slice(at + 1)) {
      const path = new AccessPath([first, second]);
      if (path.lists > mostLists) continue;
      let cost = 0;
      for (const campaign of campaigns) cost += path.costOf(campaign);
      if (cost >= least) continue;
      least = cost;
      best = path;
    }
  }
  return best;
}
