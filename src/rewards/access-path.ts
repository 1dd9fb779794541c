import { postingWidth } from './posting.ts';
import type { ValueDimension } from './value-dimension.ts';

const sliceEntries = 10_000; // between two yields
const campaignEntries = 10; // as much as that many entries
const sliceLists = 100_000;

/**
 * Lists of campaigns by the values of no field, of one, or of two together: a bet looks its values up and finds those that it may meet. Every campaign is in
 * the lists of one path.
 */
export class AccessPath {
  /** Where its fields stand among those that are asked. */
  readonly fields: readonly number[];
  readonly #dimensions: readonly ValueDimension[];
  /** Postings of campaigns in all lists, one list behind the other, each in the order of ranks. */
  postings: Int32Array = new Int32Array(0);
  /** Which posting each list starts with; the next one starts where it ends. */
  starts: Int32Array = new Int32Array(0);

  constructor(fields: readonly { readonly at: number; readonly dimension: ValueDimension }[]) {
    this.fields = fields.map(({ at }) => at);
    this.#dimensions = fields.map(({ dimension }) => dimension);
  }

  /** Lists that it has. */
  get lists(): number {
    return this.#dimensions.reduce((lists, { rows }) => lists * rows, 1);
  }

  /** The part of all bets that find a campaign here, 0 to 1; 1 too for a campaign that does not ask for all of its fields. */
  costOf(campaign: number): number {
    let cost = 1;
    for (const dimension of this.#dimensions) {
      const part = dimension.partOf(campaign);
      if (part === 1) return 1;
      cost *= part;
    }
    return cost;
  }

  /** Make the lists of some campaigns, which come in the order of their ranks; `postingOf` gives the words of a campaign. It yields now and then. */
  *fill(campaigns: readonly number[], postingOf: (campaign: number) => Int32Array): Generator<void> {
    const count = this.lists;
    const starts = new Int32Array(count + 1);
    let work = 0;
    for (const campaign of campaigns) {
      const lists = this.#listsOf(campaign);
      for (const list of lists) starts[list + 1] = (starts[list + 1] ?? 0) + 1;
      work += lists.length + campaignEntries;
      if (work < sliceEntries) continue;
      work = 0;
      yield;
    }
    for (let list = 0; list < count; list++) {
      starts[list + 1] = (starts[list + 1] as number) + (starts[list] as number);
      if (list % sliceLists === sliceLists - 1) yield;
    }
    const postings = new Int32Array(postingWidth * (starts[count] ?? 0));
    yield;
    const ends = starts.slice();
    for (const campaign of campaigns) {
      const lists = this.#listsOf(campaign);
      const posting = postingOf(campaign);
      for (const list of lists) {
        const end = ends[list] as number;
        postings.set(posting, postingWidth * end);
        ends[list] = end + 1;
      }
      work += lists.length + campaignEntries;
      if (work < sliceEntries) continue;
      work = 0;
      yield;
    }
    this.starts = starts;
    this.postings = postings;
  }

  /** The list of a bet, of which the rows of all fields are given. */
  listOf(rows: Int32Array): number {
    let list = 0;
    for (let field = 0; field < this.fields.length; field++) {
      list = list * (this.#dimensions[field]?.rows ?? 1) + (rows[this.fields[field] ?? 0] ?? 0);
    }
    return list;
  }

  /** All lists that a campaign is in, each once. */
  #listsOf(campaign: number): readonly number[] {
    let lists: readonly number[] = [0];
    for (const dimension of this.#dimensions) {
      const { rows } = dimension;
      const own = dimension.rowsOf(campaign) ?? noRows;
      const distinct = dimension.isCoarse ? new Set(own) : own;
      const next: number[] = [];
      for (const list of lists) for (const row of distinct) next.push(list * rows + row);
      lists = next;
    }
    return lists;
  }
}

const noRows = new Int32Array(0);
