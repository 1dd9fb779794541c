import { groupBits, placeOf } from '../copybook/item-places.ts';
import { encodeArea } from './encode-area.ts';
import { countGiven } from './encode-count.ts';
import { encodeField, isBehind } from './encode-field.ts';
import { wrongKind } from './encode-issue.ts';
import { type EncodeRun, endMaybe, missing, type OriginalPlace, putBits, putOriginal, refuse } from './encode-run.ts';
import { measure } from './measure.ts';
import { isHoisted, knownNames, memberOf } from './member-of.ts';
import { originalExtent, originalPlace } from './original-place.ts';
import type { FieldNode, GroupNode, TableNode, ViewNode } from './plan.ts';
import { reportUnknown } from './report-unknown.ts';

/** Write an item with all below it at a bit position; returns the bits it takes. `given` is its value, or `missing`. */
export function encodeNode(
  node: ViewNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  if (node.kind === 'table') return encodeTable(node, at, given, original, subscripts, run);
  return encodeOne(node, at, given, original, subscripts, run);
}

function encodeOne(
  node: FieldNode | GroupNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  if (node.kind === 'group') return encodeGroup(node, at, given, original, subscripts, run);
  encodeField(node, at, given, original, subscripts, run);
  return node.bits;
}

function encodeGroup(
  node: GroupNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  const { item } = node;
  if (run.walk.starts !== null) run.walk.starts[item.index] = at;
  if (given !== missing && !isObject(given)) {
    refuse(run, wrongKind('an object with the fields of the group'), item, subscripts, given);
    return quietlyMissing(run, () => encodeParts(node, at, missing, original, subscripts, run));
  }
  if (given === missing) return encodeMissingGroup(node, at, original, subscripts, run);
  if (!isHoisted(run.shape, item)) reportUnknown(item, given, knownNames(run.shape, item), subscripts, run);
  return encodeParts(node, at, given, original, subscripts, run);
}

function encodeMissingGroup(
  node: GroupNode,
  at: number,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  const { item } = node;
  const parts = (): number => encodeParts(node, at, missing, original, subscripts, run);
  if (original !== null) return parts();
  if (run.rules.init) {
    const value = node.dynamic ? null : run.writers.groupValue(item);
    if (value === null) return parts();
    putBits(run, at, node.bits, value, 0, false);
    if (node.kept) measure(node, at, run.walk);
    return node.bits;
  }
  if (isHoisted(run.shape, item) || knownNames(run.shape, item).size === 0) return parts();
  refuse(run, { code: 'ENCODE_MISSING_FIELD', expected: 'an object with the fields of the group' }, item, subscripts);
  return quietlyMissing(run, parts);
}

/** The parts of a group in copybook order; what follows one that takes less than its maximum moves up. */
function encodeParts(
  node: GroupNode,
  at: number,
  given: object | typeof missing,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  let whole = original;
  if (original !== null && !original.copied && !node.dynamic) {
    putOriginal(run, original.at, at, node.bits);
    whole = { ...original, copied: true };
  }
  const gaps = whole !== null && !whole.copied;
  let next = at;
  let from = whole?.at ?? 0;
  for (const part of node.parts) {
    const place = placeOf(part, next);
    const source = placeOf(part, from);
    if (gaps && whole !== null) putGap(run, { from, to: source }, { from: next, to: place }, part.slackBits);
    next = place + part.bits;
    from = source + part.bits;
    if (part.kind === 'area') {
      encodeArea(part, place, given, whole === null ? null : { ...whole, at: source }, subscripts, run, encodeNode);
      continue;
    }
    const before = originalPlace(part, whole, source);
    const taken = encodeNode(part, place, memberOf(run.shape, part.item, given), before, subscripts, run);
    if (!part.dynamic) continue;
    next = place + taken;
    if (before?.reading == null) whole = null;
    else from = source + originalExtent(part, before.reading);
  }
  const taken = groupBits(node.item, next - at);
  if (gaps && whole !== null) {
    const stop = whole.at + groupBits(node.item, from - whole.at);
    putGap(run, { from, to: stop }, { from: next, to: at + taken }, 8 * node.item.trailingSlack);
  }
  return taken;
}

/** Bits from one place to another. */
interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Copy a gap from the original; where the bits up to the next byte have become more or fewer, only the slack behind them. */
function putGap(run: EncodeRun, source: Gap, target: Gap, slackBits: number): void {
  const bits = target.to - target.from;
  const copied = bits === source.to - source.from ? bits : slackBits;
  if (copied > 0) putOriginal(run, source.to - copied, target.to - copied, copied);
}

function encodeTable(
  node: TableNode,
  at: number,
  given: unknown,
  original: OriginalPlace | null,
  subscripts: readonly number[],
  run: EncodeRun,
): number {
  const { entry, strideBits } = node;
  const reading = original?.reading?.kind === 'table' ? original.reading : null;
  if (original !== null && !original.copied && !node.dynamic) putOriginal(run, original.at, at, node.bits);
  const copied = original !== null && (original.copied || !node.dynamic);
  const { values, count, expected, silent, ending } = countGiven(node, given, original, subscripts, run);
  if (silent) run.silent++;
  let position = at;
  let from = original?.at ?? 0;
  for (let index = 0; index < count; index++) {
    const own = [...subscripts, index + 1];
    const value = values === null || values[index] === undefined ? missing : values[index];
    const entryReading = reading?.entries[index] ?? null;
    // An entry that the original did not count has no bytes there, whatever its slot holds.
    const inOriginal = entryReading !== null || isBehind(run, from) || (reading === null && !node.dynamic);
    const place = original === null || !inOriginal ? null : { at: from, reading: entryReading, copied };
    const taken = encodeOne(entry, position, value, place, own, run);
    position += entry.dynamic ? taken : strideBits;
    from += entry.dynamic && entryReading !== null ? originalExtent(entry, entryReading) : strideBits;
  }
  if (silent) run.silent--;
  if (ending !== null) endMaybe(run, from, position, ending);
  if (expected > count) position += (expected - count) * strideBits;
  return node.dynamic ? position - at : node.bits;
}

/** Write what is missing in something that was reported as a whole. */
function quietlyMissing(run: EncodeRun, act: () => number): number {
  run.silent++;
  const taken = act();
  run.silent--;
  return taken;
}

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}
