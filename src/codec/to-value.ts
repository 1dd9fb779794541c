import type { GroupReading, Reading } from './reading.ts';
import type { RecordShape } from './shape.ts';

/**
 * Make the object of a record. Whatever a name is (`__proto__`, `constructor`), it is an own member; what lies behind the
 * end of the record is left out.
 */
export function toValue(root: Reading, shape: RecordShape): Record<string, unknown> {
  const target: Record<string, unknown> = {};
  if (root.kind === 'group' && shape.rootIsObject) addMembers(root, shape, target);
  else addMember(root, shape, target);
  return target;
}

function addMembers(group: GroupReading, shape: RecordShape, target: Record<string, unknown>): void {
  for (const child of group.children) {
    const role = shape.roles[child.item.index];
    if (role === 'hoist' && child.kind === 'group') addMembers(child, shape, target);
    else if (role === 'member') addMember(child, shape, target);
  }
}

function addMember(reading: Reading, shape: RecordShape, target: Record<string, unknown>): void {
  if (reading.absent || shape.roles[reading.item.index] !== 'member') return;
  const name = shape.names[reading.item.index] ?? '';
  const value = entryValue(reading, shape);
  // Assigning to `__proto__` would set the prototype.
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else target[name] = value;
}

function entryValue(reading: Reading, shape: RecordShape): unknown {
  if (reading.kind === 'field') return reading.value;
  if (reading.kind === 'table') return reading.entries.map((entry) => entryValue(entry, shape));
  const target: Record<string, unknown> = {};
  addMembers(reading, shape, target);
  return target;
}
