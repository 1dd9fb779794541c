import type { PlanNode } from '../plan.ts';

/** Whether reading a node asks for counters or discriminators, which may stand outside of it. */
export function needsOthers(node: PlanNode): boolean {
  switch (node.kind) {
    case 'field':
      return false;
    case 'group':
      return node.parts.some(needsOthers);
    case 'table':
      return node.counter !== null || needsOthers(node.entry);
    case 'area':
      return node.rules?.some(({ field }) => field !== null) === true || node.views.some(needsOthers);
  }
}
