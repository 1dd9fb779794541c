import { isBehind } from './encode-field.ts';
import {
  type EncodeRun,
  endMaybe,
  issueOf,
  later,
  type missing,
  type OriginalPlace,
  putOriginal,
  refuse,
} from './encode-run.ts';
import { lookUp, measure } from './measure.ts';
import { isGiven, isUnnamed, memberOf } from './member-of.ts';
import { readingOf } from './original-place.ts';
import type { AreaNode, PlannedRule, ViewNode } from './plan.ts';

/** Writes an item with all below it: what the items of an area are written by. */
export type NodeEncoder = (
  node: ViewNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
) => number;

/**
 * Write a redefined area: the view that a rule chooses, otherwise all that are given. Those must agree on every byte that
 * more than one of them describes.
 *
 * `at` and `original.at` are where the area starts; `original.reading` is that of the group around it.
 */
export function encodeArea(
  area: AreaNode,
  at: number,
  object: object | typeof missing,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
  encode: NodeEncoder,
): void {
  if (original !== null && !original.copied) {
    putOriginal(run, original.at, at, area.bits);
  }
  const write = (view: ViewNode): void => {
    const given = memberOf(run.shape, view.item, object);
    const place = original === null ? null : { at: original.at, reading: readingOf(view.item, original), copied: true };
    encode(view, at, given, place, subscripts, run);
  };
  const given = area.views.filter((view) => isGiven(run.shape, view.item, object));
  const written =
    area.rules === null
      ? writeGiven(area, given, at, original, subscripts, run, write)
      : writeByRule(area, area.rules, given, at, original, subscripts, run, write);
  for (const view of area.views) {
    if (view.kept && !written.includes(view)) measure(view, at, run.walk);
  }
}

/** Write all views that are given; without any the original's bytes stay, or the redefined item is what is missing. */
function writeGiven(
  area: AreaNode,
  given: readonly ViewNode[],
  at: number,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
  write: (view: ViewNode) => void,
): readonly ViewNode[] {
  const [only] = given;
  const first = area.views[0];
  if (only !== undefined && given.length === 1) {
    write(only);
    return given;
  }
  if (only !== undefined) {
    writeTogether(area, given, at, subscripts, run, write);
    return given;
  }
  const end = 8 * (run.original?.bytes.length ?? 0);
  if (original !== null && original.at + area.bits <= end) return [];
  // Of a view that is FILLER and nothing else no value ever says anything: such bytes are not missing.
  const unnamed = run.rules.init ? undefined : area.views.find((view) => isUnnamed(run.shape, view.item));
  const view = unnamed ?? first;
  if (view === undefined) return [];
  write(view);
  return [view];
}

/** What one view wrote into an area. */
interface Layer {
  readonly view: ViewNode;
  readonly bytes: Uint8Array;
  readonly described: Uint8Array;
  readonly touched: Uint8Array;
}

/** Write each view on its own, and put them together. */
function writeTogether(
  area: AreaNode,
  views: readonly ViewNode[],
  at: number,
  subscripts: readonly number[],
  run: EncodeRun,
  write: (view: ViewNode) => void,
): void {
  const range = rangeOf(area, at);
  const before = takeLayer(run, range);
  const blank = {
    ...before,
    described: new Uint8Array(before.bytes.length),
    touched: new Uint8Array(before.bytes.length),
  };
  const layers = views.map((view): Layer => {
    putLayer(run, range, blank);
    write(view);
    return { view, ...takeLayer(run, range) };
  });
  for (const [index, layer] of layers.entries()) {
    for (const other of layers.slice(0, index)) reportConflict(area, other, layer, range[0], subscripts, run);
  }
  const { bytes, described, touched } = before;
  // What a value says comes before what only fills.
  for (const layer of layers) merge(bytes, layer.bytes, described, layer.described);
  for (const [at, mask] of described.entries()) touched[at] = (touched[at] ?? 0) | mask;
  for (const layer of layers) merge(bytes, layer.bytes, touched, layer.touched);
  putLayer(run, range, before);
}

/** Take the bits that another layer has and this one does not. */
function merge(bytes: Uint8Array, from: Uint8Array, mask: Uint8Array, fromMask: Uint8Array): void {
  for (let at = 0; at < bytes.length; at++) {
    const had = mask[at] ?? 0;
    const fresh = (fromMask[at] ?? 0) & ~had;
    if (fresh === 0) continue;
    bytes[at] = ((bytes[at] ?? 0) & ~fresh) | ((from[at] ?? 0) & fresh);
    mask[at] = had | fresh;
  }
}

function reportConflict(
  area: AreaNode,
  one: Layer,
  other: Layer,
  start: number,
  subscripts: readonly number[],
  run: EncodeRun,
): void {
  const wrong = (at: number): number =>
    ((one.bytes[at] ?? 0) ^ (other.bytes[at] ?? 0)) & (one.described[at] ?? 0) & (other.described[at] ?? 0);
  let at = 0;
  while (at < one.bytes.length && wrong(at) === 0) at++;
  if (at === one.bytes.length) return;
  const says = (layer: Layer): string => `${nameOf(layer.view)} X'${hexOf(layer.bytes[at] ?? 0)}'`;
  const where = `at byte ${start + at + 1} of the record`;
  const expected = `views that agree, or only one of them: ${says(one)} and ${says(other)} stand ${where}`;
  refuse(run, { code: 'ENCODE_VIEWS', expected }, area.item, subscripts);
}

function writeByRule(
  area: AreaNode,
  rules: readonly PlannedRule[],
  given: readonly ViewNode[],
  at: number,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
  write: (view: ViewNode) => void,
): readonly ViewNode[] {
  const from = original?.at ?? 0;
  const ended = given.length === 0 && original !== null && isBehind(run, from);
  const chosen = (): ViewNode | undefined | 'unknown' => {
    for (const rule of rules) {
      if (rule.field === null) return area.views[rule.view];
      if (run.spoiled.has(rule.field.slot)) return 'unknown';
      const reading = rule.field.before ? run.walk.kept[rule.field.slot] : lookUp(rule.field, subscripts, run.walk);
      if (reading !== undefined && rule.fits(reading)) return area.views[rule.view];
    }
    return undefined;
  };
  if (rules.every((rule) => rule.field === null || rule.field.before)) {
    const view = chosen();
    if (view === undefined) {
      const refusal = { code: 'NO_VIEW', expected: viewNames(area, rules) } as const;
      if (ended) endMaybe(run, from, at, issueOf(refusal, area.item, subscripts));
      else refuse(run, refusal, area.item, subscripts);
      return [];
    }
    const taken = view === 'unknown' ? given[0] : view;
    if (taken !== undefined) write(taken);
    return taken === undefined ? [] : [taken];
  }
  // The discriminator is inside the area or behind it, and not written yet: see which view it then chooses.
  const candidates = given.length > 0 ? given : area.views;
  const range = rangeOf(area, at);
  const before = takeLayer(run, range);
  const { length } = run.issues;
  const { pending } = run;
  let taken = candidates[0];
  for (const view of [...candidates, taken]) {
    if (view === undefined) continue;
    putLayer(run, range, before);
    run.issues.length = length;
    run.pending = pending;
    write(view);
    taken = view;
    if (candidates.length === 1 || chosen() === view) break;
  }
  later(run, () => {
    const view = chosen();
    if ((ended && run.pending !== null) || view === taken || view === 'unknown') return;
    const value = `${taken === undefined ? 'no view' : nameOf(taken)} is given`;
    const expected =
      view === undefined
        ? `${viewNames(area, rules)}; ${value}`
        : `the view ${nameOf(view)}, which the rule chooses; ${value}`;
    refuse(run, { code: view === undefined ? 'NO_VIEW' : 'ENCODE_VIEWS', expected }, area.item, subscripts);
  });
  return taken === undefined ? [] : [taken];
}

function viewNames(area: AreaNode, rules: readonly PlannedRule[]): string {
  const names = rules.map(({ view }) => area.views[view]?.item.name ?? 'FILLER');
  return `a value that chooses ${[...new Set(names)].join(', ')}`;
}

/** First and last byte (exclusive) of an area. */
function rangeOf(area: AreaNode, at: number): readonly [number, number] {
  return [at >>> 3, Math.ceil((at + area.bits) / 8)];
}

function takeLayer(run: EncodeRun, [start, stop]: readonly [number, number]): Omit<Layer, 'view'> {
  return {
    bytes: run.bytes.slice(start, stop),
    described: run.described.slice(start, stop),
    touched: run.touched.slice(start, stop),
  };
}

function putLayer(run: EncodeRun, [start]: readonly [number, number], layer: Omit<Layer, 'view'>): void {
  run.bytes.set(layer.bytes, start);
  run.described.set(layer.described, start);
  run.touched.set(layer.touched, start);
}

function nameOf(view: ViewNode): string {
  return view.item.name ?? 'FILLER';
}

function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
