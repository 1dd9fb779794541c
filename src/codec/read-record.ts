import { groupBits, placeOf } from '../copybook/item-places.ts';
import type { Issue } from './issue.ts';
import { lookUp, measure, occurrences, tooManyEmpty } from './measure.ts';
import type { AreaNode, FieldNode, GroupNode, PlannedRule, TableNode, ViewNode } from './plan.ts';
import type { AbsentView, GroupReading, Reading, TableReading } from './reading.ts';
import { quietly, readField, report, type Walk } from './walk.ts';

const noViews: readonly AbsentView[] = [];

/** Read an item with all below it at a bit position: fields in copybook order, tables entry by entry. */
export function readNode(node: ViewNode, at: number, subscripts: readonly number[], walk: Walk): Reading {
  return node.kind === 'table' ? readTable(node, at, subscripts, walk) : readOne(node, at, subscripts, walk);
}

function readOne(node: FieldNode | GroupNode, at: number, subscripts: readonly number[], walk: Walk): Reading {
  return node.kind === 'field' ? readField(node, at, subscripts, walk) : readGroup(node, at, subscripts, walk);
}

function readGroup(node: GroupNode, at: number, subscripts: readonly number[], walk: Walk): GroupReading {
  const { item } = node;
  if (walk.starts !== null) walk.starts[item.index] = at;
  const children: Reading[] = [];
  let found: AbsentView[] | null = null;
  let next = at;
  for (const part of node.parts) {
    const place = placeOf(part, next);
    next = place + part.bits;
    if (part.kind === 'field') {
      children.push(readField(part, place, subscripts, walk));
    } else if (part.kind === 'area') {
      for (const view of readArea(part, place, subscripts, walk, children)) {
        found ??= [];
        found.push(view);
      }
    } else {
      children.push(readNode(part, place, subscripts, walk));
      if (part.dynamic) next = place + walk.extent;
    }
  }
  walk.extent = groupBits(item, next - at);
  const absent = node.bits > 0 && at >= walk.endBits;
  // Members written out: copying them from another object costs as much as reading a field.
  const { offset, bit, length, bits } = span(at, walk.extent, walk);
  const absentViews = found ?? noViews;
  return { kind: 'group', item, offset, bit, length, bits, subscripts, children, absentViews, absent };
}

/** Entries stop where the record does: what is behind its end costs nothing, however large the table. */
function readTable(node: TableNode, at: number, subscripts: readonly number[], walk: Walk): TableReading {
  const { item, entry, strideBits } = node;
  const count = occurrences(node, at, subscripts, walk);
  const entries: Reading[] = [];
  let position = at;
  let index = 0;
  let missing = false;
  for (; index < count; index++) {
    const own = [...subscripts, index + 1];
    if (position >= walk.endBits && !isEmptyAt(entry, position, walk)) {
      walk.tail ??= { item, subscripts: own };
      missing = true;
      break;
    }
    entries.push(readOne(entry, position, own, walk));
    const taken = entry.dynamic ? walk.extent : strideBits;
    position += taken;
    if (taken === 0 && tooManyEmpty(node, position, subscripts, walk)) break;
  }
  if (missing) position += (count - index) * strideBits;
  walk.extent = node.dynamic ? position - at : node.bits;
  const absent = missing && entries.length === 0;
  const { offset, bit, length, bits } = span(at, position - at, walk);
  return { kind: 'table', item, offset, bit, length, bits, subscripts, entries, absent };
}

/** Whether an entry takes no bytes at all here, so that none of it can be missing. */
function isEmptyAt(entry: FieldNode | GroupNode, position: number, walk: Walk): boolean {
  return entry.dynamic && quietly(walk, () => measure(entry, position, walk)) === 0;
}

/** Read the views of a redefined area that are present into `children`; returns the others. */
export function readArea(
  area: AreaNode,
  at: number,
  subscripts: readonly number[],
  walk: Walk,
  children: Reading[],
): readonly AbsentView[] {
  if (area.rules !== null) return readByRule(area, area.rules, at, subscripts, walk, children);
  if (walk.views === 'all') {
    for (const view of area.views) children.push(readNode(view, at, subscripts, walk));
    return noViews;
  }
  return readByTrial(area, at, subscripts, walk, children);
}

function readByRule(
  area: AreaNode,
  rules: readonly PlannedRule[],
  at: number,
  subscripts: readonly number[],
  walk: Walk,
  children: Reading[],
): readonly AbsentView[] {
  const rule = chosenRule(rules, subscripts, walk);
  const start = at >>> 3;
  if (start >= walk.end) walk.tail ??= { item: area.item, subscripts };
  else if (rule === undefined) {
    const names = rules.map(({ view }) => area.views[view]?.item.name ?? 'FILLER');
    const expected = `a value that chooses ${[...new Set(names)].join(', ')}`;
    const stop = Math.min(walk.end, (at + area.bits + 7) >>> 3);
    report(walk, [{ code: 'NO_VIEW', severity: 'error', expected }], area.item, subscripts, start, stop);
  }
  const absent: AbsentView[] = [];
  let index = -1;
  for (const view of area.views) {
    index += 1;
    if (index === rule?.view) {
      if (area.top && view.item.name !== null) walk.chosen.push(view.item.name);
      children.push(readNode(view, at, subscripts, walk));
    } else {
      absent.push({ item: view.item, offset: at >>> 3, bit: at & 7, reason: 'rule', issues: [] });
      readKept(view, at, subscripts, walk);
    }
  }
  return absent;
}

/** The first rule that fits. */
function chosenRule(rules: readonly PlannedRule[], subscripts: readonly number[], walk: Walk): PlannedRule | undefined {
  for (const rule of rules) {
    const { field } = rule;
    if (field === null) return rule;
    const reading = field.before ? walk.kept[field.slot] : lookUp(field, subscripts, walk);
    if (reading !== undefined && rule.fits(reading)) return rule;
  }
  return undefined;
}

/** `good`: every view that reads without error. `first`: the first of them. If none does, the redefined item with its errors. */
function readByTrial(
  area: AreaNode,
  at: number,
  subscripts: readonly number[],
  walk: Walk,
  children: Reading[],
): readonly AbsentView[] {
  const absent: AbsentView[] = [];
  const before = children.length;
  let fallback: { reading: Reading; issues: readonly Issue[]; tail: Walk['tail']; chosen: readonly string[] } | null =
    null;
  for (const view of area.views) {
    if (walk.views === 'first' && children.length > before) {
      absent.push({ item: view.item, offset: at >>> 3, bit: at & 7, reason: 'not-first', issues: [] });
      readKept(view, at, subscripts, walk);
      continue;
    }
    const { tail } = walk;
    const issueMark = walk.issues.length;
    const chosenMark = walk.chosen.length;
    const reading = readNode(view, at, subscripts, walk);
    if (!hasErrorFrom(walk.issues, issueMark)) {
      children.push(reading);
      continue;
    }
    const issues = walk.issues.splice(issueMark);
    const chosen = walk.chosen.splice(chosenMark);
    fallback ??= { reading, issues, tail: walk.tail, chosen };
    walk.tail = tail;
    absent.push({ item: view.item, offset: at >>> 3, bit: at & 7, reason: 'unreadable', issues });
  }
  if (children.length > before || fallback === null) return absent;
  children.push(fallback.reading);
  for (const issue of fallback.issues) walk.issues.push(issue);
  walk.chosen.push(...fallback.chosen);
  walk.tail = fallback.tail;
  return absent.filter((view) => view.item !== area.item);
}

/** A counter or discriminator keeps its bytes whether its view is present or not. */
function readKept(view: ViewNode, at: number, subscripts: readonly number[], walk: Walk): void {
  if (!view.kept) return;
  const { tail } = walk;
  const issues = walk.issues.length;
  const chosen = walk.chosen.length;
  readNode(view, at, subscripts, walk);
  walk.tail = tail;
  walk.issues.length = issues;
  walk.chosen.length = chosen;
}

function hasErrorFrom(issues: readonly Issue[], start: number): boolean {
  for (let index = start; index < issues.length; index++) if (issues[index]?.severity === 'error') return true;
  return false;
}

/** Where bits lie, and how many bytes of them are in the record. */
function span(at: number, bits: number, walk: Walk): Pick<GroupReading, 'offset' | 'bit' | 'length' | 'bits'> {
  const offset = at >>> 3;
  const end = Math.min((at + bits + 7) >>> 3, walk.end);
  return { offset, bit: at & 7, length: Math.max(0, end - offset), bits };
}
