import type { AskedField } from './asked-field.ts';
import type { AskedNumber } from './asked-number.ts';
import type { AskedPath } from './asked-path.ts';
import type { Bet } from './bet.ts';
import type { BetCondition } from './bet-condition.ts';
import type { BitRows } from './bit-rows.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignColumns } from './campaign-columns.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { CampaignZone } from './campaign-zone.ts';
import type { IntervalDimension } from './interval-dimension.ts';
import { inPosting, postingNeeds, postingWidth, slotBits } from './posting.ts';
import type { SetDifference } from './set-difference.ts';

const fewFound = 64; // that many are sorted quickest one by one

/** What a matcher is made of. */
export interface MatcherIndex {
  readonly set: CampaignSet;
  readonly difference: SetDifference;
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
  /** The condition of each campaign, by rank. */
  readonly conditions: readonly (BetCondition | null)[];
  /** The time zone of each campaign, by index. */
  readonly zoneOf: readonly CampaignZone[];
  readonly paths: readonly AskedPath[];
  /** Which of the fields is the terminal; -1: no campaign asks for it. */
  readonly terminal: number;
}

/** Looks up the campaigns that a bet may meet, and asks their rows and conditions. */
export class IndexedMatcher implements CampaignMatcher {
  readonly set: CampaignSet;
  readonly difference: SetDifference;
  readonly #asked: readonly AskedField[];
  readonly #terminal: number;
  readonly #intervals: readonly AskedNumber[];
  /** Where the numbers of the bet are in their dimensions. */
  readonly #pieces: Int32Array;
  readonly #coarse: readonly AskedField[];
  readonly #bits: BitRows;
  readonly #ranked: Int32Array;
  readonly #conditions: readonly (BetCondition | null)[];
  readonly #zoneOf: readonly CampaignZone[];
  /** The time zone of all campaigns; `null`: they have several. */
  readonly #onlyZone: CampaignZone | null;
  #lastTime = Number.NaN;
  #lastZone: CampaignZone | null = null;
  #lastDay = 0;
  readonly #paths: readonly AskedPath[];
  readonly #columns: CampaignColumns;
  /** The number that postings say, and where that of the bet is in it. */
  readonly #short: IntervalDimension | null;
  #piece = 0;
  /** Of each field the row of the bet, and its offset. */
  readonly #rows: Int32Array;
  readonly #offsets: Int32Array;
  readonly #strides: Int32Array;
  readonly #found: Int32Array;

  constructor(index: MatcherIndex) {
    const { set, difference, asked, intervals, together, columns, rows, ranked, conditions, zoneOf, paths, terminal } =
      index;
    this.set = set;
    this.difference = difference;
    this.#asked = asked;
    this.#terminal = terminal;
    this.#intervals = intervals;
    this.#pieces = new Int32Array(intervals.length);
    this.#coarse = asked.filter(({ dimension }) => dimension.isCoarse);
    this.#bits = rows;
    this.#columns = columns;
    this.#ranked = ranked;
    this.#conditions = conditions;
    this.#zoneOf = zoneOf;
    const [zone = null] = zoneOf;
    this.#onlyZone = zoneOf.every((other) => other === zone) ? zone : null;
    this.#paths = paths;
    this.#short = intervals[0]?.dimension.isShort === true ? intervals[0].dimension : null;
    this.#rows = new Int32Array(asked.length);
    this.#offsets = new Int32Array(asked.length);
    this.#strides = Int32Array.from(together, (isTogether) => (isTogether ? columns.stride : rows.stride));
    this.#found = new Int32Array(ranked.length);
  }

  match(bet: Bet, terminalRow = -1): { readonly indexes: Int32Array; readonly count: number } {
    const found = this.#found;
    this.#locate(bet, terminalRow);
    const piece = this.#piece;
    const rows = this.#rows;
    let count = 0;
    for (let index = 0; index < this.#paths.length; index++) {
      const asked = this.#paths[index] as AskedPath;
      const { path, masked } = asked;
      const { postings, starts } = path;
      const list = path.listOf(rows);
      const bit = masked < 0 ? -1 : 1 << (rows[masked] as number);
      const end = (starts[list + 1] as number) * postingWidth;
      for (let at = (starts[list] as number) * postingWidth; at < end; at += postingWidth) {
        const range = postings[at + inPosting.range] as number;
        if (piece < (range & 0xffff) || piece > range >>> 16) continue;
        if (((postings[at + inPosting.mask] as number) & bit) === 0) continue;
        const rank = postings[at + inPosting.rank] as number;
        const slot = postings[at + inPosting.slot] as number;
        if (slot > slotBits && !this.#meets(rank, slot, asked, bet)) continue;
        found[count++] = rank;
      }
    }
    this.#byRank(count);
    return { indexes: found, count };
  }

  terminalRow(terminal: string): number {
    return this.#asked[this.#terminal]?.dimension.rowOf(terminal) ?? 0;
  }

  dayOf(campaign: number, bet: Bet): number {
    const zone = this.#onlyZone ?? this.#zoneOf[campaign];
    if (zone === undefined) throw new RangeError(`there is no campaign ${campaign}`);
    // The campaigns of a bet ask one after the other.
    if (bet.time !== this.#lastTime || zone !== this.#lastZone) {
      this.#lastTime = bet.time;
      this.#lastZone = zone;
      this.#lastDay = zone.dayOf(bet);
    }
    return this.#lastDay;
  }

  /** Look at what a posting does not say. */
  #meets(rank: number, slot: number, { short, long }: AskedPath, bet: Bet): boolean {
    if ((slot & postingNeeds.rows) !== 0 && !this.#isInRows(slot & slotBits, long)) return false;
    if ((slot & postingNeeds.columns) !== 0 && !this.#isInColumns(rank, short)) return false;
    return (slot & postingNeeds.rest) === 0 || this.#holds(rank, bet);
  }

  /** Find the rows of a bet's values. */
  #locate(bet: Bet, terminalRow: number): void {
    const asked = this.#asked;
    const intervals = this.#intervals;
    for (let at = 0; at < intervals.length; at++) {
      const { dimension, read } = intervals[at] as AskedNumber;
      this.#pieces[at] = dimension.pieceOf(read(bet));
    }
    if (this.#short !== null) this.#piece = this.#short.shortPieceOf((intervals[0] as AskedNumber).read(bet));
    for (let field = 0; field < asked.length; field++) {
      const { dimension, read } = asked[field] as AskedField;
      const isKnown = field === this.#terminal && terminalRow >= 0;
      const row = isKnown ? terminalRow : dimension.rowOf(read(bet));
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

  #isInRows(slot: number, fields: Int32Array): boolean {
    for (let at = 0; at < fields.length; at++) {
      if (!this.#bits.has(this.#offsets[fields[at] as number] as number, slot)) return false;
    }
    return true;
  }

  #holds(rank: number, bet: Bet): boolean {
    for (let field = 0; field < this.#coarse.length; field++) {
      const { dimension, read } = this.#coarse[field] as AskedField;
      if (!dimension.admits(this.#ranked[rank] ?? 0, read(bet))) return false;
    }
    const condition = this.#conditions[rank] ?? null;
    return condition === null || (condition.isAll && Number.isInteger(bet.stake)) || condition.holds(bet);
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
