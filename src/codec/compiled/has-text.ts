import type { PlannedNode } from './compiled-plan.ts';

/** Tell whether there is text in a node that may need careful code. */
export function hasText(node: PlannedNode): boolean {
  switch (node.kind) {
    case 'field':
      return node.kernel.kind === 'text';
    case 'group':
      return node.members.some(hasText);
    case 'table':
      return hasText(node.entry);
    case 'area':
      return node.views.some(hasText);
    case 'alignment':
      return false;
  }
}
