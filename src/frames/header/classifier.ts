import { type ValueTest, valueTest } from '../../codec/value-test.ts';
import { fieldReading, type HeaderField } from './header-field.ts';

/** Tells which of several rows the fields of the frame at `offset` fit: its index, or −1. */
export type Classifier = (bytes: Uint8Array, offset: number) => number;

/**
 * Make a classifier by value. A row has a list of values for each field, as written in options: any of them will do, and none at all
 * means any value. The first row that fits counts.
 *
 * Throws USAGE when a field of numbers is compared with something that is no number.
 */
export function classifier(
  fields: readonly HeaderField[],
  rows: readonly (readonly (readonly string[])[])[],
): Classifier {
  const anything: ValueTest = () => true;
  const tests = rows.map((row) =>
    fields.map((field, index) => {
      const values = row[index] ?? [];
      return values.length === 0 ? anything : valueTest(field.item, field.numeric, 'in', values);
    }),
  );
  return (bytes, offset) => {
    const readings = fields.map((field) => fieldReading(field, bytes, offset));
    return tests.findIndex((row) => readings.every((reading, index) => row[index]?.(reading)));
  };
}
