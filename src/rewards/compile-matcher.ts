import { accessPaths } from './access-paths.ts';
import type { AskedField } from './asked-field.ts';
import type { BetNeed, IndexedField } from './bet-condition.ts';
import { BitRows } from './bit-rows.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import { CampaignColumns } from './campaign-columns.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { CampaignZone } from './campaign-zone.ts';
import { type AskedNumber, IndexedMatcher } from './indexed-matcher.ts';
import { IntervalDimension } from './interval-dimension.ts';
import type { WholeRange } from './range-dimension.ts';
import { runInSlices, runSteps } from './run-steps.ts';
import { type AdmittedValues, ValueDimension } from './value-dimension.ts';

const usualBytes = 64 << 20;
const fewestRows = 64;
const mostTogether = 512; // rows of a field whose bits stand with the campaign

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
  return runSteps(matcherInSteps(set, mostBytes));
}

/** The same, but other work has its turn every few milliseconds (`slice`, default 4). */
export async function compileMatcherInSlices(set: CampaignSet, slice?: number): Promise<CampaignMatcher> {
  return runInSlices(matcherInSteps(set), slice);
}

/** The same bit by bit: it yields every few milliseconds, and returns the matcher. */
export function* matcherInSteps(set: CampaignSet, mostBytes: number = usualBytes): Generator<void, CampaignMatcher> {
  const { campaigns } = set;
  const zones: CampaignZone[] = [];
  for (const zone of new Set(campaigns.map(({ timeZone }) => timeZone))) {
    yield;
    zones.push(new CampaignZone(zone, campaigns));
  }
  const mostRows = Math.max(fewestRows, Math.floor((mostBytes * 8) / Math.max(1, campaigns.length)));
  const asked: AskedField[] = [];
  for (const field of valueFields) {
    const admitted = campaigns.map((campaign) => admittedValues(field, campaign));
    yield;
    if (!admitted.some(isSome)) continue;
    const dimension = new ValueDimension(admitted, mostRows);
    yield* dimension.intern();
    asked.push({ dimension, read: (bet) => bet[field] });
  }
  const intervals: AskedNumber[] = [];
  for (const field of ['stake', 'horses'] as const) {
    const ranges = campaigns.map((campaign) => admittedRange(field, campaign));
    yield;
    if (!ranges.some(isSome)) continue;
    intervals.push({ dimension: new IntervalDimension(ranges), read: (bet) => bet[field] });
    yield;
  }
  for (const zone of zones) asked.push(...zone.asked());
  asked.sort((one, other) => one.dimension.passing - other.dimension.passing);
  yield;

  const ranked = Int32Array.from(campaigns.keys()).sort((one, other) => {
    return (campaigns[other]?.priority ?? 0) - (campaigns[one]?.priority ?? 0) || one - other;
  });
  const rankOf = new Int32Array(campaigns.length);
  for (const [rank, campaign] of ranked.entries()) rankOf[campaign] = rank;
  const isShort = ({ dimension }: AskedField): boolean => dimension.rows <= mostTogether;
  const columns = new CampaignColumns(campaigns.length, rowsOf(asked.filter(isShort)), 2 * intervals.length);
  const rows = new BitRows(campaigns.length, rowsOf(asked.filter((field) => !isShort(field))));
  yield;
  for (const [index, { dimension }] of intervals.entries()) yield* dimension.fill(columns, 2 * index, rankOf);
  for (const field of asked) {
    yield* field.dimension.fill(isShort(field) ? columns : rows, rankOf);
    yield;
  }
  const paths = yield* accessPaths(asked, ranked, rankOf);
  const together = asked.map(isShort);
  return new IndexedMatcher({ set, asked, intervals, together, columns, rows, ranked, zones, paths });
}

const valueFields: readonly IndexedField[] = ['type', 'formula', 'terminal', 'region', 'racecourse', 'meeting', 'race'];

function rowsOf(asked: readonly AskedField[]): number {
  let rows = 0;
  for (const { dimension } of asked) rows += dimension.rows;
  return rows;
}

function isSome(value: unknown): boolean {
  return value !== null;
}

function admittedValues(field: IndexedField, campaign: Campaign): AdmittedValues | null {
  const own = listOf(field, campaign);
  if (own === null && campaign.when === null && (field !== 'terminal' || campaign.exclude === null)) return null;
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

function admittedRange(field: 'stake' | 'horses', campaign: Campaign): WholeRange | null {
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
  return asks ? { from, to } : null;
}
