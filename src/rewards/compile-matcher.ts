import { accessPaths } from './access-paths.ts';
import type { AskedField } from './asked-field.ts';
import type { Bet } from './bet.ts';
import type { BetNeed, IndexedField } from './bet-condition.ts';
import { BitRows } from './bit-rows.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { CampaignZone } from './campaign-zone.ts';
import { IndexedMatcher } from './indexed-matcher.ts';
import { RangeDimension, type WholeRange } from './range-dimension.ts';
import { type AdmittedValues, ValueDimension } from './value-dimension.ts';

const usualBytes = 64 << 20;
const fewestRows = 64;
const mostPieces = 512; // of a line of numbers

/**
 * Compile campaigns into an index, so that a bet costs what the campaigns cost that it nearly meets, and not their number.
 *
 * Each campaign stands in lists by the values of that field, or of those two, that rule out most bets for it: only what stands in the
 * lists of a bet's values is looked at. Of each field there are rows of bits, one for each value, that say which campaigns admit it; what is in
 * all rows of the bet is asked for its CEL condition.
 *
 * A field may have as many rows as fit into `mostBytes` (default 64 MiB); with more values than that some share a row, which takes longer.
 */
export function compileMatcher(set: CampaignSet, mostBytes: number = usualBytes): CampaignMatcher {
  const steps = matcherInSteps(set, mostBytes);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same bit by bit: it yields every few milliseconds, and returns the matcher. */
export function* matcherInSteps(set: CampaignSet, mostBytes: number = usualBytes): Generator<void, CampaignMatcher> {
  const { campaigns } = set;
  const zones = [...new Set(campaigns.map(({ timeZone }) => timeZone))].map(
    (zone) => new CampaignZone(zone, campaigns),
  );
  const mostRows = Math.max(fewestRows, Math.floor((mostBytes * 8) / Math.max(1, campaigns.length)));
  const values = valueFields.map((field) => {
    const admitted = campaigns.map((campaign) => admittedValues(field, campaign));
    return {
      dimension: new ValueDimension(admitted, mostRows),
      read: (bet: Bet) => bet[field],
      used: admitted.some(isSome),
    };
  });
  for (const { dimension } of values) yield* dimension.intern();
  const numbers = (['stake', 'horses'] as const).map((field) => {
    const ranges = campaigns.map((campaign) => admittedRanges(field, campaign));
    return {
      dimension: new RangeDimension(ranges, mostPieces),
      read: (bet: Bet) => bet[field],
      used: ranges.some(isSome),
    };
  });
  yield;
  const asked: AskedField[] = [];
  for (const { dimension, read, used } of values) if (used) asked.push({ dimension, read });
  for (const { dimension, read, used } of numbers) if (used) asked.push({ dimension, read });
  for (const zone of zones) asked.push(...zone.asked());
  asked.sort((one, other) => one.dimension.passing - other.dimension.passing);
  yield;

  const ranked = Int32Array.from(campaigns.keys()).sort((one, other) => {
    return (campaigns[other]?.priority ?? 0) - (campaigns[one]?.priority ?? 0) || one - other;
  });
  const rankOf = new Int32Array(campaigns.length);
  for (const [rank, campaign] of ranked.entries()) rankOf[campaign] = rank;
  let capacity = 0;
  for (const { dimension } of asked) capacity += dimension.rows;
  const rows = new BitRows(campaigns.length, capacity);
  for (const { dimension } of asked) {
    yield* dimension.fill(rows, rankOf);
    yield;
  }
  const paths = yield* accessPaths(asked, ranked, rankOf);
  return new IndexedMatcher({ set, asked, rows, ranked, zones, paths });
}

const valueFields: readonly IndexedField[] = ['type', 'formula', 'terminal', 'region', 'racecourse', 'meeting', 'race'];

function isSome(value: unknown): boolean {
  return value !== null;
}

function admittedValues(field: IndexedField, campaign: Campaign): AdmittedValues | null {
  const own = listOf(field, campaign);
  const needed = needsOf(campaign).flatMap((need) => (need.field === field && 'oneOf' in need ? [need.oneOf] : []));
  const include = own === null ? needed : [own, ...needed];
  const exclude = field === 'terminal' ? campaign.exclude : null;
  return include.length === 0 && exclude === null ? null : { include, exclude };
}

function listOf(field: IndexedField, campaign: Campaign): readonly (string | number)[] | null {
  switch (field) {
    case 'type':
      return campaign.types;
    case 'formula':
      return campaign.formulas;
    case 'terminal':
      return campaign.include;
    case 'region':
      return campaign.regions;
    case 'racecourse':
      return campaign.racecourses;
    case 'meeting':
      return campaign.meetings;
    case 'race':
      return campaign.races;
  }
}

function needsOf({ when }: Campaign): readonly BetNeed[] {
  return when === null ? [] : when.needs;
}

function admittedRanges(field: 'stake' | 'horses', campaign: Campaign): readonly WholeRange[] | null {
  const own = campaign[field];
  let from = own?.from ?? Number.NEGATIVE_INFINITY;
  let to = own?.to ?? Number.POSITIVE_INFINITY;
  let asks = own !== null;
  for (const need of needsOf(campaign)) {
    if (need.field !== field || 'oneOf' in need) continue;
    asks = true;
    from = Math.max(from, Math.ceil(need.from ?? from));
    to = Math.min(to, Math.floor(need.to ?? to));
  }
  if (!asks) return null;
  return from <= to ? [{ from, to }] : [];
}
