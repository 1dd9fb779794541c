import type { CampaignColumns } from './campaign-columns.ts';
import type { WholeRange } from './range-dimension.ts';
import { mapInSteps } from './run-steps.ts';

const mostShort = 0xffff;
const mostLookedUp = 0x1_0000; // numbers: stakes beyond it are rare
const everything = { least: -(2 ** 31), most: 2 ** 31 - 1 };
const sliceWork = 2000; // campaigns between two yields

/**
 * A number that must be in the range of a campaign, of which each has one at most.
 *
 * The line of numbers is cut where ranges begin and end. A campaign has two words: the first and the last piece that it admits.
 */
export class IntervalDimension {
  readonly #ranges: readonly (WholeRange | null)[];
  #cuts: Float64Array = new Float64Array(0);
  /** Where small whole numbers are, from 0 on, so that they need not be looked for. */
  #pieces: Int32Array = new Int32Array(0);

  /** `ranges` has an entry for each campaign, `null` for one that admits every number, and none too. */
  constructor(ranges: readonly (WholeRange | null)[]) {
    this.#ranges = ranges;
  }

  /** Cut the line of numbers; before anything else. It yields now and then. */
  *cut(): Generator<void> {
    const cuts = new Set<number>();
    yield* mapInSteps(this.#ranges, (range) => {
      if (range !== null) cuts.add(range.from).add(range.to + 1);
    });
    this.#cuts = Float64Array.from(cuts).sort();
    this.#pieces = piecesOf(this.#cuts);
    yield;
  }

  /** Write the words of all campaigns, the first one of each at an index among its own. It yields now and then. */
  *fill({ words, width }: CampaignColumns, index: number, rankOf: Int32Array): Generator<void> {
    for (let campaign = 0; campaign < this.#ranges.length; campaign++) {
      const range = this.#ranges[campaign] ?? null;
      const at = (rankOf[campaign] ?? 0) * width + index;
      words[at] = range === null ? everything.least : this.pieceOf(range.from);
      words[at + 1] = range === null ? everything.most : this.pieceOf(range.to);
      if (range !== null && range.from > range.to) words[at + 1] = everything.least; // admits nothing
      if (campaign % sliceWork === sliceWork - 1) yield;
    }
  }

  /** Whether a campaign has a range. */
  asks(campaign: number): boolean {
    return (this.#ranges[campaign] ?? null) !== null;
  }

  /** Whether its pieces fit into half a word. */
  get isShort(): boolean {
    return this.#cuts.length < mostShort;
  }

  /** The pieces that a campaign admits as halves of a word, the first one in the lower one; as `shortPieceOf` numbers them. */
  shortRange(campaign: number): number {
    const range = this.#ranges[campaign] ?? null;
    if (range === null) return mostShort << 16;
    if (range.from > range.to) return mostShort; // admits nothing
    return (this.pieceOf(range.from) + 1) | ((this.pieceOf(range.to) + 1) << 16);
  }

  /** Where a number is, from 1; 0: there is none. */
  shortPieceOf(value: number | null): number {
    return value === null ? 0 : this.pieceOf(value) + 1;
  }

  /** Where a number is: how many cuts are not above it. What has none is in front of all of them. */
  pieceOf(value: number | null): number {
    if (value === null) return everything.least;
    const pieces = this.#pieces;
    if (value >= 0 && value < pieces.length && (value | 0) === value) return pieces[value] as number;
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

/** Where the whole numbers from 0 up to the last cut are among cuts. */
function piecesOf(cuts: Float64Array): Int32Array {
  const last = cuts.findLast((cut) => cut !== Number.POSITIVE_INFINITY) ?? 0;
  const pieces = new Int32Array(Math.min(mostLookedUp, Math.max(0, last + 1)));
  let piece = 0;
  for (let number = 0; number < pieces.length; number++) {
    while (piece < cuts.length && (cuts[piece] as number) <= number) piece++;
    pieces[number] = piece;
  }
  return pieces;
}
