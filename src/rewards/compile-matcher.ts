import { accessPaths, type TakenPath } from './access-paths.ts';
import type { AskedField } from './asked-field.ts';
import type { AskedNumber } from './asked-number.ts';
import { AskedPath } from './asked-path.ts';
import type { Bet } from './bet.ts';
import type { BetNeed, IndexedField } from './bet-condition.ts';
import { BitRows } from './bit-rows.ts';
import type { Campaign, CampaignSet } from './campaign.ts';
import { CampaignColumns } from './campaign-columns.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import { type CampaignZone, campaignZone } from './campaign-zone.ts';
import { IndexedMatcher } from './indexed-matcher.ts';
import { IntervalDimension } from './interval-dimension.ts';
import type { WholeRange } from './range-dimension.ts';
import { mapInSteps, runInSlices, runSteps } from './run-steps.ts';
import { setDifference } from './set-difference.ts';
import { type AdmittedValues, ValueDimension } from './value-dimension.ts';
import type { ValueList } from './value-ordinals.ts';

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

/**
 * The same, but other work has its turn every few milliseconds (`slice`, default 1). Where it is put into force after `former`, what differs is known
 * already.
 */
export async function compileMatcherInSlices(
  set: CampaignSet,
  slice?: number,
  former: CampaignMatcher | null = null,
): Promise<CampaignMatcher> {
  return runInSlices(matcherInSteps(set, usualBytes, former?.set ?? null), slice);
}

/** The same bit by bit: it yields every few milliseconds, and returns the matcher. */
export function* matcherInSteps(
  set: CampaignSet,
  mostBytes: number = usualBytes,
  former: CampaignSet | null = null,
): Generator<void, CampaignMatcher> {
  const { campaigns } = set;
  const zones = new Map<string, CampaignZone>();
  for (const zone of new Set(yield* mapInSteps(campaigns, ({ timeZone }) => timeZone))) {
    zones.set(zone, yield* campaignZone(zone, campaigns));
  }
  const mostRows = Math.max(fewestRows, Math.floor((mostBytes * 8) / Math.max(1, campaigns.length)));
  const fields: AskedField[] = [];
  for (const field of valueFields) {
    const admitted = yield* mapInSteps(campaigns, (campaign) => admittedValues(field, campaign));
    if (!admitted.some(isSome)) continue;
    const dimension = new ValueDimension(admitted, mostRows);
    yield* dimension.intern();
    fields.push({ dimension, read: readers[field] });
  }
  const intervals: AskedNumber[] = [];
  for (const field of ['stake', 'horses'] as const) {
    const ranges = yield* mapInSteps(campaigns, (campaign) => admittedRange(field, campaign));
    if (!ranges.some(isSome)) continue;
    const dimension = new IntervalDimension(ranges);
    yield* dimension.cut();
    intervals.push({ dimension, read: field === 'stake' ? ({ stake }) => stake : ({ horses }) => horses });
  }
  for (const zone of zones.values()) fields.push(...zone.asked());
  const asked = yield* inOrder(fields);

  const ranked = yield* rankedCampaigns(campaigns);
  const rankOf = new Int32Array(campaigns.length);
  for (let rank = 0; rank < ranked.length; rank++) rankOf[ranked[rank] as number] = rank;
  const taken = yield* accessPaths(asked, ranked);
  const isShort = ({ dimension }: AskedField): boolean => dimension.rows <= mostTogether;
  const together = asked.map(isShort);
  const { slotOf, slots } = yield* slotsOf(asked, together, taken, campaigns.length);
  const columns = new CampaignColumns(campaigns.length, rowsOf(asked.filter(isShort)), 2 * intervals.length);
  const rows = new BitRows(slots, rowsOf(asked.filter((field) => !isShort(field))));
  yield;
  for (const [index, { dimension }] of intervals.entries()) yield* dimension.fill(columns, 2 * index, rankOf);
  for (const field of asked) {
    yield* isShort(field) ? field.dimension.fill(columns, rankOf) : field.dimension.fill(rows, slotOf);
    yield;
  }
  const paths: AskedPath[] = [];
  for (const { path, campaigns: own } of taken) {
    const asking = new AskedPath({ set, asked, intervals, together, columns, rankOf, slotOf }, path);
    yield* path.fill(own, (campaign) => asking.postingOf(campaign));
    paths.push(asking);
  }
  const conditions = yield* mapInSteps(ranked, (campaign) => campaigns[campaign]?.when ?? null);
  const zoneOf = yield* mapInSteps(campaigns, ({ timeZone }) => zones.get(timeZone) as CampaignZone);
  const terminal = asked.findIndex(({ read }) => read === readers.terminal);
  const difference = yield* setDifference(former, set);
  return new IndexedMatcher({
    set,
    difference,
    asked,
    intervals,
    together,
    columns,
    rows,
    ranked,
    conditions,
    zoneOf,
    paths,
    terminal,
  });
}

/** Number those campaigns for rows of bits whose path does not say all about them; nobody asks for the bits of the others, which share one. */
function* slotsOf(
  asked: readonly AskedField[],
  together: readonly boolean[],
  taken: readonly TakenPath[],
  count: number,
): Generator<void, { readonly slotOf: Int32Array; readonly slots: number }> {
  const slotOf = new Int32Array(count);
  let slots = 1;
  for (const { path, campaigns } of taken) {
    const others = asked.filter((_field, at) => together[at] !== true && !path.fields.includes(at));
    yield* mapInSteps(campaigns, (campaign) => {
      if (others.some(({ dimension }) => dimension.asks(campaign))) slotOf[campaign] = slots++;
    });
  }
  return { slotOf, slots };
}

/** Fields, what rules out most in front. */
function* inOrder(fields: readonly AskedField[]): Generator<void, readonly AskedField[]> {
  const passing = new Map<AskedField, number>();
  for (const field of fields) {
    passing.set(field, field.dimension.passing);
    yield;
  }
  return [...fields].sort((one, other) => (passing.get(one) ?? 1) - (passing.get(other) ?? 1));
}

/** Campaigns by (priority from high to low, index). */
function* rankedCampaigns(campaigns: readonly Campaign[]): Generator<void, Int32Array> {
  const byPriority = new Map<number, number[]>();
  yield* mapInSteps(campaigns, ({ priority }, index) => {
    const equal = byPriority.get(priority);
    if (equal === undefined) byPriority.set(priority, [index]);
    else equal.push(index);
  });
  const ranked = new Int32Array(campaigns.length);
  let rank = 0;
  for (const priority of [...byPriority.keys()].sort((one, other) => other - one)) {
    const equal = byPriority.get(priority) ?? [];
    ranked.set(equal, rank);
    rank += equal.length;
  }
  yield;
  return ranked;
}

/** One for each, as one for all would have to look up the field by its name. */
const readers: Readonly<Record<IndexedField, (bet: Bet) => string | number | null>> = {
  type: ({ type }) => type,
  formula: ({ formula }) => formula,
  terminal: ({ terminal }) => terminal,
  region: ({ region }) => region,
  racecourse: ({ racecourse }) => racecourse,
  meeting: ({ meeting }) => meeting,
  race: ({ race }) => race,
};

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
  if (campaign.when === null && (field !== 'terminal' || campaign.exclude === null)) {
    return own === null ? null : { include: [own], exclude: null };
  }
  const needed = needsOf(campaign).flatMap((need) => (need.field === field && 'oneOf' in need ? [need.oneOf] : []));
  const include = own === null ? needed : [own, ...needed];
  const exclude = field === 'terminal' ? campaign.exclude : null;
  return include.length === 0 && exclude === null ? null : { include, exclude };
}

function listOf(field: IndexedField, campaign: Campaign): ValueList | null {
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
