import type { FieldReading, Reading, RecordReading } from '../../src/codec/reading.ts';
import type { LayoutItem } from '../../src/copybook/layout.ts';
import type { ActualValue } from './actual.ts';
import type { ViewRule } from './case-schema.ts';
import { canonicalDecimal } from './decimal.ts';
import { foldName } from './fold-name.ts';
import { fieldsOf, itemsNamed } from './readings.ts';
import { trimText } from './trim-text.ts';

/** Says of a reading whether a view rule makes it absent, with all it holds. */
export type IsHidden = (reading: Reading) => boolean;

/** What an item shows, and whether its bytes are all blank. */
export interface Shown {
  readonly value: ActualValue | null;
  readonly blank: boolean;
}

/**
 * Apply the rules of §6 to one record. Of the items a rule names as views only those listed for the value of its `by` are
 * present; a blank item has the value `''`, an unreadable one none.
 */
export function hiddenViews(
  readings: readonly RecordReading[],
  rules: readonly ViewRule[],
  show: (reading: FieldReading, of: RecordReading) => Shown,
): IsHidden {
  const compiled = rules.map((rule) => {
    const listed = new Map([...rule.views].map(([value, views]) => [value, new Set(views.map(foldName))]));
    return { listed, named: new Set([...listed.values()].flatMap((views) => [...views])) };
  });
  if (compiled.length === 0) return () => false;
  const recordOf = new Map<LayoutItem, RecordReading>();
  for (const reading of readings) for (const item of reading.record.items) recordOf.set(item, reading);
  const places = rules.map(({ by }) => placesOf(by, readings));

  return (reading) => {
    const name = foldName(reading.item.name ?? '');
    return compiled.some(({ listed, named }, at) => {
      if (name === '' || !named.has(name)) return false;
      const by = nearest(places[at] ?? [], reading, recordOf.get(reading.item));
      const key = by === null ? null : keyOf(show(by.field, by.of), listed);
      return key === null || listed.get(key)?.has(name) !== true;
    });
  };
}

/** A place of a `by`: a field, and the 01 it was read by. */
interface Place {
  readonly field: FieldReading;
  readonly of: RecordReading;
}

function placesOf(name: string, readings: readonly RecordReading[]): readonly Place[] {
  return readings.flatMap((of) =>
    itemsNamed(of.record, name).flatMap((item) => fieldsOf(of.root, item).map((field) => ({ field, of }))),
  );
}

/** The `by` of the 01 at hand, else of another; the one in the same table entries where there are several. */
function nearest(places: readonly Place[], view: Reading, own: RecordReading | undefined): Place | null {
  const near = places.filter(({ of }) => of === own);
  const [first] = near.length > 0 ? near : places;
  if (first === undefined) return null;
  const sameItem = places.filter(({ field, of }) => of === first.of && field.item === first.field.item);
  const together = sameItem.find(({ field }) => field.subscripts.every((n, at) => n === (view.subscripts[at] ?? n)));
  return together ?? first;
}

function keyOf({ value, blank }: Shown, listed: ReadonlyMap<string, unknown>): string | null {
  if (value === null) return blank ? '' : null;
  return [...listed.keys()].find((key) => hasValue(value, key)) ?? null;
}

/** Whether an item has a value written as text: text trimmed on both sides, numbers by value. */
export function hasValue(value: ActualValue, wanted: string): boolean {
  const same = (digits: string | null): boolean =>
    digits !== null && canonicalDecimal(digits) === (canonicalDecimal(wanted) ?? wanted);
  if (value.type === 'text') return trimText(value.text, 'both') === wanted;
  if (value.type === 'edited') return trimText(value.text, 'both') === wanted || (wanted !== '' && same(value.number));
  return same(value.digits);
}

/** The value of an item as text, as maps of a case have it for keys; `null` when unreadable. */
export function valueText(value: ActualValue | null): string | null {
  if (value === null) return null;
  if (value.type === 'text') return trimText(value.text, 'both');
  if (value.type === 'edited') return value.number ?? trimText(value.text, 'both');
  return canonicalDecimal(value.digits);
}
