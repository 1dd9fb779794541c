import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { itemsBelow } from './field-settings.ts';
import { jsonText } from './json-text.ts';
import { memberName, uniqueNames } from './member-names.ts';
import { splitUnquoted, unquote } from './rule-syntax.ts';
import { findIn } from './view-rules.ts';

/** What becomes of an item in the output: a member, nothing, or (FILLER groups) its members in its place. */
export type ItemRole = 'member' | 'drop' | 'hoist';

/** The form of a record's output. The arrays go by item index. */
export interface RecordShape {
  readonly record: RecordLayout;
  readonly roles: readonly ItemRole[];
  /** Names of members, unique in their object. */
  readonly names: readonly string[];
  /** `"NAME":` as JSON, once and for all. */
  readonly prefixes: readonly string[];
  /** The 01 is a group, and no level of the output. */
  readonly rootIsObject: boolean;
}

/**
 * Work out the form of a record's output (DECODING, "Records").
 *
 * Throws UNKNOWN_NAME and AMBIGUOUS_NAME for the names of `select`.
 */
export function recordShape(
  record: RecordLayout,
  records: readonly RecordLayout[],
  options: ResolvedOptions,
): RecordShape {
  const { root } = record;
  const roles = record.items.map((item) => roleOf(item, options));
  const names = record.items.map((item) => item.name ?? 'FILLER');
  const rootIsObject = root.type === null && root.occurs === null;
  if (!rootIsObject) names[root.index] = memberName(record.name, options.names);
  const fillers = fillerNumbers(record);
  for (const item of record.items) {
    if (roles[item.index] === 'hoist' || item.type !== null) continue;
    nameMembers(membersOf(item, roles), fillers, names, options);
  }
  if (options.select.length > 0) applySelect(record, records, roles, options);
  const prefixes = names.map((name) => `${jsonText(name)}:`);
  return { record, roles, names, prefixes, rootIsObject };
}

function roleOf(item: LayoutItem, options: ResolvedOptions): ItemRole {
  if (item.name !== null || item.parent === null) return 'member';
  if (item.type !== null) return options.filler === 'keep' ? 'member' : 'drop';
  return item.occurs === null ? 'hoist' : 'member';
}

/** The items that become members of a group's object, those of hoisted groups in their place. */
function membersOf(group: LayoutItem, roles: readonly ItemRole[]): LayoutItem[] {
  return group.children.flatMap((child) => {
    const role = roles[child.index];
    if (role === 'hoist') return membersOf(child, roles);
    return role === 'member' ? [child] : [];
  });
}

function nameMembers(
  members: readonly LayoutItem[],
  fillers: ReadonlyMap<LayoutItem, number>,
  names: string[],
  options: ResolvedOptions,
): void {
  const plain = members.map((item) => memberName(item.name ?? `FILLER-${fillers.get(item)}`, options.names));
  for (const [index, name] of uniqueNames(plain, options.names).entries()) {
    const item = members[index];
    if (item !== undefined) names[item.index] = name;
  }
}

/** Which FILLER of its parent each unnamed item is, counted from 1. */
function fillerNumbers(record: RecordLayout): ReadonlyMap<LayoutItem, number> {
  const numbers = new Map<LayoutItem, number>();
  for (const { children } of record.items) {
    let count = 0;
    for (const child of children) if (child.name === null) numbers.set(child, ++count);
  }
  return numbers;
}

/** Drop what is neither selected nor around or below something that is. */
function applySelect(
  record: RecordLayout,
  records: readonly RecordLayout[],
  roles: ItemRole[],
  options: ResolvedOptions,
): void {
  const wanted = new Set<LayoutItem>();
  for (const name of options.select.flatMap((text) => splitUnquoted(text, ',')).map(unquote)) {
    const item = findIn(record, records, name);
    if (item === null) continue;
    for (const below of itemsBelow(record, item)) wanted.add(below);
    for (let group = item.parent; group !== null; group = group.parent) wanted.add(group);
  }
  for (const item of record.items) if (!wanted.has(item)) roles[item.index] = 'drop';
}
