import { printable } from '../bytes/printable.ts';
import { ambiguousName, matchItems, unknownName } from '../copybook/find-item.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { readsNumber } from './field-reader.ts';
import type { FieldSettings } from './field-settings.ts';
import { type ParsedRule, parseRule } from './rule-syntax.ts';
import { type ValueTest, valueTest } from './value-test.ts';

/** One way to decide which view of a redefined area a record takes. */
export interface ViewRule {
  /** The item whose value is asked for; `null` for a constant rule. */
  readonly discriminator: LayoutItem | null;
  readonly fits: ValueTest;
  readonly view: LayoutItem;
}

/**
 * Resolve the `view` options for one record: the rules of each area, in the order given, by the index of its first item.
 *
 * Throws UNKNOWN_NAME for a name that none of `records` has, AMBIGUOUS_NAME, and USAGE for a view that redefines nothing.
 */
export function viewRules(
  record: RecordLayout,
  records: readonly RecordLayout[],
  settings: readonly FieldSettings[],
  options: ResolvedOptions,
): ReadonlyMap<number, readonly ViewRule[]> {
  const rules = new Map<number, ViewRule[]>();
  for (const text of options.view) {
    const parsed = parseRule(text);
    const view = findIn(record, records, parsed.target);
    if (view === null) continue;
    const area = view.redefines === null ? view : firstOf(view);
    if (area.views.length < 2) {
      throw new OverpunchError('USAGE', printable(`${parsed.target} neither redefines an item nor is redefined`));
    }
    const rule = resolveRule(parsed, view, area, record, records, settings, options);
    if (rule !== null) rules.set(area.index, [...(rules.get(area.index) ?? []), rule]);
  }
  return rules;
}

function resolveRule(
  parsed: ParsedRule,
  view: LayoutItem,
  area: LayoutItem,
  record: RecordLayout,
  records: readonly RecordLayout[],
  settings: readonly FieldSettings[],
  options: ResolvedOptions,
): ViewRule | null {
  if (parsed.redefined !== null) {
    const redefined = findIn(record, records, parsed.redefined);
    if (redefined === null) return null;
    if (!area.views.includes(redefined)) {
      throw new OverpunchError('USAGE', printable(`${parsed.target} does not redefine ${parsed.redefined}`));
    }
    return { discriminator: null, fits: () => true, view };
  }
  const discriminator = findIn(record, records, parsed.field ?? '');
  if (discriminator === null) return null;
  if (discriminator.type === null) {
    throw new OverpunchError(
      'USAGE',
      printable(`${discriminator.path} is a group, and has no value to choose a view by`),
    );
  }
  const numeric = readsNumber(discriminator, settings[discriminator.index], options);
  return { discriminator, fits: valueTest(discriminator, numeric, 'in', parsed.values), view };
}

/** The item of this record; `null` when only another record has the name. */
export function findIn(record: RecordLayout, records: readonly RecordLayout[], name: string): LayoutItem | null {
  const found = matchItems(record, name);
  const [first] = found;
  if (found.length > 1) throw ambiguousName(found, name);
  if (first !== undefined) return first;
  if (records.some((other) => matchItems(other, name).length > 0)) return null;
  throw unknownName(records, name);
}

function firstOf(view: LayoutItem): LayoutItem {
  let first = view;
  while (first.redefines !== null) first = first.redefines;
  return first;
}
