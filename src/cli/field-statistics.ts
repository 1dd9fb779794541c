import { compareDecimals, parseDecimal } from '../codec/decimal.ts';
import type { FieldReading, Reading } from '../codec/reading.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import type { Place } from './problem-report.ts';

const keptText = 80; // characters of an example
const exactDigits = 15; // up to here doubles compare as the decimals do

/** What one field held in all records, every entry of its tables together. */
export interface FieldCount {
  readonly item: LayoutItem;
  /** Values that were there, unreadable ones too. */
  count: number;
  /** Of them: not readable. */
  nulls: number;
  zeros: number;
  /** Blank or low-values. */
  blanks: number;
  lowest: Extreme | null;
  highest: Extreme | null;
  longest: (Extreme & { readonly length: number }) | null;
}

/** A value that is the lowest, highest or longest, and where it first stood. */
export interface Extreme {
  readonly text: string;
  readonly place: Place;
}

/** Collects what fields hold. Its size depends on the copybook alone. */
export class FieldStatistics {
  readonly #records = new Map<RecordLayout, (FieldCount | undefined)[]>();
  readonly #keepsFiller: boolean;

  constructor(records: readonly RecordLayout[], keepsFiller: boolean) {
    this.#keepsFiller = keepsFiller;
    for (const record of records) {
      this.#records.set(
        record,
        record.items.map((item) => (this.#counts(item) ? emptyCount(item) : undefined)),
      );
    }
  }

  add(record: RecordLayout, root: Reading, place: Place): void {
    const counts = this.#records.get(record);
    if (counts !== undefined) addReading(counts, root, place);
  }

  /** In copybook order. */
  of(record: RecordLayout): readonly FieldCount[] {
    return (this.#records.get(record) ?? []).filter((count) => count !== undefined);
  }

  /** FILLER that is left out of the output is not read, so nothing can be said of it. */
  #counts(item: LayoutItem): boolean {
    return item.type !== null && (item.name !== null || item.parent === null || this.#keepsFiller);
  }
}

function emptyCount(item: LayoutItem): FieldCount {
  return { item, count: 0, nulls: 0, zeros: 0, blanks: 0, lowest: null, highest: null, longest: null };
}

function addReading(counts: readonly (FieldCount | undefined)[], reading: Reading, place: Place): void {
  if (reading.kind === 'table') for (const entry of reading.entries) addReading(counts, entry, place);
  else if (reading.kind === 'group') for (const child of reading.children) addReading(counts, child, place);
  else {
    const count = counts[reading.item.index];
    if (count !== undefined && !reading.absent) addField(count, reading, place);
  }
}

function addField(count: FieldCount, { value, digits, issues }: FieldReading, place: Place): void {
  count.count += 1;
  if (value === null) {
    if (issues.some(({ code, severity }) => code === 'BLANK_NUMERIC' && severity === 'note')) count.blanks += 1;
    else count.nulls += 1;
  } else if (digits !== null) {
    if (!/[1-9]/.test(digits)) count.zeros += 1;
    if (count.lowest === null || isBelow(digits, count.lowest.text)) count.lowest = { text: digits, place };
    if (count.highest === null || isBelow(count.highest.text, digits)) count.highest = { text: digits, place };
  } else {
    const text = String(value).replace(/[ \u3000\0]+$/, '');
    if (text === '') count.blanks += 1;
    if (text.length > (count.longest?.length ?? 0)) {
      count.longest = { length: text.length, text: text.slice(0, keptText), place };
    }
  }
}

function isBelow(one: string, other: string): boolean {
  if (one === other) return false;
  if (one.length <= exactDigits && other.length <= exactDigits) return Number(one) < Number(other);
  const [left, right] = [parseDecimal(one), parseDecimal(other)];
  return left !== null && right !== null && compareDecimals(left, right) < 0;
}
