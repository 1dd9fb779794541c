import type { Dimension } from './dimension.ts';
import type { FieldRows } from './field-rows.ts';
import { mapInSteps } from './run-steps.ts';

/** Whole numbers from one to another, both included. */
export interface WholeRange {
  readonly from: number;
  readonly to: number;
}

const everything: WholeRange = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
const sliceWork = 20_000; // rows touched between two yields

/**
 * A number that campaigns have ranges for, one of which it must be in.
 *
 * The line of numbers is cut where ranges begin and end, each piece has a row; beyond `mostRows` cuts some are left out, so that pieces are larger
 * and campaigns found there are looked at again.
 */
export class RangeDimension implements Dimension<number> {
  readonly #ranges: readonly (readonly WholeRange[] | null)[];
  readonly #mostRows: number;
  #cuts: Float64Array = new Float64Array(0);
  isCoarse = false;
  base = 0;
  #froms: Float64Array = new Float64Array(0);
  #tos: Float64Array = new Float64Array(0);

  /** `ranges` has an entry for each campaign, `null` for one that admits every number. */
  constructor(ranges: readonly (readonly WholeRange[] | null)[], mostRows: number) {
    this.#ranges = ranges;
    this.#mostRows = mostRows;
  }

  /** Cut the line of numbers; before anything else. It yields now and then. */
  *cut(): Generator<void> {
    const cuts = new Set<number>();
    const froms = new Float64Array(this.#ranges.length);
    const tos = new Float64Array(this.#ranges.length);
    yield* mapInSteps(this.#ranges, (ranges, campaign) => {
      const { from, to } = boundsOf(ranges ?? [everything]);
      froms[campaign] = from;
      tos[campaign] = to;
      for (const range of ranges ?? []) cuts.add(range.from).add(range.to + 1);
    });
    this.#froms = froms;
    this.#tos = tos;
    const sorted = Float64Array.from(cuts).sort();
    const most = this.#mostRows;
    this.isCoarse = sorted.length > most;
    const step = sorted.length / most;
    this.#cuts = this.isCoarse
      ? Float64Array.from({ length: most }, (_none, row) => sorted[Math.floor(row * step)] ?? 0)
      : sorted;
    yield;
  }

  get rows(): number {
    return this.#cuts.length + 2;
  }

  get passing(): number {
    const pieces = this.#cuts.length + 1;
    let sum = 0;
    for (const ranges of this.#ranges) {
      if (ranges === null) sum += 1;
      else for (const { from, to } of ranges) sum += (this.#pieceOf(to) - this.#pieceOf(from) + 1) / pieces;
    }
    return this.#ranges.length === 0 ? 1 : Math.min(1, sum / this.#ranges.length);
  }

  *fill(rows: FieldRows, rankOf: Int32Array): Generator<void> {
    this.base = rows.add(1);
    for (const [campaign, ranges] of this.#ranges.entries()) {
      if (ranges === null) rows.set(this.base, rankOf[campaign] ?? 0);
    }
    rows.add(this.rows - 1, this.base);
    yield;
    let work = 0;
    for (const [campaign, ranges] of this.#ranges.entries()) {
      const slot = rankOf[campaign] ?? 0;
      for (const { from, to } of ranges ?? []) {
        const last = this.#pieceOf(to);
        for (let piece = this.#pieceOf(from); piece <= last; piece++)
          rows.set(this.base + (piece + 1) * rows.stride, slot);
        work += last + 1;
      }
      if (work < sliceWork) continue;
      work = 0;
      yield;
    }
  }

  rowOf(value: number | null): number {
    return value === null ? 0 : this.#pieceOf(value) + 1;
  }

  asks(campaign: number): boolean {
    return (this.#ranges[campaign] ?? null) !== null;
  }

  admits(campaign: number, value: number | null): boolean {
    const ranges = this.#ranges[campaign] ?? null;
    if (value === null || ranges === null) return ranges === null;
    if (value < (this.#froms[campaign] ?? value) || value > (this.#tos[campaign] ?? value)) return false;
    return ranges.length === 1 || ranges.some(({ from, to }) => from <= value && value <= to);
  }

  /** How many cuts are not above a number. */
  #pieceOf(value: number): number {
    const cuts = this.#cuts;
    let from = 0;
    let to = cuts.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((cuts[middle] ?? 0) <= value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

function boundsOf(ranges: readonly WholeRange[]): WholeRange {
  let { from: to, to: from } = everything;
  for (const range of ranges) {
    from = Math.min(from, range.from);
    to = Math.max(to, range.to);
  }
  return { from, to };
}
