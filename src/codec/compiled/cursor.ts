import { placeOf } from '../../copybook/item-places.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { FieldNode, PlanNode } from '../plan.ts';
import type { Place } from './compiled-plan.ts';

/** A position in bits behind a base. */
export interface Cursor {
  readonly base: number;
  readonly bits: number;
}

/** The start of a record. */
export const recordStart: Cursor = { base: 0, bits: 0 };

/** Say where a cursor is as a plan has it. */
export function placeAt({ base, bits }: Cursor): Place {
  return { base, offset: bits >>> 3, bit: bits & 7 };
}

/** Find a field in a node by walking over what takes the same room in every record; `null` if there is none. */
export function fieldAt(
  node: PlanNode,
  at: Cursor,
  item: LayoutItem,
): { readonly node: FieldNode; readonly at: Cursor } | null {
  if (node.kind === 'field') return node.item === item ? { node, at } : null;
  if (node.kind === 'table') return null;
  if (node.kind === 'area') {
    for (const view of node.views) {
      const found = fieldAt(view, at, item);
      if (found !== null) return found;
    }
    return null;
  }
  let next = at;
  for (const part of node.parts) {
    const place = { base: next.base, bits: placeOf(part, next.bits) };
    const found = fieldAt(part, place, item);
    if (found !== null) return found;
    if (part.dynamic) return null;
    next = { base: place.base, bits: place.bits + part.bits };
  }
  return null;
}
