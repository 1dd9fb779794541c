import { postingWidth } from './posting.ts';
import { firstRow, type ValueDimension } from './value-dimension.ts';

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
  /** Rows of each dimension. */
  readonly #rows: Int32Array;
  /** The lists of the campaign that was asked for last. */
  #found: Int32Array = new Int32Array(1);
  /** Postings of campaigns in all lists, one list behind the other, each in the order of ranks. */
  postings: Int32Array = new Int32Array(0);
  /** Which posting each list starts with; the next one starts where it ends. */
  starts: Int32Array = new Int32Array(0);

  constructor(fields: readonly { readonly at: number; readonly dimension: ValueDimension }[]) {
    this.fields = fields.map(({ at }) => at);
    this.#dimensions = fields.map(({ dimension }) => dimension);
    this.#rows = Int32Array.from(this.#dimensions, ({ rows }) => rows);
  }

  /** Lists that it has. */
  get lists(): number {
    return this.#dimensions.reduce((lists, { rows }) => lists * rows, 1);
  }

  /** The part of all bets that find a campaign here, 0 to 1; 1 too for a campaign that does not ask for all of its fields. */
  costOf(campaign: number): number {
    let cost = 1;
    for (let at = 0; at < this.#dimensions.length; at++) {
      const part = (this.#dimensions[at] as ValueDimension).partOf(campaign);
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

  /** The list of a bet, the rows of whose fields stand from an index on. */
  listOf(rows: Int32Array, start: number): number {
    const { fields } = this;
    let list = 0;
    for (let field = 0; field < fields.length; field++) {
      list = list * (this.#rows[field] as number) + (rows[start + (fields[field] as number)] as number);
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
    const first = one.rowsOf(campaign) ?? noRows;
    const second = other === undefined ? onlyRow : (other.rowsOf(campaign) ?? noRows);
    const [width, start] = other === undefined ? [1, 0] : [other.rows, firstRow];
    const length = first.length * second.length;
    if (length > this.#found.length) this.#found = new Int32Array(2 * length);
    const lists = this.#found;
    let end = 0;
    for (let at = 0; at < first.length; at++) {
      const row = (firstRow + (first[at] as number)) * width + start;
      for (let behind = 0; behind < second.length; behind++) lists[end++] = row + (second[behind] as number);
    }
    return length;
  }
}

const noRows = new Int32Array(0);
const onlyRow = new Int32Array(1);
