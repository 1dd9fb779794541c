import type { FieldType, Layout, LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { matchRecordItems } from './match-items.ts';

/** What happened to an item. */
export type ItemChangeKind =
  | 'appeared'
  | 'went'
  /** It starts elsewhere. */
  | 'moved'
  | 'grew'
  | 'shrank'
  /** Its values are read in another way: kind, digits, scale, sign, encoding, byte order. */
  | 'type'
  | 'picture'
  | 'usage'
  | 'occurs'
  | 'redefines'
  /** It stands in another group. */
  | 'group'
  /** Its level 88 entries. */
  | 'conditions';

/** An item that is not the same in two layouts; `old` is `null` where it appeared, `new` where it went. */
export interface ItemChange {
  readonly kinds: readonly ItemChangeKind[];
  readonly old: LayoutItem | null;
  readonly new: LayoutItem | null;
}

/** An 01 in two layouts: `old` is `null` where it appeared, `new` where it went. */
export interface RecordChange {
  readonly old: RecordLayout | null;
  readonly new: RecordLayout | null;
  /** In the order of the new record, what went where it stood. */
  readonly changes: readonly ItemChange[];
}

/**
 * Compare two layouts: which fields moved, grew, shrank, appeared, went, changed. Records are matched by name, or as the only one left
 * over on both sides; fields by name within their group, then anywhere; FILLER by what stands before it.
 *
 * Records without any change are left out.
 */
export function compareLayouts(old: Layout, next: Layout): readonly RecordChange[] {
  const rest = [...old.records];
  const pairs: { old: RecordLayout | null; new: RecordLayout | null }[] = [];
  for (const record of next.records) {
    const at = rest.findIndex((candidate) => candidate.name.toUpperCase() === record.name.toUpperCase());
    pairs.push({ old: at < 0 ? null : (rest.splice(at, 1)[0] ?? null), new: record });
  }
  const alone = pairs.filter((pair) => pair.old === null);
  const [first] = alone;
  if (alone.length === 1 && rest.length === 1 && first !== undefined) first.old = rest.pop() ?? null;
  for (const record of rest) pairs.push({ old: record, new: null });
  return pairs.flatMap((pair) => {
    const changes = pair.old === null || pair.new === null ? [] : itemChanges(pair.old, pair.new);
    const renamed = pair.old?.name.toUpperCase() !== pair.new?.name.toUpperCase();
    return renamed || changes.length > 0 ? [{ ...pair, changes }] : [];
  });
}

function itemChanges(old: RecordLayout, next: RecordLayout): readonly ItemChange[] {
  const partners = matchRecordItems(old, next);
  const placed: { place: number; change: ItemChange }[] = [];
  const kept = new Map<LayoutItem, LayoutItem>();
  for (const item of next.items) {
    const partner = partners.get(item) ?? null;
    if (partner !== null) kept.set(partner, item);
    const kinds: readonly ItemChangeKind[] = partner === null ? ['appeared'] : kindsOf(partner, item, partners);
    if (kinds.length > 0) placed.push({ place: item.index, change: { kinds, old: partner, new: item } });
  }
  let place = 0;
  for (const item of old.items) {
    place = kept.get(item)?.index ?? place;
    if (!kept.has(item)) placed.push({ place: place + 0.5, change: { kinds: ['went'], old: item, new: null } });
  }
  return placed.sort((a, b) => a.place - b.place).map(({ change }) => change);
}

function kindsOf(
  old: LayoutItem,
  next: LayoutItem,
  partners: ReadonlyMap<LayoutItem, LayoutItem>,
): readonly ItemChangeKind[] {
  const kinds: ItemChangeKind[] = [];
  const sizes = [sizeOf(old), sizeOf(next)] as const;
  if (8 * old.offset + old.bit !== 8 * next.offset + next.bit) kinds.push('moved');
  if (sizes[0] !== sizes[1]) kinds.push(sizes[0] < sizes[1] ? 'grew' : 'shrank');
  if (typeText(old.type) !== typeText(next.type)) kinds.push('type');
  if (pictureText(old.picture) !== pictureText(next.picture)) kinds.push('picture');
  if (old.usage !== next.usage) kinds.push('usage');
  if (occursText(old) !== occursText(next)) kinds.push('occurs');
  const redefined = next.redefines === null ? null : (partners.get(next.redefines) ?? next.redefines);
  if (old.redefines !== redefined) kinds.push('redefines');
  const around = next.parent === null ? null : (partners.get(next.parent) ?? next.parent);
  if (old.parent !== around) kinds.push('group');
  if (JSON.stringify(conditionsOf(old)) !== JSON.stringify(conditionsOf(next))) kinds.push('conditions');
  return kinds;
}

/** Bits of one occurrence: more of them is what `occurs` says. */
function sizeOf(item: LayoutItem): number {
  return item.bitLength;
}

function typeText(type: FieldType | null): string {
  return JSON.stringify(type, (key, value: unknown) => (key === 'picture' ? undefined : value)) ?? '';
}

/** A picture with its repetitions counted: `XXX`, `X(3)` and `x(03)` are the same. */
function pictureText(picture: string | null): string | null {
  if (picture === null) return null;
  const runs: [string, number][] = [];
  for (const [, symbol = '', count = '1'] of picture.toUpperCase().matchAll(/(.)(?:\((\d+)\))?/gsu)) {
    const last = runs.at(-1);
    if (last?.[0] === symbol) last[1] += Number(count);
    else runs.push([symbol, Number(count)]);
  }
  return runs.map(([symbol, count]) => `${symbol}(${count})`).join('');
}

function occursText({ occurs }: LayoutItem): string {
  if (occurs === null) return '';
  return `${occurs.minimum} ${occurs.maximum} ${occurs.counterName?.toUpperCase() ?? ''}`;
}

function conditionsOf(item: LayoutItem): unknown {
  return item.conditions.map(({ name, values }) => [name.toUpperCase(), values]);
}
