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
import { LocatedBets } from './located-bets.ts';
import { betsTogether, MatchedCampaigns } from './matched-campaigns.ts';
import { inPosting, postingNeeds, postingWidth, slotBits } from './posting.ts';
import type { SetDifference } from './set-difference.ts';

const fewFound = 64; // that many are sorted quickest one by one
const wordsOfLine = 16; // of the memory

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

/**
 * Looks up the campaigns that a bet may meet, and asks their rows and conditions.
 *
 * Nearly all of its time it waits for the memory. It goes step by step with many bets, so that it waits for all of them at once, and has no branches where
 * what was read decides, which the processor would guess wrong.
 */
export class IndexedMatcher implements CampaignMatcher {
  readonly set: CampaignSet;
  readonly difference: SetDifference;
  readonly #asked: readonly AskedField[];
  readonly #terminal: number;
  readonly #intervals: number;
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
  readonly #located: LocatedBets;
  /** Of each path and bet the first word of a list of postings, and the one behind its last. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** What passed, by the first words of postings; where those of each path and bet end. */
  #passed = new Int32Array(0);
  readonly #ends: Int32Array;
  /** One bet by itself. */
  readonly #single: [Bet | null] = [null];
  readonly #singleRow = new Int32Array(1);
  readonly #matched = new MatchedCampaigns();
  /** Kept so that reading for the cache alone is not left out. */
  fetched = 0;

  constructor(index: MatcherIndex) {
    const { set, difference, asked, intervals, together, columns, rows, ranked, conditions, zoneOf, paths, terminal } =
      index;
    this.set = set;
    this.difference = difference;
    this.#asked = asked;
    this.#terminal = terminal;
    this.#intervals = intervals.length;
    this.#coarse = asked.filter(({ dimension }) => dimension.isCoarse);
    this.#bits = rows;
    this.#columns = columns;
    this.#ranked = ranked;
    this.#conditions = conditions;
    this.#zoneOf = zoneOf;
    const [zone = null] = zoneOf;
    this.#onlyZone = zoneOf.every((other) => other === zone) ? zone : null;
    this.#paths = paths;
    const strides = together.map((isTogether) => (isTogether ? columns.stride : rows.stride));
    this.#located = new LocatedBets(asked, intervals, strides, terminal);
    this.#from = new Int32Array(paths.length * betsTogether);
    this.#to = new Int32Array(paths.length * betsTogether);
    this.#ends = new Int32Array(paths.length * betsTogether);
  }

  match(bet: Bet): { readonly indexes: Int32Array; readonly count: number } {
    const matched = this.#matched;
    this.#matchOne(bet, -1, 0, matched);
    return { indexes: matched.indexes, count: matched.ends[0] as number };
  }

  matchAll(bets: readonly Bet[], count: number, terminalRows: Int32Array, matched: MatchedCampaigns): void {
    if (this.#located.locate(bets, count, terminalRows)) this.#find(bets, 0, count, matched);
    else for (let at = 0; at < count; at++) this.#matchOne(bets[at] as Bet, terminalRows[at] as number, at, matched);
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

  /** Match a bet whose place among others is `at`. */
  #matchOne(bet: Bet, terminalRow: number, at: number, matched: MatchedCampaigns): void {
    const single = this.#single as [Bet];
    single[0] = bet;
    this.#singleRow[0] = terminalRow;
    this.#located.locate(single, 1, this.#singleRow);
    this.#find(single, at, 1, matched);
  }

  /** Find what located bets meet, the first of which has a place among others. */
  #find(bets: readonly Bet[], first: number, count: number, matched: MatchedCampaigns): void {
    this.#findLists(count);
    this.#scan(count);
    const paths = this.#paths;
    const passed = this.#passed;
    const ends = this.#ends;
    let end = matched.startOf(first);
    matched.reserve(end + (ends[paths.length * count - 1] ?? 0));
    const found = matched.indexes;
    for (let bet = 0; bet < count; bet++) {
      const start = end;
      for (let index = 0; index < paths.length; index++) {
        const asked = paths[index] as AskedPath;
        const { postings } = asked.path;
        const list = index * count + bet;
        const last = ends[list] as number;
        for (let at = list === 0 ? 0 : (ends[list - 1] as number); at < last; at++) {
          const posting = passed[at] as number;
          const rank = postings[posting + inPosting.rank] as number;
          const slot = postings[posting + inPosting.slot] as number;
          if (slot > slotBits && !this.#meets(rank, slot, asked, bet, bets[bet] as Bet)) continue;
          found[end++] = rank;
        }
      }
      this.#byRank(found, start, end);
      matched.ends[first + bet] = end;
    }
  }

  /** Find the lists of bets, and make room for all that stands in them. */
  #findLists(count: number): void {
    const { rows, width } = this.#located;
    const from = this.#from;
    const to = this.#to;
    let words = 0;
    let fetched = 0;
    for (let index = 0, at = 0; index < this.#paths.length; index++) {
      const { path } = this.#paths[index] as AskedPath;
      const { starts, postings } = path;
      const first = at;
      for (let bet = 0; bet < count; bet++, at++) {
        const list = path.listOf(rows, bet * width);
        from[at] = (starts[list] as number) * postingWidth;
        to[at] = (starts[list + 1] as number) * postingWidth;
      }
      for (let list = first; list < at; list++) {
        const end = to[list] as number;
        words += end - (from[list] as number);
        for (let word = from[list] as number; word < end; word += wordsOfLine) fetched ^= postings[word] as number;
      }
    }
    this.fetched = fetched;
    const most = words / postingWidth + 1; // one more than there can be is written
    if (most > this.#passed.length) this.#passed = new Int32Array(2 * most);
  }

  /** Keep what passes its posting. */
  #scan(count: number): void {
    const { rows, width, shortPieces } = this.#located;
    const passed = this.#passed;
    const paths = this.#paths;
    const from = this.#from;
    const to = this.#to;
    const ends = this.#ends;
    let end = 0;
    for (let index = 0, list = 0; index < paths.length; index++) {
      const { path, masked } = paths[index] as AskedPath;
      const { postings } = path;
      for (let bet = 0; bet < count; bet++, list++) {
        const piece = shortPieces[bet] as number;
        const bit = masked < 0 ? 0 : (rows[bet * width + masked] as number);
        const last = to[list] as number;
        for (let at = from[list] as number; at < last; at += postingWidth) {
          const range = postings[at + inPosting.range] as number;
          passed[end] = at;
          const isOutside = ((piece - (range & 0xffff)) | ((range >>> 16) - piece)) >> 31; // -1 where it is, or 0
          end += ((postings[at + inPosting.mask] as number) >>> bit) & 1 & ~isOutside;
        }
        ends[list] = end;
      }
    }
  }

  /** Look at what a posting does not say. */
  #meets(rank: number, slot: number, { short, long }: AskedPath, at: number, bet: Bet): boolean {
    if ((slot & postingNeeds.rows) !== 0 && !this.#isInRows(slot & slotBits, long, at)) return false;
    if ((slot & postingNeeds.columns) !== 0 && !this.#isInColumns(rank, short, at)) return false;
    return (slot & postingNeeds.rest) === 0 || this.#holds(rank, bet);
  }

  #isInColumns(rank: number, fields: Int32Array, bet: number): boolean {
    const { words, width } = this.#columns;
    const { offsets, pieces, width: fieldsOfBet } = this.#located;
    const intervals = this.#intervals;
    const start = rank * width;
    for (let at = 0; at < intervals; at++) {
      const piece = pieces[bet * intervals + at] as number;
      if (piece < (words[start + 2 * at] as number) || piece > (words[start + 2 * at + 1] as number)) return false;
    }
    for (let at = 0; at < fields.length; at++) {
      const row = offsets[bet * fieldsOfBet + (fields[at] as number)] as number;
      if (((words[start + (row >>> 5)] as number) & (1 << (row & 31))) === 0) return false;
    }
    return true;
  }

  #isInRows(slot: number, fields: Int32Array, bet: number): boolean {
    const { offsets, width } = this.#located;
    for (let at = 0; at < fields.length; at++) {
      if (!this.#bits.has(offsets[bet * width + (fields[at] as number)] as number, slot)) return false;
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
  #byRank(found: Int32Array, start: number, end: number): void {
    const ranked = this.#ranked;
    if (end - start > fewFound) found.subarray(start, end).sort();
    else {
      for (let next = start + 1; next < end; next++) {
        const rank = found[next] as number;
        let at = next;
        for (; at > start && (found[at - 1] as number) > rank; at--) found[at] = found[at - 1] as number;
        found[at] = rank;
      }
    }
    for (let at = start; at < end; at++) found[at] = ranked[found[at] as number] as number;
  }
}
