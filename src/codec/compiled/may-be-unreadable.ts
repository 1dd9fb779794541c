import type { PlannedNode } from './compiled-plan.ts';
import type { Kernel } from './kernel.ts';

/** Whether reading a node may end in an error, rather than a note at most. */
export function mayBeUnreadable(node: PlannedNode): boolean {
  switch (node.kind) {
    case 'field':
      return mayFail(node.kernel);
    case 'group':
      return node.members.some(mayBeUnreadable);
    case 'table':
      return node.slot >= 0 || mayBeUnreadable(node.entry);
    case 'area':
      return node.how !== 'all' || node.views.some(mayBeUnreadable);
    case 'alignment':
      return false;
  }
}

function mayFail(kernel: Kernel): boolean {
  switch (kernel.kind) {
    case 'text':
      return kernel.others !== 'none';
    case 'binary':
      // Longer ones may be more than a number holds.
      return kernel.limit > 0 && kernel.length > 4;
    case 'bits':
      return kernel.limit > 0;
    case 'zoned':
    case 'packed':
    case 'reference':
      return true;
  }
}
