import type { LayoutItem } from '../../copybook/layout.ts';
import type { KeptField, PlanNode } from '../plan.ts';

/** A counter or discriminator, and the item that asks for it. */
export interface AskedField {
  readonly field: KeptField;
  readonly by: LayoutItem;
  /** It counts entries, and does not choose a view. */
  readonly counts: boolean;
}

/** List the fields that a node and what is in it ask for. */
export function askedBy(node: PlanNode): readonly AskedField[] {
  const { item } = node;
  switch (node.kind) {
    case 'field':
      return [];
    case 'group':
      return node.parts.flatMap(askedBy);
    case 'table': {
      const own = node.counter === null ? [] : [{ field: node.counter, by: item, counts: true }];
      return [...own, ...askedBy(node.entry)];
    }
    case 'area': {
      const own =
        node.rules?.flatMap(({ field }) => (field === null ? [] : [{ field, by: item, counts: false }])) ?? [];
      return [...own, ...node.views.flatMap(askedBy)];
    }
  }
}
