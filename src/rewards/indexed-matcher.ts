import type { AccessPath } from './access-path.ts';
import type { AskedField } from './asked-field.ts';
import type { Bet } from './bet.ts';
import type { BetCondition } from './bet-condition.ts';
import type { BitRows } from './bit-rows.ts';
import type { CampaignSet } from './campaign.ts';
import type { CampaignMatcher } from './campaign-matcher.ts';
import type { CampaignZone } from './campaign-zone.ts';

const fewFound = 64; // that many are sorted quickest one by one

/** What a matcher is made of. */
export interface MatcherIndex {
  readonly set: CampaignSet;
  /** The fields that campaigns ask for, what rules out most in front. */
  readonly asked: readonly AskedField[];
  readonly rows: BitRows;
  /** Campaigns from the highest priority to the lowest. */
  readonly ranked: Int32Array;
  readonly zones: readonly CampaignZone[];
  readonly paths: readonly AccessPath[];
}

/** Looks up the campaigns that a bet may meet, and asks their rows and conditions. */
export class IndexedMatcher implements CampaignMatcher {
  readonly set: CampaignSet;
  readonly #asked: readonly AskedField[];
  readonly #coarse: readonly AskedField[];
  readonly #bits: BitRows;
  readonly #ranked: Int32Array;
  readonly #conditions: readonly (BetCondition | null)[];
  readonly #zoneOf: readonly CampaignZone[];
  readonly #paths: readonly { readonly path: AccessPath; readonly others: Int32Array }[];
  /** Of each field the row of the bet, its offset, and that of the row of campaigns that admit whatever value. */
  readonly #rows: Int32Array;
  readonly #offsets: Int32Array;
  readonly #freeOffsets: Int32Array;
  readonly #found: Int32Array;

  constructor({ set, asked, rows, ranked, zones, paths }: MatcherIndex) {
    const { campaigns } = set;
    this.set = set;
    this.#asked = asked;
    this.#coarse = asked.filter(({ dimension }) => dimension.isCoarse);
    this.#bits = rows;
    this.#ranked = ranked;
    this.#conditions = Array.from(ranked, (campaign) => campaigns[campaign]?.when ?? null);
    const byZone = new Map(zones.map((zone) => [zone.timeZone, zone]));
    this.#zoneOf = campaigns.flatMap(({ timeZone }) => byZone.get(timeZone) ?? []);
    this.#paths = paths.map((path) => {
      return { path, others: Int32Array.from(asked.keys()).filter((field) => !path.fields.includes(field)) };
    });
    this.#rows = new Int32Array(asked.length);
    this.#offsets = new Int32Array(asked.length);
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
      const { path, others } = this.#paths[at] as { path: AccessPath; others: Int32Array };
      const { members, starts } = path;
      const list = path.listOf(this.#rows);
      const end = starts[list + 1] ?? 0;
      for (let member = starts[list] ?? 0; member < end; member++) {
        const rank = members[member] ?? 0;
        if (this.#isInRows(rank, others) && this.#holds(rank, bet)) found[count++] = rank;
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
    const { stride } = this.#bits;
    for (let field = 0; field < asked.length; field++) {
      const { dimension, read } = asked[field] as AskedField;
      const row = dimension.rowOf(read(bet));
      this.#rows[field] = row;
      this.#offsets[field] = dimension.base + row * stride;
    }
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
