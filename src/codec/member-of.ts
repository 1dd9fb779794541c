import type { LayoutItem } from '../copybook/layout.ts';
import { missing } from './encode-run.ts';
import type { RecordShape } from './shape.ts';

/** What a group's object says about an item in it: its value, the object itself for a group without a level of its own. */
export function memberOf(shape: RecordShape, item: LayoutItem, object: object | typeof missing): unknown {
  if (object === missing) return missing;
  const role = shape.roles[item.index];
  if (role === 'hoist') return object;
  const name = shape.names[item.index] ?? '';
  if (role !== 'member' || !Object.hasOwn(object, name)) return missing;
  const value: unknown = Reflect.get(object, name);
  return value === undefined ? missing : value;
}

/** Whether an object says anything about an item or, where that has no level of its own, about what is in it. */
export function isGiven(shape: RecordShape, item: LayoutItem, object: object | typeof missing): boolean {
  if (object === missing) return false;
  return isHoisted(shape, item)
    ? item.children.some((child) => isGiven(shape, child, object))
    : memberOf(shape, item, object) !== missing;
}

/** Whether a group's members stand in the place of the group. */
export function isHoisted(shape: RecordShape, item: LayoutItem): boolean {
  return shape.roles[item.index] === 'hoist';
}

/** Whether neither an item nor anything in it has a name that a value could be given under. */
export function isUnnamed(shape: RecordShape, item: LayoutItem): boolean {
  if (item.type !== null) return item.name === null && shape.roles[item.index] !== 'member';
  return isHoisted(shape, item) && item.children.every((child) => isUnnamed(shape, child));
}

const names = new WeakMap<RecordShape, Map<LayoutItem, ReadonlySet<string>>>();

/** The members that a group's object may have. */
export function knownNames(shape: RecordShape, group: LayoutItem): ReadonlySet<string> {
  const ofShape = names.get(shape) ?? new Map<LayoutItem, ReadonlySet<string>>();
  names.set(shape, ofShape);
  const known = ofShape.get(group) ?? new Set(namesBelow(shape, group));
  ofShape.set(group, known);
  return known;
}

function namesBelow(shape: RecordShape, group: LayoutItem): string[] {
  return group.children.flatMap((child) => {
    if (isHoisted(shape, child)) return namesBelow(shape, child);
    return shape.roles[child.index] === 'member' ? [shape.names[child.index] ?? ''] : [];
  });
}
