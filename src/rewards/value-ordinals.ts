import { TerminalList } from './terminal-list.ts';
import type { TerminalNames } from './terminal-names.ts';

/** What a list of values is for. */
export type FieldValue = string | number;

/** Values that a campaign lists. */
export interface ValueList extends Iterable<FieldValue> {
  readonly length: number;
}

const valuesAtOnce = 50_000; // between two yields

/** A list whose values have indexes. */
type Values = TerminalList | readonly FieldValue[];

function valuesOf(list: ValueList): Values {
  if (list instanceof TerminalList) return list;
  return Array.isArray(list) ? (list as readonly FieldValue[]) : [...list];
}

/** Numbers for the values of a field, from 0 in the order in which lists name them. A list that several campaigns share is looked up once. */
export class ValueOrdinals {
  readonly #ordinals = new Map<FieldValue, number>();
  readonly #lists = new Map<ValueList, Int32Array>();
  readonly #sorted = new Set<Int32Array>();
  /** The number of the list that named each of them last. */
  readonly #namedBy: number[] = [];
  /** By the numbers of terminals, their ordinals; -1: none yet. */
  #terminals = new Int32Array(0);
  #names: TerminalNames | null = null;

  get size(): number {
    return this.#ordinals.size;
  }

  /** The ordinal of a value; -1: no list names it. */
  find(value: FieldValue): number {
    return this.#ordinals.get(value) ?? -1;
  }

  /** The ordinals of a list, in any order; `null` for a long one, which `of` looks up. */
  ofShort(list: ValueList): Int32Array | null {
    const known = this.#lists.get(list);
    if (known !== undefined) return known;
    const { length } = list;
    if (length > valuesAtOnce) return null;
    const ordinals = new Int32Array(length);
    return this.#kept(list, ordinals, this.#fill(ordinals, 0, valuesOf(list), 0, length));
  }

  /** The same of any list. It yields now and then. */
  *of(list: ValueList): Generator<void, Int32Array> {
    const short = this.ofShort(list);
    if (short !== null) return short;
    const { length } = list;
    const values = valuesOf(list);
    const ordinals = new Int32Array(length);
    let end = 0;
    for (let from = 0; from < length; from += valuesAtOnce) {
      end = this.#fill(ordinals, end, values, from, Math.min(length, from + valuesAtOnce));
      yield;
    }
    return this.#kept(list, ordinals, end);
  }

  /** The same ordinals, which are in order from now on. */
  sorted(ordinals: Int32Array): Int32Array {
    if (!this.#sorted.has(ordinals)) {
      ordinals.sort();
      this.#sorted.add(ordinals);
    }
    return ordinals;
  }

  #kept(list: ValueList, ordinals: Int32Array, length: number): Int32Array {
    const kept = length < ordinals.length ? ordinals.slice(0, length) : ordinals;
    this.#lists.set(list, kept);
    return kept;
  }

  /** Look up some values of a list, each once, as a campaign that says a value twice is not to be found twice; returns where what is found ends. */
  #fill(ordinals: Int32Array, start: number, values: Values, from: number, to: number): number {
    if (values instanceof TerminalList) return this.#fillWithTerminals(ordinals, values, from, to);
    const serial = this.#lists.size + 1;
    let end = start;
    for (let at = from; at < to; at++) {
      const ordinal = this.#add(values[at] as FieldValue);
      if (this.#namedBy[ordinal] === serial) continue;
      this.#namedBy[ordinal] = serial;
      ordinals[end++] = ordinal;
    }
    return end;
  }

  /** What terminals have numbers is not looked up again. */
  #fillWithTerminals(ordinals: Int32Array, { names, numbers }: TerminalList, from: number, to: number): number {
    if (this.#names !== names) {
      this.#names = names;
      this.#terminals = new Int32Array(names.words.length).fill(-1);
    }
    const known = this.#terminals;
    for (let at = from; at < to; at++) {
      const number = numbers[at] as number;
      let ordinal = known[number] as number;
      if (ordinal < 0) {
        ordinal = this.#add(names.words[number] as string);
        known[number] = ordinal;
      }
      ordinals[at] = ordinal;
    }
    return to;
  }

  #add(value: FieldValue): number {
    let ordinal = this.#ordinals.get(value);
    if (ordinal === undefined) {
      ordinal = this.#ordinals.size;
      this.#ordinals.set(value, ordinal);
    }
    return ordinal;
  }
}

/** What is in all of some sorted lists; `null` when there are no lists. */
export function inAll(lists: readonly Int32Array[]): Int32Array | null {
  const [one, ...others] = lists;
  if (one === undefined) return null;
  return others.length === 0 ? one : one.filter((ordinal) => others.every((other) => isIn(other, ordinal)));
}

/** Whether a sorted list has a number. */
export function isIn(sorted: Int32Array, wanted: number): boolean {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < wanted) from = middle + 1;
    else to = middle;
  }
  return sorted[from] === wanted;
}
