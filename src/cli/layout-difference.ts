import { printable } from '../bytes/printable.ts';
import type { ItemChange, ItemChangeKind, RecordChange } from '../compare/compare-layouts.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { literal } from './layout-table.ts';

/** Show the changes of a layout to people, a line each; fields in a row that only moved, and equally far, share one. */
export function layoutDifferenceText(records: readonly RecordChange[]): string {
  return records.map((record) => `${recordLines(record).map(printable).join('\n')}\n`).join('\n');
}

function recordLines({ old, new: next, changes }: RecordChange): string[] {
  if (old === null || next === null) {
    const record = old ?? next;
    return [`${record?.name}: ${old === null ? 'appeared' : 'went'}, ${lengthText(record)}`];
  }
  const name = old.name.toUpperCase() === next.name.toUpperCase() ? next.name : `${old.name} -> ${next.name}`;
  const lengths = [lengthText(old), lengthText(next)];
  const lines = [`${name}: ${lengths[0] === lengths[1] ? lengths[0] : lengths.join(' -> ')}`];
  // That the record itself is longer or shorter stands in its first line.
  const below = changes.filter((change) => change.new !== next.root || change.kinds.some((kind) => !isSize(kind)));
  for (let at = 0; at < below.length; ) {
    const run = movedRun(below, at);
    if (run.length > 1) lines.push(`  ${runText(run)}`);
    else lines.push(`  ${changeText(below[at])}`);
    at += Math.max(1, run.length);
  }
  return lines;
}

function isSize(kind: ItemChangeKind): boolean {
  return kind === 'grew' || kind === 'shrank';
}

/** The changes from `at` on that are nothing but the same move. */
function movedRun(changes: readonly ItemChange[], at: number): readonly ItemChange[] {
  const distance = moveOf(changes[at]);
  if (distance === null) return [];
  let end = at + 1;
  while (end < changes.length && moveOf(changes[end]) === distance) end++;
  return changes.slice(at, end);
}

/** Bytes an item moved when that is all it did. */
function moveOf(change: ItemChange | undefined): number | null {
  if (change?.old == null || change.new === null || change.kinds.length > 1 || change.kinds[0] !== 'moved') return null;
  return change.old.bit === change.new.bit ? change.new.offset - change.old.offset : null;
}

function runText(run: readonly ItemChange[]): string {
  const distance = moveOf(run[0]) ?? 0;
  const [first, last] = [run[0]?.new, run.at(-1)?.new];
  const by = `${distance > 0 ? '+' : ''}${distance}`;
  return `${pathOf(first)} to ${pathOf(last)}: ${run.length} items moved by ${by}`;
}

function changeText(change: ItemChange | undefined): string {
  if (change === undefined) return '';
  const { kinds, old, new: next } = change;
  if (old === null || next === null) {
    const item = old ?? next;
    const what = [item?.picture ?? 'group', item?.usage ?? ''].filter((part) => part !== '').join(' ');
    return `${pathOf(item)}: ${old === null ? 'appeared' : 'went'}, ${what} at ${placeOf(item)}, ${sizeText(item)}`;
  }
  const told = kinds.filter((kind) => kind !== 'type' || !isToldElsewhere(change));
  return `${pathOf(next)}: ${told.map((kind) => kindText(kind, old, next)).join(', ')}`;
}

/** The type is of the same kind, and what changed is its picture or usage. */
function isToldElsewhere({ kinds, old, new: next }: ItemChange): boolean {
  return old?.type?.kind === next?.type?.kind && (kinds.includes('picture') || kinds.includes('usage'));
}

function kindText(kind: ItemChangeKind, old: LayoutItem, next: LayoutItem): string {
  switch (kind) {
    case 'appeared':
    case 'went':
      return kind;
    case 'moved':
      return `moved ${placeOf(old)} -> ${placeOf(next)}`;
    case 'grew':
    case 'shrank':
      return `${kind} ${sizeText(old)} -> ${sizeText(next)}`;
    case 'type': {
      const [from, to] = [old.type?.kind ?? 'group', next.type?.kind ?? 'group'];
      return from === to ? `still ${to}, but read in another way` : `type ${from} -> ${to}`;
    }
    case 'picture':
      return `picture ${old.picture ?? 'none'} -> ${next.picture ?? 'none'}`;
    case 'usage':
      return `usage ${old.usage ?? 'none'} -> ${next.usage ?? 'none'}`;
    case 'occurs':
      return `occurs ${occursText(old)} -> ${occursText(next)}`;
    case 'redefines':
      return `redefines ${nameOf(old.redefines, 'nothing')} -> ${nameOf(next.redefines, 'nothing')}`;
    case 'group':
      return `group ${nameOf(old.parent, 'none')} -> ${nameOf(next.parent, 'none')}`;
    case 'conditions':
      return `level 88 entries ${conditionText(old)} -> ${conditionText(next)}`;
  }
}

function lengthText(record: RecordLayout | null): string {
  if (record === null) return '';
  const { minimumLength, maximumLength } = record;
  return minimumLength === maximumLength ? `${maximumLength} bytes` : `${minimumLength}-${maximumLength} bytes`;
}

function pathOf(item: LayoutItem | null | undefined): string {
  return item?.path ?? '';
}

function placeOf(item: LayoutItem | null): string {
  return item === null ? '' : `${item.offset}${item.bit === 0 ? '' : `.${item.bit}`}`;
}

function sizeText(item: LayoutItem | null): string {
  if (item === null) return '';
  if (item.bitLength !== 8 * item.length) return `${item.bitLength} ${item.bitLength === 1 ? 'bit' : 'bits'}`;
  return `${item.length} ${item.length === 1 ? 'byte' : 'bytes'}`;
}

function occursText({ occurs }: LayoutItem): string {
  if (occurs === null) return 'none';
  const { minimum, maximum, counterName } = occurs;
  return counterName === null ? String(maximum) : `${minimum}-${maximum} ${counterName}`;
}

function conditionText({ conditions }: LayoutItem): string {
  const texts = conditions.map(({ name, values }) => {
    const shown = values.map(
      ({ from, through }) => literal(from) + (through === null ? '' : ` THRU ${literal(through)}`),
    );
    return `${name} ${shown.join(' ')}`;
  });
  return texts.length === 0 ? 'none' : texts.join(', ');
}

function nameOf(item: LayoutItem | null, otherwise: string): string {
  return item === null ? otherwise : (item.name ?? 'FILLER');
}

/** The same as plain JSON. */
export function layoutDifferenceJson(records: readonly RecordChange[]): object {
  return {
    records: records.map(({ old, new: next, changes }) => ({
      old: recordJson(old),
      new: recordJson(next),
      changes: changes.map((change) => ({
        kinds: change.kinds,
        old: itemJson(change.old),
        new: itemJson(change.new),
      })),
    })),
  };
}

function recordJson(record: RecordLayout | null): object | null {
  if (record === null) return null;
  const { name, minimumLength, maximumLength } = record;
  return { name, minimumLength, maximumLength };
}

function itemJson(item: LayoutItem | null): object | null {
  if (item === null) return null;
  const { path, offset, length, bit, bitLength, picture, usage, type, occurs, redefines, conditions } = item;
  return {
    path,
    offset,
    length,
    ...(bitLength === 8 * length ? {} : { bit, bitLength }),
    kind: type?.kind ?? 'group',
    picture,
    usage,
    occurs:
      occurs === null ? null : { minimum: occurs.minimum, maximum: occurs.maximum, dependingOn: occurs.counterName },
    redefines: redefines === null ? null : (redefines.name ?? 'FILLER'),
    conditions: conditions.map(({ name }) => name),
  };
}
