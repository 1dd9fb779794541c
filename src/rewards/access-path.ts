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
  /** The lists of a campaign: room for them, and those that were found last. */
  #own: Int32Array = new Int32Array(1);
  #found: Int32Array = this.#own;
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

  /** Make the lists of some campaigns, which come in the order of their ranks; `postingOf` gives the words of a campaign, which hold until the next call. It yields now and then. */
  *fill(campaigns: readonly number[], postingOf: (campaign: number) => Int32Array): Generator<void> {
    const count = this.lists;
    const starts = new Int32Array(count + 1);
    let work = 0;
    for (let index = 0; index < campaigns.length; index++) {
      const length = this.#listsOf(campaigns[index] as number);
      const lists = this.#found;
      for (let at = 0; at < length; at++) {
        const next = (lists[at] as number) + 1;
        starts[next] = (starts[next] as number) + 1;
      }
      work += length + campaignEntries;
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
    for (let index = 0; index < campaigns.length; index++) {
      const campaign = campaigns[index] as number;
      const length = this.#listsOf(campaign);
      const lists = this.#found;
      const posting = postingOf(campaign);
      for (let at = 0; at < length; at++) {
        const list = lists[at] as number;
        const end = ends[list] as number;
        for (let word = 0; word < postingWidth; word++) postings[postingWidth * end + word] = posting[word] as number;
        ends[list] = end + 1;
      }
      work += length + campaignEntries;
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

  /** Find all lists that a campaign is in, each once; they are in `#found`, and their number is returned. */
  #listsOf(campaign: number): number {
    const [one, other] = this.#dimensions;
    if (one === undefined) {
      this.#found[0] = 0;
      return 1;
    }
    const first = distinctRows(one, campaign);
    if (other === undefined) {
      this.#found = first;
      return first.length;
    }
    const second = distinctRows(other, campaign);
    const length = first.length * second.length;
    if (length > this.#own.length) this.#own = new Int32Array(2 * length);
    const lists = this.#own;
    let end = 0;
    for (let at = 0; at < first.length; at++) {
      const row = (first[at] as number) * other.rows;
      for (let behind = 0; behind < second.length; behind++) lists[end++] = row + (second[behind] as number);
    }
    this.#found = lists;
    return length;
  }
}

function distinctRows(dimension: ValueDimension, campaign: number): Int32Array {
  const rows = dimension.rowsOf(campaign) ?? noRows;
  return dimension.isCoarse ? Int32Array.from(new Set(rows)) : rows;
}

const noRows = new Int32Array(0);
