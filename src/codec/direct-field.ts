import type { LayoutItem } from '../copybook/layout.ts';
import type { RecordPlan } from './plan.ts';
import { wayDown } from './plan.ts';
import type { Scalar } from './scalar.ts';

/** Reads one field of the record from `from` to `to`; `null` where the record ends before the field does. */
export type DirectField = (bytes: Uint8Array, from: number, to: number) => Scalar | null;

/**
 * Make the reader of a field that stands at one place in every record: it reads the field's bytes and nothing else.
 *
 * `null` for what lies in a table or redefined area, or behind something whose length depends on the data.
 */
export function directField({ record, root, nodes }: RecordPlan, item: LayoutItem): DirectField | null {
  const node = nodes.get(item.index);
  if (node?.kind !== 'field' || node.read === null || item.occurs !== null) return null;
  let around = root;
  for (const step of record.root === item ? [] : wayDown(item)) {
    if (around.kind !== 'group') return null;
    const place = around.parts.findIndex((part) => part.kind !== 'area' && part.item === step);
    const part = around.parts[place];
    if (part === undefined || part.kind === 'area' || part.kind === 'table') return null;
    if (around.parts.slice(0, place).some(({ dynamic }) => dynamic)) return null;
    around = part;
  }
  const { read } = node;
  const { offset: start, bit } = item;
  const end = (8 * start + bit + item.bitLength + 7) >>> 3;
  return (bytes, from, to) => (from + end <= to ? read(bytes, from + start, from + end, bit) : null);
}
