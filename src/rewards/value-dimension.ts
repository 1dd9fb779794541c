import { BitRows } from './bit-rows.ts';
import type { Dimension } from './dimension.ts';
import type { FieldRows } from './field-rows.ts';
import { type FieldValue, inAll, isIn, type ValueList, ValueOrdinals } from './value-ordinals.ts';

/** Which values a campaign admits: those of all lists of `include`, but none of `exclude`. */
export interface AdmittedValues {
  readonly include: readonly ValueList[];
  readonly exclude: ValueList | null;
}

/** The first row of values: in front of them is that of unknown values. */
export const firstRow = 1;
const rowsAtOnce = 256;
const sliceWork = 20_000; // values between two yields
const campaignWork = 40; // as much as that many values

/**
 * A field that a campaign has lists for. A list that several campaigns share is looked up once.
 *
 * Values have a row each up to `mostRows`; beyond it several of them share one, and each campaign's values are kept.
 */
export class ValueDimension implements Dimension<FieldValue> {
  readonly #admitted: readonly (AdmittedValues | null)[];
  readonly #ordinals = new ValueOrdinals();
  readonly #includes: (Int32Array | null)[] = [];
  readonly #excludes: (Int32Array | null)[] = [];
  readonly #mostRows: number;
  base = 0;

  /** `admitted` has an entry for each campaign, `null` for one that admits every value. */
  constructor(admitted: readonly (AdmittedValues | null)[], mostRows: number) {
    this.#admitted = admitted;
    this.#mostRows = mostRows;
  }

  /** Look all values up; before anything else. It yields now and then. */
  *intern(): Generator<void> {
    let work = 0;
    const ordinals = this.#ordinals;
    for (let campaign = 0; campaign < this.#admitted.length; campaign++) {
      const admitted = this.#admitted[campaign] ?? null;
      if (admitted === null) {
        this.#includes.push(null);
        this.#excludes.push(null);
        continue;
      }
      const lists: Int32Array[] = [];
      for (const list of admitted.include) lists.push(ordinals.ofShort(list) ?? (yield* ordinals.of(list)));
      const { exclude } = admitted;
      const excluded = exclude === null ? null : (ordinals.ofShort(exclude) ?? (yield* ordinals.of(exclude)));
      // Only lists that are compared have to be in order, which takes longer than all the rest.
      const include = inAll(lists.length < 2 ? lists : lists.map((list) => ordinals.sorted(list)));
      const both = include !== null && excluded !== null;
      const sorted = both ? ordinals.sorted(excluded) : null;
      this.#includes.push(sorted === null ? include : (include?.filter((ordinal) => !isIn(sorted, ordinal)) ?? null));
      this.#excludes.push(both ? null : excluded);
      work += (include?.length ?? 0) + (excluded?.length ?? 0) + campaignWork;
      if (work < sliceWork) continue;
      work = 0;
      yield;
    }
    if (!this.isCoarse) return;
    for (const list of [...this.#includes, ...this.#excludes]) {
      if (list !== null) this.#ordinals.sorted(list);
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
    for (let campaign = 0; campaign < this.#includes.length; campaign++) sum += this.partOf(campaign);
    return this.#includes.length === 0 ? 1 : sum / this.#includes.length;
  }

  *fill(rows: FieldRows, rankOf: Int32Array): Generator<void> {
    this.base = rows.add(1);
    for (let campaign = 0; campaign < this.#includes.length; campaign++) {
      if (this.#includes[campaign] === null) rows.set(this.base, rankOf[campaign] ?? 0);
    }
    for (let row = firstRow; row < this.rows; row += rowsAtOnce) {
      rows.add(Math.min(rowsAtOnce, this.rows - row), this.base);
      yield;
    }
    if (rows instanceof BitRows) {
      yield* this.#toggle(rows, rankOf);
      return;
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

  rowOf(value: FieldValue | null): number {
    const ordinal = value === null ? -1 : this.#ordinals.find(value);
    return ordinal < 0 ? 0 : this.#rowOf(ordinal);
  }

  asks(campaign: number): boolean {
    return (this.#includes[campaign] ?? null) !== null || (this.#excludes[campaign] ?? null) !== null;
  }

  /** Asked where values share a row, where all lists are in order. */
  admits(campaign: number, value: FieldValue | null): boolean {
    const include = this.#includes[campaign] ?? null;
    const exclude = this.#excludes[campaign] ?? null;
    const ordinal = value === null ? -1 : this.#ordinals.find(value);
    return (include === null || isIn(include, ordinal)) && (exclude === null || !isIn(exclude, ordinal));
  }

  /** Rows that a campaign is in, each once, counted from `firstRow`; `null`: all. */
  rowsOf(campaign: number): Int32Array | null {
    const include = this.#includes[campaign] ?? null;
    if (include === null || !this.isCoarse) return include;
    return Int32Array.from(new Set(include.map((ordinal) => ordinal % this.#mostRows)));
  }

  /** The part of the values that a campaign admits, 0 to 1. */
  partOf(campaign: number): number {
    const include = this.#includes[campaign] ?? null;
    return include === null ? 1 : include.length / this.#ordinals.size;
  }

  #rowOf(ordinal: number): number {
    return firstRow + (ordinal < this.#mostRows ? ordinal : ordinal % this.#mostRows);
  }

  /** The same as `fill` does bit by bit, in the order in which rows lie in the memory. */
  *#toggle(rows: BitRows, rankOf: Int32Array): Generator<void> {
    const lists: (Int32Array | null)[] = [];
    for (let campaign = 0; campaign < this.#includes.length; campaign++) {
      const include = this.#includes[campaign] ?? null;
      const exclude = this.isCoarse ? null : (this.#excludes[campaign] ?? null); // as above
      lists[rankOf[campaign] ?? 0] = include ?? exclude;
    }
    const most = this.#mostRows;
    const rowsOf = this.isCoarse ? lists.map((list) => list?.map((ordinal) => ordinal % most) ?? null) : lists;
    yield* rows.toggle(this.base + firstRow * rows.stride, this.rows - firstRow, rowsOf);
  }
}
