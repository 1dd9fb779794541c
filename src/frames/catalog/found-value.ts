import type { FieldReading, Reading } from '../../codec/reading.ts';
import { scalarJson } from '../../codec/to-json.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { EventValue } from './event-builder.ts';

/** What was found of a field in one frame; `null` where it is not. Of a field in tables a list of what each entry has. */
export type Found = Pick<FieldReading, 'value' | 'digits'> | readonly Found[] | null;

/** Find a field below a group by the items on the way to it. */
export function findReading(from: Reading, way: readonly LayoutItem[], step = 0): Found {
  if (from.absent) return null;
  switch (from.kind) {
    case 'field':
      return from;
    case 'table':
      return from.entries.map((entry) => findReading(entry, way, step));
    case 'group': {
      const child = from.children.find(({ item }) => item === way[step]);
      return child === undefined ? null : findReading(child, way, step + 1);
    }
  }
}

/** Give what was found as a value. */
export function foundValue(found: Found): EventValue {
  if (found === null) return null;
  return isList(found) ? found.map(foundValue) : found.value;
}

/** Write what was found as JSON, numbers with the digits of their fields. */
export function foundJson(found: Found): string {
  if (found === null) return 'null';
  return isList(found) ? `[${found.map(foundJson).join(',')}]` : scalarJson(found);
}

/** Whether a field lies in a table. */
export function isList(found: Found): found is readonly Found[] {
  return Array.isArray(found);
}
