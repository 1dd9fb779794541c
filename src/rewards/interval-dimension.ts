import type { CampaignColumns } from './campaign-columns.ts';
import type { WholeRange } from './range-dimension.ts';

const everything = { least: -(2 ** 31), most: 2 ** 31 - 1 };
const sliceWork = 2000; // campaigns between two yields

/**
 * A number that must be in the range of a campaign, of which each has one at most.
 *
 * The line of numbers is cut where ranges begin and end. A campaign has two words: the first and the last piece that it admits.
 */
export class IntervalDimension {
  readonly #ranges: readonly (WholeRange | null)[];
  readonly #cuts: Float64Array;

  /** `ranges` has an entry for each campaign, `null` for one that admits every number, and none too. */
  constructor(ranges: readonly (WholeRange | null)[]) {
    this.#ranges = ranges;
    const cuts = new Set<number>();
    for (const range of ranges) if (range !== null) cuts.add(range.from).add(range.to + 1);
    this.#cuts = Float64Array.from(cuts).sort();
  }

  /** Write the words of all campaigns, the first one of each at an index among its own. It yields now and then. */
  *fill({ words, width }: CampaignColumns, index: number, rankOf: Int32Array): Generator<void> {
    for (const [campaign, range] of this.#ranges.entries()) {
      const at = (rankOf[campaign] ?? 0) * width + index;
      words[at] = range === null ? everything.least : this.pieceOf(range.from);
      words[at + 1] = range === null ? everything.most : this.pieceOf(range.to);
      if (range !== null && range.from > range.to) words[at + 1] = everything.least; // admits nothing
      if (campaign % sliceWork === sliceWork - 1) yield;
    }
  }

  /** Where a number is: how many cuts are not above it. What has none is in front of all of them. */
  pieceOf(value: number | null): number {
    if (value === null) return everything.least;
    const cuts = this.#cuts;
    let from = 0;
    let to = cuts.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((cuts[middle] as number) <= value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
