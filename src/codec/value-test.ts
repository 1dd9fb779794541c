import type { LayoutItem } from '../copybook/layout.ts';
import { compareDecimals } from './decimal.ts';
import type { FieldReading } from './reading.ts';
import { isBlank, readDecimal, readingKeys, valueKey, wantedDecimal } from './value-key.ts';

/** Whether a field as it was read satisfies a condition. */
export type ValueTest = (reading: FieldReading) => boolean;

/** How a field is compared; `in`: equal to one of several values. */
export type Comparison = '=' | '!=' | '<' | '>' | '<=' | '>=' | 'in';

/**
 * Make a test of one field against values as written in an option: text trimmed on both sides, numbers by exact value, `''` is
 * blank. What is absent or cannot be read satisfies nothing.
 *
 * Throws USAGE when a numeric field is compared with something that is no number.
 */
export function valueTest(
  item: LayoutItem,
  numeric: boolean,
  comparison: Comparison,
  values: readonly string[],
): ValueTest {
  if (comparison === '=' || comparison === 'in') {
    const wanted = new Set(values.map((value) => valueKey(item, numeric, value)));
    return (reading) => readingKeys(reading, numeric).some((key) => wanted.has(key));
  }
  const holds = orderTest(comparison);
  const tests = values.map((value) => (numeric ? numberTest(item, value, holds) : textTest(value, holds)));
  return (reading) => tests.some((test) => test(reading));
}

function numberTest(item: LayoutItem, value: string, holds: (order: number) => boolean): ValueTest {
  if (value.trim() === '')
    return (reading) => !reading.absent && (isBlank(reading) ? holds(0) : reading.value !== null && holds(1));
  const wanted = wantedDecimal(item, value);
  return (reading) => {
    const found = readDecimal(reading);
    return found !== null && holds(compareDecimals(found, wanted));
  };
}

function textTest(value: string, holds: (order: number) => boolean): ValueTest {
  const wanted = value.trim();
  return (reading) => {
    if (reading.absent || typeof reading.value !== 'string') return false;
    const found = reading.value.trim();
    return holds(found === wanted ? 0 : found < wanted ? -1 : 1);
  };
}

function orderTest(comparison: Exclude<Comparison, '=' | 'in'>): (order: number) => boolean {
  switch (comparison) {
    case '!=':
      return (order) => order !== 0;
    case '<':
      return (order) => order < 0;
    case '>':
      return (order) => order > 0;
    case '<=':
      return (order) => order <= 0;
    case '>=':
      return (order) => order >= 0;
  }
}
