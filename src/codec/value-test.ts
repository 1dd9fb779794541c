import { printable } from '../bytes/printable.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts';
import type { FieldReading } from './reading.ts';

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
  const holds = comparisonTest(comparison);
  const anyOf =
    (tests: readonly ValueTest[]): ValueTest =>
    (reading) =>
      tests.some((test) => test(reading));
  return anyOf(values.map((value) => (numeric ? numberTest(item, value, holds) : textTest(value, holds))));
}

/** Whether the bytes of a field were blank where a number should be. */
function isBlank(reading: FieldReading): boolean {
  return reading.issues.some((issue) => issue.code === 'BLANK_NUMERIC');
}

function numberTest(item: LayoutItem, value: string, holds: (order: number) => boolean): ValueTest {
  const wanted = parseDecimal(value);
  if (value.trim() === '')
    return (reading) => !reading.absent && (isBlank(reading) ? holds(0) : readable(reading) && holds(1));
  if (wanted === null) {
    throw new OverpunchError('USAGE', printable(`${item.path} is a number, but it is compared with ${value}`), {
      hint: 'give a number behind =, !=, <, >, <=, >= or in, or read the field as hex (--field NAME=hex)',
    });
  }
  return (reading) => {
    const found = decimalOf(reading);
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

function readable(reading: FieldReading): boolean {
  return reading.value !== null;
}

function decimalOf(reading: FieldReading): Decimal | null {
  return reading.absent || reading.digits === null ? null : parseDecimal(reading.digits);
}

function comparisonTest(comparison: Comparison): (order: number) => boolean {
  switch (comparison) {
    case '=':
    case 'in':
      return (order) => order === 0;
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
