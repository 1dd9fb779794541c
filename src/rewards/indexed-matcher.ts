import type { AccessPath } from './access-path.ts';
import type { AskedField } from './asked-field.ts';
import type { Bet } from './bet.ts';
import type { BetCondition } from './bet-condition.ts';
import type { BitRows } from './bit-rows.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignColumns } from './campaign-columns.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { CampaignZone } from './campaign-zone.ts';
import type { IntervalDimension } from './interval-dimension.ts';

const fewFound = 64; // that many are sorted quickest one by one

/** A number with its dimension. */
export interface AskedNumber {
  readonly dimension: IntervalDimension;
  readonly read: (bet: Bet) => number | null;
}

/** What a matcher is made of. */
export interface MatcherIndex {
  readonly set: CampaignSet;
  /** The fields that campaigns ask for, what rules out most in front. */
  readonly asked: readonly AskedField[];
  /** The numbers that they ask for: each has two words of `columns`, one after the other. */
  readonly intervals: readonly AskedNumber[];
  /** Of each of them, whether its bits are in `columns`; else they are in `rows`. */
  readonly together: readonly boolean[];
  readonly columns: CampaignColumns;
  readonly rows: BitRows;
  /** Campaigns from the highest priority to the lowest. */
  readonly ranked: Int32Array;
  readonly zones: readonly CampaignZone[];
  readonly paths: readonly AccessPath[];
}

/** A path, and the other fields: those whose bits stand together, and those that have rows of their own. */
interface AskedPath {
  readonly path: AccessPath;
  readonly short: Int32Array;
  readonly long: Int32Array;
}

/** Looks up the campaigns that a bet may meet, and asks their rows and conditions. */
export class IndexedMatcher implements CampaignMatcher {
  readonly set: CampaignSet;
  readonly #asked: readonly AskedField[];
  readonly #intervals: readonly AskedNumber[];
  /** Where the numbers of the bet are in their dimensions. */
  readonly #pieces: Int32Array;
  readonly #coarse: readonly AskedField[];
  readonly #bits: BitRows;
  readonly #ranked: Int32Array;
  readonly #conditions: readonly (BetCondition | null)[];
  readonly #zoneOf: readonly CampaignZone[];
  readonly #paths: readonly AskedPath[];
  readonly #columns: CampaignColumns;
  /** Of each field the row of the bet, its offset, and that of the row of campaigns that admit whatever value. */
  readonly #rows: Int32Array;
  readonly #offsets: Int32Array;
  readonly #freeOffsets: Int32Array;
  readonly #strides: Int32Array;
  readonly #found: Int32Array;

  constructor({ set, asked, intervals, together, columns, rows, ranked, zones, paths }: MatcherIndex) {
    const { campaigns } = set;
    this.set = set;
    this.#asked = asked;
    this.#intervals = intervals;
    this.#pieces = new Int32Array(intervals.length);
    this.#coarse = asked.filter(({ dimension }) => dimension.isCoarse);
    this.#bits = rows;
    this.#columns = columns;
    this.#ranked = ranked;
    this.#conditions = Array.from(ranked, (campaign) => campaigns[campaign]?.when ?? null);
    const byZone = new Map(zones.map((zone) => [zone.timeZone, zone]));
    this.#zoneOf = campaigns.flatMap(({ timeZone }) => byZone.get(timeZone) ?? []);
    this.#paths = paths.map((path) => {
      const others = [...asked.keys()].filter((field) => !path.fields.includes(field));
      const short = Int32Array.from(others.filter((field) => together[field] === true));
      return { path, short, long: Int32Array.from(others.filter((field) => together[field] !== true)) };
    });
    this.#rows = new Int32Array(asked.length);
    this.#offsets = new Int32Array(asked.length);
    this.#strides = Int32Array.from(together, (isTogether) => (isTogether ? columns.stride : rows.stride));
    this.#freeOffsets = Int32Array.from(asked, ({ dimension: { base, freeRow } }) => {
      return freeRow === null ? -1 : base + freeRow * rows.stride;
    });
    this.#found = new Int32Array(campaigns.length);
  }

  match(bet: Bet): { readonly indexes: Int32Array; readonly count: number } {
    const found = this.#found;
    this.#locate(bet);
    let count = 0;
    for (let at = 0; at < this.#paths.length; at++) {
      const { path, short, long } = this.#paths[at] as AskedPath;
      const { members, starts } = path;
      const list = path.listOf(this.#rows);
      const end = starts[list + 1] ?? 0;
      for (let member = starts[list] ?? 0; member < end; member++) {
        const rank = members[member] ?? 0;
        if (this.#isInColumns(rank, short) && this.#isInRows(rank, long) && this.#holds(rank, bet))
          found[count++] = rank;
      }
    }
    this.#byRank(count);
    return { indexes: found, count };
  }

  dayOf(campaign: number, bet: Bet): number {
    const zone = this.#zoneOf[campaign];
    if (zone === undefined) throw new RangeError(`there is no campaign ${campaign}`);
    return zone.dayOf(bet);
  }

  /** Find the rows of a bet's values. */
  #locate(bet: Bet): void {
    const asked = this.#asked;
    const intervals = this.#intervals;
    for (let at = 0; at < intervals.length; at++) {
      const { dimension, read } = intervals[at] as AskedNumber;
      this.#pieces[at] = dimension.pieceOf(read(bet));
    }
    for (let field = 0; field < asked.length; field++) {
      const { dimension, read } = asked[field] as AskedField;
      const row = dimension.rowOf(read(bet));
      this.#rows[field] = row;
      this.#offsets[field] = dimension.base + row * (this.#strides[field] ?? 0);
    }
  }

  #isInColumns(rank: number, fields: Int32Array): boolean {
    const { words, width } = this.#columns;
    const offsets = this.#offsets;
    const pieces = this.#pieces;
    const start = rank * width;
    for (let at = 0; at < pieces.length; at++) {
      const piece = pieces[at] as number;
      if (piece < (words[start + 2 * at] as number) || piece > (words[start + 2 * at + 1] as number)) return false;
    }
    for (let at = 0; at < fields.length; at++) {
      const row = offsets[fields[at] as number] as number;
      if (((words[start + (row >>> 5)] as number) & (1 << (row & 31))) === 0) return false;
    }
    return true;
  }

  #isInRows(rank: number, fields: Int32Array): boolean {
    const bits = this.#bits;
    for (let at = 0; at < fields.length; at++) {
      const field = fields[at] ?? 0;
      const free = this.#freeOffsets[field] ?? -1; // the same row for all bets, so that caches hold it
      if (free >= 0 && bits.has(free, rank)) continue;
      if (!bits.has(this.#offsets[field] ?? 0, rank)) return false;
    }
    return true;
  }

  #holds(rank: number, bet: Bet): boolean {
    for (let field = 0; field < this.#coarse.length; field++) {
      const { dimension, read } = this.#coarse[field] as AskedField;
      if (!dimension.admits(this.#ranked[rank] ?? 0, read(bet))) return false;
    }
    const condition = this.#conditions[rank] ?? null;
    return condition === null || condition.holds(bet);
  }

  /** Sort what was found by rank, few as they are, and put campaigns in the place of ranks. */
  #byRank(count: number): void {
    const found = this.#found;
    if (count > fewFound) found.subarray(0, count).sort();
    else {
      for (let end = 1; end < count; end++) {
        const rank = found[end] ?? 0;
        let at = end;
        for (; at > 0 && (found[at - 1] ?? 0) > rank; at--) found[at] = found[at - 1] ?? 0;
        found[at] = rank;
      }
    }
    for (let at = 0; at < count; at++) found[at] = this.#ranked[found[at] ?? 0] ?? 0;
  }
}
