import { type Actual, type ActualLeaf, isEmptyActual } from './actual.ts';
import { canonicalDecimal, nearlySame, sameDecimal } from './decimal.ts';
import { type ExactJson, ExactNumber, ExactObject } from './exact-json.ts';
import { foldName } from './fold-name.ts';

/** One wrong value. `bytes` are those the decoder read it from, in upper-case hexadecimal, `''` without an item. */
export interface Difference {
  readonly path: string;
  readonly expected: ExactJson;
  readonly got: ExactJson;
  readonly bytes: string;
}

export interface CompareOptions {
  /** Items the row does not list are not looked at. */
  readonly listedOnly: boolean;
  /** Folded names of items that are not compared at all. */
  readonly ignore: ReadonlySet<string>;
  /** An absent or unreadable number equals an expected 0. */
  readonly absentIsZero: boolean;
  /** The row also holds the bytes of each item, under its name with this suffix. */
  readonly rawSuffix: string | null;
  /** An object `…Choice` that is no item only groups the views of one place. */
  readonly choices: boolean;
}

/** Compare one decoded record with the row it should be; one difference for each wrong value. */
export function compareRow(expected: ExactObject, actual: readonly Actual[], options: CompareOptions): Difference[] {
  const comparison = new Comparison(options);
  comparison.members(expected, actual, '');
  return comparison.differences;
}

/** How many values a row holds, empty ones too, ignored ones not. */
export function countValues(expected: ExactJson, ignore: ReadonlySet<string> = new Set()): number {
  if (expected instanceof ExactObject) {
    return expected.entries.reduce(
      (sum, [name, member]) => sum + (ignore.has(foldName(name)) ? 0 : countValues(member, ignore)),
      0,
    );
  }
  if (Array.isArray(expected)) return expected.reduce((sum: number, entry) => sum + countValues(entry, ignore), 0);
  return 1;
}

class Comparison {
  readonly differences: Difference[] = [];
  private readonly options: CompareOptions;

  constructor(options: CompareOptions) {
    this.options = options;
  }

  members(expected: ExactObject, actual: readonly Actual[], path: string): void {
    const candidates = groupByName(actual);
    const raws = new Set<string>();
    const listed = new Map<string, ExactJson[]>();
    for (const [key, value] of this.unwrapChoices(expected, candidates)) {
      const folded = foldName(key);
      if (this.options.ignore.has(folded)) continue;
      const base = this.rawBase(folded, candidates);
      if (base !== null) {
        raws.add(base.name);
        this.raw(value, base.actual, join(path, base.actual.name + this.options.rawSuffix));
        continue;
      }
      const same = candidates.get(folded);
      if (same === undefined) {
        this.missing(value, join(path, key), false);
        continue;
      }
      listed.set(folded, [...(listed.get(folded) ?? []), value]);
    }
    for (const [folded, values] of listed) this.listed(values, candidates.get(folded) ?? [], path);
    if (this.options.listedOnly) return;
    for (const [folded, same] of candidates) {
      if (this.options.ignore.has(folded)) continue;
      for (const item of same) {
        if (!listed.has(folded)) this.mustBeEmpty(item, join(path, item.name), null);
        if (!raws.has(folded)) this.rawMustBeEmpty(item, join(path, item.name));
      }
    }
  }

  value(expected: ExactJson, actual: Actual, path: string): void {
    if (actual.kind === 'hidden') this.missing(expected, path, true);
    else if (actual.kind === 'leaf') this.leaf(expected, actual, path);
    else if (actual.kind === 'group' && expected instanceof ExactObject) this.members(expected, actual.members, path);
    else if (isEmptyExpected(expected)) this.mustBeEmpty(actual, path, expected);
    else if (actual.kind === 'table' && Array.isArray(expected)) this.table(expected, actual.entries, path);
    else this.differences.push({ path, expected, got: `a ${actual.kind}`, bytes: '' });
  }

  /** Pair the members of one name: n-th with n-th; a single one with whichever of several items is not empty and fits. */
  private listed(values: readonly ExactJson[], same: readonly Actual[], path: string): void {
    const [only] = values;
    if (values.length === 1 && only !== undefined && same.length > 1) {
      const present = same.filter((item) => !isEmptyActual(item));
      const fits = present.find((item) => {
        const trial = new Comparison(this.options);
        trial.value(only, item, path);
        return trial.differences.length === 0;
      });
      const chosen = fits ?? present[0] ?? same[0];
      if (chosen !== undefined) this.value(only, chosen, join(path, chosen.name));
      return;
    }
    values.forEach((value, index) => {
      const item = same[index];
      if (item === undefined) this.missing(value, join(path, same[0]?.name ?? ''), false);
      else this.value(value, item, join(path, item.name));
    });
    if (!this.options.listedOnly) {
      for (const item of same.slice(values.length)) this.mustBeEmpty(item, join(path, item.name), null);
    }
  }

  private table(expected: readonly ExactJson[], entries: readonly Actual[], path: string): void {
    if (expected.length !== entries.length) {
      this.differences.push({ path, expected: counted(expected.length), got: counted(entries.length), bytes: '' });
    }
    expected.slice(0, entries.length).forEach((value, index) => {
      const entry = entries[index];
      if (entry !== undefined) this.value(value, entry, `${path}(${index + 1})`);
    });
  }

  private leaf(expected: ExactJson, leaf: ActualLeaf, path: string): void {
    if (!this.leafFits(expected, leaf)) {
      this.differences.push({ path, expected, got: shown(leaf), bytes: leaf.bytes });
    }
  }

  private leafFits(expected: ExactJson, leaf: ActualLeaf): boolean {
    const { value } = leaf;
    if (isEmptyExpected(expected)) return isEmptyActual(leaf) || (value?.type === 'number' && value.beyondPicture);
    const zero = this.options.absentIsZero && leaf.numeric && isZero(expected);
    if (value === null) return zero;
    const text = typeof expected === 'string' ? expected : expected instanceof ExactNumber ? expected.text : null;
    if (text === null) return false;
    switch (value.type) {
      case 'text':
        return value.text === text;
      case 'number':
        return sameDecimal(value.digits, text);
      case 'float':
        return nearlySame(value.digits, text);
      case 'edited':
        if (typeof expected === 'string') return value.text === expected;
        return value.number === null ? zero : sameDecimal(value.number, text);
    }
  }

  /** Everything that is expected below here has no value to be compared with. */
  private missing(expected: ExactJson, path: string, exists: boolean): void {
    if (expected instanceof ExactObject) {
      for (const [name, member] of expected.entries) {
        if (!this.options.ignore.has(foldName(name))) this.missing(member, join(path, name), exists);
      }
    } else if (Array.isArray(expected)) {
      expected.forEach((entry, index) => {
        this.missing(entry, `${path}(${index + 1})`, exists);
      });
    } else if (!isEmptyExpected(expected) && !(exists && this.options.absentIsZero && isZero(expected))) {
      this.differences.push({ path, expected, got: null, bytes: '' });
    }
  }

  private mustBeEmpty(actual: Actual, path: string, expected: ExactJson): void {
    if (actual.kind === 'leaf') this.leaf(expected, actual, path);
    else if (actual.kind === 'group') {
      for (const member of actual.members) {
        if (!this.options.ignore.has(foldName(member.name))) this.mustBeEmpty(member, join(path, member.name), null);
      }
    } else if (actual.kind === 'table') {
      actual.entries.forEach((entry, index) => {
        this.mustBeEmpty(entry, `${path}(${index + 1})`, null);
      });
    }
  }

  /** The item whose bytes a member `X + suffix` holds, unless an item of just that name exists. */
  private rawBase(folded: string, candidates: Candidates): { name: string; actual: Actual } | null {
    const suffix = this.options.rawSuffix === null ? '' : foldName(this.options.rawSuffix);
    if (suffix === '' || !folded.endsWith(suffix) || candidates.has(folded)) return null;
    const name = folded.slice(0, -suffix.length);
    const actual = candidates.get(name)?.find((item) => item.kind !== 'group');
    return actual === undefined ? null : { name, actual };
  }

  private raw(expected: ExactJson, actual: Actual, path: string): void {
    if (actual.kind === 'hidden') this.missing(expected, path, false);
    else if (actual.kind === 'leaf') {
      const excused = isEmptyExpected(expected) && (actual.bytes === '' || (actual.cut && actual.value === null));
      if (!excused && expected !== actual.bytes) {
        this.differences.push({ path, expected, got: actual.bytes, bytes: actual.bytes });
      }
    } else if (actual.kind === 'table' && (Array.isArray(expected) || isEmptyExpected(expected))) {
      const list = Array.isArray(expected) ? expected : [];
      if (list.length !== actual.entries.length) {
        this.differences.push({ path, expected: counted(list.length), got: counted(actual.entries.length), bytes: '' });
      }
      list.slice(0, actual.entries.length).forEach((value, index) => {
        const entry = actual.entries[index];
        if (entry !== undefined) this.raw(value, entry, `${path}(${index + 1})`);
      });
    } else this.differences.push({ path, expected, got: `a ${actual.kind}`, bytes: '' });
  }

  /** A row that holds the bytes of its items holds those of every elementary item that has any. */
  private rawMustBeEmpty(actual: Actual, path: string): void {
    const { rawSuffix } = this.options;
    if (rawSuffix === null || this.options.ignore.has(foldName(actual.name + rawSuffix))) return;
    const elementary = actual.kind === 'leaf' || (actual.kind === 'table' && actual.entries[0]?.kind === 'leaf');
    if (elementary) this.raw(null, actual, path + rawSuffix);
  }

  private unwrapChoices(expected: ExactObject, candidates: Candidates): (readonly [string, ExactJson])[] {
    return expected.entries.flatMap((entry) => {
      const [name, value] = entry;
      const choice = this.options.choices && name.endsWith('Choice') && !candidates.has(foldName(name));
      return choice && value instanceof ExactObject ? this.unwrapChoices(value, candidates) : [entry];
    });
  }
}

type Candidates = ReadonlyMap<string, readonly Actual[]>;

function groupByName(actual: readonly Actual[]): Candidates {
  const groups = new Map<string, Actual[]>();
  for (const item of actual) {
    const folded = foldName(item.name);
    groups.set(folded, [...(groups.get(folded) ?? []), item]);
  }
  return groups;
}

/** `null`, `''`, `{}`, `[]`, and what holds nothing else. */
export function isEmptyExpected(expected: ExactJson): boolean {
  if (expected === null || expected === '') return true;
  if (expected instanceof ExactObject) return expected.entries.every(([, member]) => isEmptyExpected(member));
  return Array.isArray(expected) && expected.every(isEmptyExpected);
}

function isZero(expected: ExactJson): boolean {
  return expected instanceof ExactNumber && canonicalDecimal(expected.text) === '0';
}

function shown({ value }: ActualLeaf): ExactJson {
  if (value === null) return null;
  if (value.type === 'text' || value.type === 'edited') return value.text;
  const canonical = canonicalDecimal(value.digits);
  return canonical === null ? value.digits : new ExactNumber(canonical);
}

function counted(entries: number): string {
  return entries === 1 ? '1 entry' : `${entries} entries`;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
