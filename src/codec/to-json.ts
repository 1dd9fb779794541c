import { jsonText } from './json-text.ts';
import type { FieldReading, GroupReading, Reading } from './reading.ts';
import type { RecordShape } from './shape.ts';

/**
 * Write a record as one line of JSON: as JSON.stringify does, except that numbers keep the digits of their scale (`12.50`, P
 * digits written out) and U+007F-U+009F are `\u00XX`. A bigint is a number token with all its digits.
 */
export function toJson(root: Reading, shape: RecordShape): string {
  if (root.kind === 'group' && shape.rootIsObject) return `{${membersJson(root, shape, '')}}`;
  const name = shape.prefixes[root.item.index] ?? '';
  return root.absent || shape.roles[root.item.index] !== 'member' ? '{}' : `{${name}${valueJson(root, shape)}}`;
}

/** Write the members of a group, without braces, behind those in `before`. */
export function membersJson(group: Pick<GroupReading, 'children'>, shape: RecordShape, before: string): string {
  let out = before;
  const { roles, prefixes } = shape;
  for (const child of group.children) {
    const { index } = child.item;
    const role = roles[index];
    if (role === 'hoist' && child.kind === 'group') {
      out = membersJson(child, shape, out);
    } else if (role === 'member' && !child.absent) {
      const member = prefixes[index] + valueJson(child, shape);
      out = out === '' ? member : `${out},${member}`;
    }
  }
  return out;
}

/** Write the value of an item. */
export function valueJson(reading: Reading, shape: RecordShape): string {
  if (reading.kind === 'field') return scalarJson(reading);
  if (reading.kind === 'group') return `{${membersJson(reading, shape, '')}}`;
  let out = '';
  for (const entry of reading.entries) out = out === '' ? valueJson(entry, shape) : `${out},${valueJson(entry, shape)}`;
  return `[${out}]`;
}

/** Write the value of an elementary item. */
export function scalarJson({ value, digits }: Pick<FieldReading, 'value' | 'digits'>): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return jsonText(value);
  return digits ?? String(value);
}
