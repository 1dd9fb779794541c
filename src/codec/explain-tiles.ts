import type { LayoutItem } from '../copybook/layout.ts';
import { totalBits } from '../copybook/total-bits.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { Branch, Extent, FieldSpan, GapKind, GapSpan, Outline, ViewState } from './explain-span.ts';
import type { Issue } from './issue.ts';
import { itemPath } from './item-path.ts';
import type { AbsentView, FieldReading, GroupReading, Reading, TableReading } from './reading.ts';

/** The tiling of one record while it is made. Positions are bits. */
export interface Tiling {
  readonly bytes: Uint8Array;
  readonly endBits: number;
  readonly options: ResolvedOptions;
  /** Issues by path and offset. */
  readonly issues: ReadonlyMap<string, readonly Issue[]>;
  /** Issues that a span has taken. */
  readonly placed: Set<Issue>;
  readonly missing: FieldSpan[];
}

/** What an item became, and the bit where it ends: at the end of the record at the latest. */
export interface Tiled {
  /** `null` when it lies behind the end of the record. */
  readonly part: Outline | null;
  readonly stop: number;
}

/** Start the tiling of a record that has these issues. */
export function startTiling(bytes: Uint8Array, issues: readonly Issue[], options: ResolvedOptions): Tiling {
  const byPlace = new Map<string, Issue[]>();
  for (const issue of issues) {
    const key = `${issue.path}@${issue.offset}`;
    const there = byPlace.get(key);
    if (there === undefined) byPlace.set(key, [issue]);
    else there.push(issue);
  }
  return { bytes, endBits: 8 * bytes.length, options, issues: byPlace, placed: new Set(), missing: [] };
}

/** Tile what was read of an item. */
export function tile(reading: Reading, tiling: Tiling): Tiled {
  if (reading.kind === 'field') return tileField(reading, tiling);
  return reading.kind === 'table' ? tileTable(reading, tiling) : tileGroup(reading, tiling);
}

/** Make the gap between two bits; none where there is nothing between them. */
export function gapSpan(
  tiling: Tiling,
  gap: GapKind,
  from: number,
  to: number,
  item: LayoutItem,
  subscripts: readonly number[],
  views: readonly ViewState[] = [],
): readonly GapSpan[] {
  const stop = Math.min(to, tiling.endBits);
  if (stop <= from) return [];
  const extent = extentOf(from, stop);
  const path = gap === 'surplus' || gap === 'no-record' ? '' : itemPath(item, subscripts);
  const bytes = tiling.bytes.subarray(extent.offset, extent.offset + extent.length);
  const issues = issuesAt(tiling, path, extent.offset);
  return [{ kind: 'gap', gap, item, path, subscripts, ...extent, bytes, views, issues }];
}

function tileField(reading: FieldReading, tiling: Tiling): Tiled {
  const { item, subscripts, value, digits } = reading;
  const start = startOf(reading);
  const stop = Math.min(start + item.bitLength, tiling.endBits);
  // The same test by which the reader leaves FILLER unread.
  const leftOut = item.name === null && item.parent !== null && tiling.options.filler === 'drop';
  if (leftOut) {
    const [part = null] = gapSpan(tiling, 'filler', start, stop, item, subscripts);
    return { part, stop: Math.max(stop, Math.min(start, tiling.endBits)) };
  }
  const path = itemPath(item, subscripts);
  const base = { kind: 'field', item, path, subscripts, value, digits } as const;
  if (stop <= start) {
    const nowhere = { offset: reading.offset, bit: start % 8, length: 0, bits: 0 };
    tiling.missing.push({ ...base, ...nowhere, bytes: tiling.bytes.subarray(0, 0), issues: reading.issues });
    return { part: null, stop: Math.max(stop, Math.min(start, tiling.endBits)) };
  }
  const extent = extentOf(start, stop);
  const bytes = tiling.bytes.subarray(extent.offset, extent.offset + extent.length);
  return { part: { ...base, ...extent, bytes, issues: issuesAt(tiling, path, reading.offset) }, stop };
}

function tileTable(reading: TableReading, tiling: Tiling): Tiled {
  const { item, subscripts } = reading;
  const start = startOf(reading);
  if (reading.absent) {
    const path = itemPath(item, subscripts);
    const nowhere = { offset: reading.offset, bit: 0, length: 0, bits: 0, bytes: tiling.bytes.subarray(0, 0) };
    tiling.missing.push({ kind: 'field', item, path, subscripts, value: null, digits: null, issues: [], ...nowhere });
    return { part: null, stop: Math.min(start, tiling.endBits) };
  }
  const parts: Outline[] = [];
  let stop = Math.min(start, tiling.endBits);
  for (const entry of reading.entries) {
    const tiled = tile(entry, tiling);
    if (tiled.part !== null) parts.push(tiled.part);
    stop = tiled.stop;
  }
  const staying = tiling.options.odo === 'maximum' ? Math.max(0, totalBits(item) - (stop - start)) : 0;
  parts.push(...gapSpan(tiling, 'unused-slot', stop, stop + staying, item, subscripts));
  stop = Math.max(stop, Math.min(stop + staying, tiling.endBits));
  const behind = start > tiling.endBits || (start === tiling.endBits && reading.entries.length > 0);
  return { part: behind ? null : branch('table', item, subscripts, start, stop, parts), stop };
}

function tileGroup(reading: GroupReading, tiling: Tiling): Tiled {
  const { item, subscripts } = reading;
  const start = startOf(reading);
  const parts: Outline[] = [];
  const read = new Map(reading.children.map((child) => [child.item, child]));
  const absent = new Map(reading.absentViews.map((view) => [view.item, view]));
  let cursor = Math.min(start, tiling.endBits);

  for (const child of item.children) {
    if (child.redefines !== null) continue;
    const isArea = child.views.length > 1;
    const views = isArea ? child.views : [child];
    const found = views.flatMap((view) => read.get(view) ?? [])[0];
    const placed = found ?? views.flatMap((view) => absent.get(view) ?? [])[0];
    if (placed === undefined) continue;
    const childStart = startOf(placed);
    // Slack directly before the child, and what bit items leave before that.
    const slackStart = Math.max(cursor, childStart - 8 * child.slack);
    parts.push(...gapSpan(tiling, 'pad-bits', cursor, slackStart, item, subscripts));
    parts.push(...gapSpan(tiling, 'slack', slackStart, childStart, item, subscripts));
    const tiled = isArea
      ? tileArea(child, childStart, subscripts, read, absent, tiling)
      : found === undefined
        ? { part: null, stop: cursor }
        : tile(found, tiling);
    if (tiled.part !== null) parts.push(tiled.part);
    cursor = Math.max(Math.min(childStart, tiling.endBits), tiled.stop);
  }

  const stop = Math.max(cursor, Math.min(start + reading.bits, tiling.endBits));
  const slackStart = Math.max(cursor, stop - 8 * item.trailingSlack);
  parts.push(...gapSpan(tiling, 'pad-bits', cursor, slackStart, item, subscripts));
  parts.push(...gapSpan(tiling, 'slack', slackStart, stop, item, subscripts));
  const behind = start > tiling.endBits || (start === tiling.endBits && parts.length === 0);
  return { part: behind ? null : branch('group', item, subscripts, start, stop, parts), stop };
}

/** Tile a redefined area by the first view that is present. */
function tileArea(
  area: LayoutItem,
  start: number,
  subscripts: readonly number[],
  read: ReadonlyMap<LayoutItem, Reading>,
  absentViews: ReadonlyMap<LayoutItem, AbsentView>,
  tiling: Tiling,
): Tiled {
  const states = area.views.map((item): ViewState => {
    const absent = absentViews.get(item);
    if (read.has(item) || absent === undefined) return { item, state: 'present', issues: [] };
    return { item, state: absent.reason, issues: absent.issues };
  });
  const [first, ...others] = area.views.flatMap((view) => read.get(view) ?? []);
  const tiled = first === undefined ? { part: null, stop: Math.min(start, tiling.endBits) } : tile(first, tiling);
  const before = tiling.missing.length;
  const overlays = others.map((other) => tile(other, tiling));
  tiling.missing.length = before; // what the view that tiles says of the tail is enough
  const parts = tiled.part === null ? [] : [tiled.part];
  let cursor = tiled.stop;
  const upTo = (gap: GapKind, to: number, views: readonly ViewState[]): void => {
    const made = gapSpan(tiling, gap, cursor, to, area, subscripts, views);
    parts.push(...made);
    if (made.length > 0) cursor = Math.min(to, tiling.endBits);
  };
  const reaching = (wanted: (state: ViewState) => boolean): readonly ViewState[] =>
    states.filter((state) => wanted(state) && start + totalBits(state.item) > cursor);
  const absent = reaching(({ state }) => state !== 'present');
  upTo(
    'overlay',
    Math.max(0, ...overlays.map(({ stop }) => stop)),
    states.filter(({ state, item }) => state === 'present' && item !== first?.item),
  );
  upTo('absent-view', Math.max(0, ...absent.map(({ item }) => start + totalBits(item))), absent);
  upTo('unused-slot', start + Math.max(...area.views.map(totalBits)), []);
  if (parts.length === 0) return { part: null, stop: cursor };
  const made: Branch = {
    ...branch('area', area, subscripts, start, cursor, parts),
    overlays: overlays.flatMap(({ part }) => part ?? []),
    views: states,
  };
  return { part: made, stop: cursor };
}

function branch(
  kind: Branch['kind'],
  item: LayoutItem,
  subscripts: readonly number[],
  start: number,
  stop: number,
  parts: readonly Outline[],
): Branch {
  const path = itemPath(item, subscripts);
  return { kind, item, path, subscripts, ...extentOf(start, Math.max(start, stop)), parts, overlays: [], views: [] };
}

function extentOf(start: number, stop: number): Extent {
  const offset = Math.floor(start / 8);
  const bits = stop - start;
  return { offset, bit: start % 8, length: bits === 0 ? 0 : Math.ceil(stop / 8) - offset, bits };
}

function startOf({ offset, bit }: Pick<Reading, 'offset' | 'bit'>): number {
  return 8 * offset + bit;
}

function issuesAt(tiling: Tiling, path: string, offset: number): readonly Issue[] {
  const found = tiling.issues.get(`${path}@${offset}`) ?? [];
  for (const issue of found) tiling.placed.add(issue);
  return found;
}
