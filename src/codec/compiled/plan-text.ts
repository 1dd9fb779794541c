import type { CompiledPlan, Place, PlannedNode, PlannedRecord } from './compiled-plan.ts';
import type { Kernel } from './kernel.ts';

/**
 * Print a plan: for each item its place, how it is read, and its path, indented as it is nested.
 *
 * Places are bytes from the start of the record; `b2+4` is 4 bytes behind base 2, which is where an entry of a table starts, or what
 * follows a table of variable length.
 */
export function planText(plan: CompiledPlan): string {
  const lines: string[] = [];
  if (plan.discriminator !== null) {
    const pieces = plan.discriminator.pieces.map(({ offset, length }) => `${offset}+${length}`);
    lines.push(`records are chosen by bytes ${pieces.join(', ')}`);
  }
  if (plan.fill !== null) lines.push('short records are filled up with blanks');
  for (const record of plan.records) lines.push(...recordLines(record));
  return `${lines.join('\n')}\n`;
}

function recordLines(record: PlannedRecord): readonly string[] {
  const length = record.ends === 'length' ? `${record.length} bytes` : `up to ${record.length} bytes`;
  return [`record ${record.name}: ${length}`, ...nodeLines(record.root, 1)];
}

function nodeLines(node: PlannedNode, depth: number): readonly string[] {
  const indent = '  '.repeat(depth);
  const dropped = 'role' in node && node.role === 'drop' ? ', not output' : '';
  switch (node.kind) {
    case 'field': {
      const kept = node.slot < 0 ? '' : `, kept in slot ${node.slot}`;
      const when = node.ahead ? ', read ahead' : dropped;
      return [`${indent}${placeText(node.at)} ${node.path}: ${kernelText(node.kernel)}${kept}${when}`];
    }
    case 'group':
      return [`${indent}${node.path}${dropped}`, ...node.members.flatMap((member) => nodeLines(member, depth + 1))];
    case 'table': {
      const count = node.slot < 0 ? `${node.maximum}` : `${node.minimum} to ${node.maximum}, by slot ${node.slot}`;
      const stride = strideText(node.strideBits);
      const next = node.nextBase < 0 ? '' : `, then base ${node.nextBase}`;
      const head = `${indent}${placeText(node.at)} ${node.path}: ${count} entries at base ${node.entryBase}, ${stride}${next}`;
      return [`${head}${dropped}`, ...nodeLines(node.entry, depth + 1)];
    }
    case 'area': {
      const by = node.slots.map(({ slot }) => `slot ${slot}`).join(', ');
      const how = node.how === 'one' ? `one view, by ${by}` : areaTexts[node.how];
      return [
        `${indent}${placeText(node.at)} ${node.path}: ${how}`,
        ...node.views.flatMap((view) => nodeLines(view, depth + 1)),
      ];
    }
    case 'alignment':
      return [`${indent}${placeText(node.at)} up to the next byte, then base ${node.base}`];
  }
}

const areaTexts = {
  all: 'these views',
  good: 'the views that can be read',
  first: 'the first view that can be read',
} as const;

function placeText({ base, offset, bit }: Place): string {
  return `${base === 0 ? '' : `b${base}+`}${offset}${bit === 0 ? '' : ` bit ${bit}`}`;
}

function strideText(bits: number | null): string {
  if (bits === null) return 'each as long as it is';
  return bits % 8 === 0 ? `${bits / 8} bytes each` : `${bits} bits each`;
}

function kernelText(kernel: Kernel): string {
  switch (kernel.kind) {
    case 'text':
      return `text ${kernel.length}, ${kernel.codepage}, trim ${kernel.trim}`;
    case 'zoned': {
      const sign = kernel.sign === 'none' ? 'unsigned' : `${kernel.sign} sign at ${kernel.signAt}`;
      return `zoned ${numberText(kernel)}, ${sign}${kernel.lenient ? ', lenient' : ''}`;
    }
    case 'packed':
      return `packed ${numberText(kernel)}, ${kernel.sign === 'none' ? 'no sign' : kernel.sign}`;
    case 'binary': {
      const limit = kernel.limit === 0 ? '' : `, at most ${kernel.limit} digits`;
      const sign = kernel.signed ? 'signed' : 'unsigned';
      const form = `${kernel.length} bytes ${kernel.order}-endian, ${sign}, scale ${kernel.scale}`;
      return `binary ${form}${limit}${kernel.quoted ? ', quoted' : ''}`;
    }
    case 'bits':
      return `bits ${kernel.bits}${kernel.scale > 0 ? `, scale ${kernel.scale}` : ''}${kernel.quoted ? ', quoted' : ''}`;
    case 'reference':
      return `reference decoder (${kernel.why})`;
  }
}

function numberText(kernel: { readonly digits: number; readonly scale: number; readonly quoted: boolean }): string {
  return `${kernel.digits} digits, scale ${kernel.scale}${kernel.quoted ? ', quoted' : ''}`;
}
