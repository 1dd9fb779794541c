import type { PlannedField, PlannedNode } from './compiled-plan.ts';
import type { PackedKernel, ZonedKernel } from './kernel.ts';

/** A field that holds a zoned or packed number. */
export type DecimalField = PlannedField & { readonly kernel: ZonedKernel | PackedKernel };

/**
 * Go through the decimals of a node whose place is known before any of it is read: those behind `base`, that of the node.
 *
 * What stands behind another base comes after a table that may not have been read. A field that is read ahead is no part of the node.
 */
export function* settledDecimals(node: PlannedNode, base: number): Generator<DecimalField> {
  if (node.kind === 'group') {
    for (const member of node.members) yield* settledDecimals(member, base);
  } else if (node.kind === 'field' && !node.ahead && node.at.base === base && isDecimal(node)) {
    yield node;
  }
}

function isDecimal(field: PlannedField): field is DecimalField {
  return field.kernel.kind === 'zoned' || field.kernel.kind === 'packed';
}
