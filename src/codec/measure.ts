import { groupBits, placeOf } from '../copybook/item-places.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { GroupNode, KeptField, PlanNode, TableNode, ViewNode } from './plan.ts';
import type { FieldReading } from './reading.ts';
import type { Problem } from './scalar.ts';
import { quietly, readField, report, type Walk } from './walk.ts';

const maximumEmptyEntries = 65_536; // entries that take no bytes: as many as any sensible table has

/** The bits a node takes at this place in this record, reading nothing but counters. */
export function measure(node: ViewNode, at: number, walk: Walk): number {
  switch (node.kind) {
    case 'field':
      if (node.kept) readField(node, at, [], walk);
      return node.bits;
    case 'group':
      return node.dynamic || node.kept ? measureGroup(node, at, walk) : node.bits;
    case 'table':
      return measureTable(node, at, walk);
  }
}

function measureGroup(node: GroupNode, at: number, walk: Walk): number {
  let next = at;
  for (const part of node.parts) {
    const place = placeOf(part, next);
    next = place + measurePart(part, place, walk);
  }
  return groupBits(node.item, next - at);
}

/** The bits a part of a group takes at its place; reads the counters in it. */
function measurePart(part: PlanNode, at: number, walk: Walk): number {
  if (part.kind === 'area') {
    if (part.kept) for (const view of part.views) measure(view, at, walk);
    return part.bits;
  }
  return part.dynamic || part.kept ? measure(part, at, walk) : part.bits;
}

function measureTable(node: TableNode, at: number, walk: Walk): number {
  const count = occurrences(node, at, [], walk);
  const { entry, strideBits } = node;
  if (!entry.dynamic && !entry.kept) return node.shifts ? count * strideBits : node.bits;
  let position = at;
  for (let index = 0; index < count; index++) {
    if (position >= walk.endBits) {
      walk.incomplete = true;
      return position - at + (count - index) * strideBits;
    }
    const measured = measure(entry, position, walk);
    const taken = entry.dynamic ? measured : strideBits;
    if (taken === 0 && tooManyEmpty(node, position, [], walk)) break;
    position += taken;
  }
  return node.dynamic ? position - at : node.bits;
}

/**
 * How many entries of a table count. A counter outside of its bounds, or unreadable, is an error and counts as the maximum; one
 * that lies behind the end of the record says nothing, and what it counts lies there too.
 */
export function occurrences(node: TableNode, at: number, subscripts: readonly number[], walk: Walk): number {
  const { counter, minimum, maximum } = node;
  if (counter === null) return maximum;
  const reading = counter.before ? walk.kept[counter.slot] : lookUp(counter, subscripts, walk);
  if (reading === undefined ? at >= walk.endBits : reading.absent || reading.offset + reading.length > walk.end) {
    walk.incomplete = true;
    return maximum;
  }
  if (reading?.issues.some((issue) => issue.code === 'ITEM_CUT')) walk.incomplete = true;
  const count =
    reading === undefined || reading.value === null || reading.digits === null ? Number.NaN : Number(reading.digits);
  if (count >= minimum && count <= maximum && Number.isInteger(count)) return count;
  const name = node.item.name ?? 'FILLER';
  const where = reading ?? { item: counter.item, subscripts, offset: at >>> 3, length: 0 };
  const problem: Problem = Number.isNaN(count)
    ? {
        code: 'COUNTER_UNREADABLE',
        severity: 'error',
        expected: `the number of entries of ${name}; all ${maximum} are taken`,
      }
    : {
        code: 'COUNTER_RANGE',
        severity: 'error',
        expected: `${minimum} to ${maximum} entries of ${name}, not ${reading?.digits}; ${maximum} are taken`,
      };
  report(walk, [problem], where.item, where.subscripts, where.offset, where.offset + where.length);
  return maximum;
}

/** Whether a table has listed more entries without bytes than make sense; reports it once per table. */
export function tooManyEmpty(node: TableNode, position: number, subscripts: readonly number[], walk: Walk): boolean {
  walk.emptyEntries++;
  if (walk.emptyEntries <= maximumEmptyEntries) return false;
  const expected = `at most ${maximumEmptyEntries} entries that take no bytes; the others are not listed`;
  report(
    walk,
    [{ code: 'EMPTY_ENTRIES', severity: 'error', expected }],
    node.item,
    subscripts,
    position >>> 3,
    position >>> 3,
  );
  return true;
}

/**
 * Read a counter or discriminator that stands behind or inside what it decides, at its place in the current occurrence of
 * the closest group around both. Inside further tables the first entry is meant.
 */
export function lookUp(field: KeptField, subscripts: readonly number[], walk: Walk): FieldReading | undefined {
  // On the way to a field no other is looked up: tables whose counters are behind them take the same room in every record.
  if (walk.looking) return undefined;
  const start = field.common === null ? undefined : walk.starts?.[field.common.index];
  const group = field.common === null ? undefined : walk.plan.nodes.get(field.common.index);
  if (start === undefined || group?.kind !== 'group') return undefined;
  walk.looking = true;
  const found = quietly(walk, () => readAt(group, start, field.way, subscripts, walk));
  walk.looking = false;
  return found;
}

/** Go down from a group that starts at `start` to one field and read it. */
export function readAt(
  group: GroupNode,
  start: number,
  way: readonly LayoutItem[],
  subscripts: readonly number[],
  walk: Walk,
): FieldReading | undefined {
  let within = group;
  let at = start;
  for (const step of way) {
    let next = at;
    let found: ViewNode | undefined;
    for (const part of within.parts) {
      at = placeOf(part, next);
      found =
        part.kind === 'area' ? part.views.find((view) => view.item === step) : part.item === step ? part : undefined;
      if (found !== undefined) break;
      next = at + measurePart(part, at, walk);
    }
    if (found === undefined) return undefined;
    const inside = found.kind === 'table' ? found.entry : found;
    if (inside.kind === 'field') return readField(inside, at, subscripts, walk);
    within = inside;
  }
  return undefined;
}
