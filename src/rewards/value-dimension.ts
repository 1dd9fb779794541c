import type { Dimension } from './dimension.ts';
import type { FieldRows } from './field-rows.ts';

type Value = string | number;

/** Which values a campaign admits: those of all lists of `include`, but none of `exclude`. */
export interface AdmittedValues {
  readonly include: readonly (readonly Value[])[];
  readonly exclude: readonly Value[] | null;
}

const firstRow = 2; // of values: in front of them, those of unknown values, and of campaigns without lists
const rowsAtOnce = 256;
const sliceWork = 20_000; // values between two yields

/**
 * A field that a campaign has lists for. A list that several campaigns share is looked up once.
 *
 * Values have a row each up to `mostRows`; beyond it several of them share one, and each campaign's values are kept.
 */
export class ValueDimension implements Dimension<Value> {
  readonly #admitted: readonly (AdmittedValues | null)[];
  readonly #ordinals = new Map<Value, number>();
  readonly #includes: (Int32Array | null)[] = [];
  readonly #excludes: (Int32Array | null)[] = [];
  readonly #mostRows: number;
  readonly freeRow: number | null = 1;
  base = 0;

  /** `admitted` has an entry for each campaign, `null` for one that admits every value. */
  constructor(admitted: readonly (AdmittedValues | null)[], mostRows: number) {
    this.#admitted = admitted;
    this.#mostRows = mostRows;
  }

  /** Look all values up; before anything else. It yields now and then. */
  *intern(): Generator<void> {
    const known = new Map<readonly Value[], Int32Array>();
    let work = 0;
    for (const admitted of this.#admitted) {
      const lists = admitted === null ? [] : admitted.include.map((list) => this.#ordinalsOf(list, known));
      const exclude = admitted?.exclude ?? null;
      const include = intersection(lists);
      const excluded = exclude === null ? null : this.#ordinalsOf(exclude, known);
      const both = include !== null && excluded !== null;
      this.#includes.push(both ? include.filter((ordinal) => !has(excluded, ordinal)) : include);
      this.#excludes.push(both ? null : excluded);
      work += (admitted?.include[0]?.length ?? 0) + (exclude?.length ?? 0);
      if (work < sliceWork) continue;
      work = 0;
      yield;
    }
  }

  get rows(): number {
    return Math.min(this.#ordinals.size, this.#mostRows) + firstRow;
  }

  get isCoarse(): boolean {
    return this.#ordinals.size > this.#mostRows;
  }

  get passing(): number {
    let sum = 0;
    for (const campaign of this.#includes.keys()) sum += this.partOf(campaign);
    return this.#includes.length === 0 ? 1 : sum / this.#includes.length;
  }

  *fill(rows: FieldRows, rankOf: Int32Array): Generator<void> {
    this.base = rows.add(1);
    for (const [campaign, include] of this.#includes.entries()) {
      if (include === null) rows.set(this.base, rankOf[campaign] ?? 0);
    }
    const free = rows.add(1, this.base);
    for (const [campaign, exclude] of this.#excludes.entries()) {
      if (exclude !== null) rows.clear(free, rankOf[campaign] ?? 0);
    }
    for (let row = firstRow; row < this.rows; row += rowsAtOnce) {
      rows.add(Math.min(rowsAtOnce, this.rows - row), this.base);
      yield;
    }
    const offsetOf = (ordinal: number): number => this.base + this.#rowOf(ordinal) * rows.stride;
    let work = 0;
    for (let campaign = 0; campaign < this.#includes.length; campaign++) {
      const slot = rankOf[campaign] ?? 0;
      const include = this.#includes[campaign] ?? null;
      const exclude = this.#excludes[campaign] ?? null;
      if (include !== null) for (const ordinal of include) rows.set(offsetOf(ordinal), slot);
      // What shares a row with others is looked at again, so that nothing is lost here.
      if (exclude !== null && !this.isCoarse) for (const ordinal of exclude) rows.clear(offsetOf(ordinal), slot);
      work += (include?.length ?? 0) + (exclude?.length ?? 0);
      if (work < sliceWork) continue;
      work = 0;
      yield;
    }
  }

  rowOf(value: Value | null): number {
    const ordinal = value === null ? undefined : this.#ordinals.get(value);
    return ordinal === undefined ? 0 : this.#rowOf(ordinal);
  }

  admits(campaign: number, value: Value | null): boolean {
    const include = this.#includes[campaign] ?? null;
    const exclude = this.#excludes[campaign] ?? null;
    const ordinal = value === null ? -1 : (this.#ordinals.get(value) ?? -1);
    return (include === null || has(include, ordinal)) && (exclude === null || !has(exclude, ordinal));
  }

  /** Rows that a campaign is in, besides those of values that nobody asks for; `null`: all. */
  rowsOf(campaign: number): Int32Array | null {
    const include = this.#includes[campaign] ?? null;
    return include === null ? null : include.map((ordinal) => this.#rowOf(ordinal));
  }

  /** The part of the values that a campaign admits, 0 to 1. */
  partOf(campaign: number): number {
    const include = this.#includes[campaign] ?? null;
    return include === null ? 1 : include.length / this.#ordinals.size;
  }

  #rowOf(ordinal: number): number {
    return firstRow + (ordinal < this.#mostRows ? ordinal : ordinal % this.#mostRows);
  }

  #ordinalsOf(list: readonly Value[], known: Map<readonly Value[], Int32Array>): Int32Array {
    const found = known.get(list);
    if (found !== undefined) return found;
    const ordinals = new Int32Array(list.length);
    for (const [index, value] of list.entries()) {
      let ordinal = this.#ordinals.get(value);
      if (ordinal === undefined) {
        ordinal = this.#ordinals.size;
        this.#ordinals.set(value, ordinal);
      }
      ordinals[index] = ordinal;
    }
    ordinals.sort();
    known.set(list, ordinals);
    return ordinals;
  }
}

/** What is in all of some sorted lists; `null` when there are no lists. */
function intersection(lists: readonly Int32Array[]): Int32Array | null {
  const [one, ...others] = lists;
  if (one === undefined) return null;
  return others.length === 0 ? one : one.filter((ordinal) => others.every((other) => has(other, ordinal)));
}

/** Whether a sorted list has a number. */
function has(sorted: Int32Array, wanted: number): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === wanted;
}
