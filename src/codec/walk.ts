import type { LayoutItem } from '../copybook/layout.ts';
import type { Issue } from './issue.ts';
import { issueHex } from './issue-hex.ts';
import { itemPath } from './item-path.ts';
import type { FieldNode, RecordPlan } from './plan.ts';
import type { FieldReading } from './reading.ts';
import type { Problem } from './scalar.ts';

/** One walk over one record: the bytes, and what was found so far. */
export interface Walk {
  readonly plan: RecordPlan;
  readonly bytes: Uint8Array;
  /** Where the record ends, in bytes and in bits. */
  readonly end: number;
  readonly endBits: number;
  readonly views: 'good' | 'all' | 'first';
  /** The last value of each counter and discriminator. */
  readonly kept: (FieldReading | undefined)[];
  /** Where the current occurrence of each group starts, by item index; only when something looks ahead. */
  readonly starts: (number | undefined)[] | null;
  readonly issues: Issue[];
  /** Names of the views that rules chose outside of tables. */
  readonly chosen: string[];
  /** The first item that lies behind the end of the record. */
  tail: { readonly item: LayoutItem; readonly subscripts: readonly number[] } | null;
  /** Bits of the dynamic node that was read last. */
  extent: number;
  emptyEntries: number;
  /** A length cannot be told because a counter lies behind the end. */
  incomplete: boolean;
  /** A counter or discriminator is being looked up at its place. */
  looking: boolean;
}

/** Start a walk over `bytes`. */
export function startWalk(plan: RecordPlan, bytes: Uint8Array, views: Walk['views']): Walk {
  return {
    plan,
    bytes,
    end: bytes.length,
    endBits: 8 * bytes.length,
    views,
    kept: plan.slots === 0 ? [] : new Array<FieldReading | undefined>(plan.slots).fill(undefined),
    starts: plan.looksAhead ? [] : null,
    issues: [],
    chosen: [],
    tail: null,
    extent: 0,
    emptyEntries: 0,
    incomplete: false,
    looking: false,
  };
}

const noIssues: readonly Issue[] = [];

/** Read one elementary item at a bit position. */
export function readField(node: FieldNode, at: number, subscripts: readonly number[], walk: Walk): FieldReading {
  const { item } = node;
  const start = at >>> 3;
  const stop = (at + node.bits + 7) >>> 3;
  const { end } = walk;
  let reading: FieldReading;
  if (stop <= end) {
    const scalar = node.read === null ? skipped : node.read(walk.bytes, start, stop, at & 7);
    const { problems } = scalar;
    const issues = problems.length === 0 ? noIssues : report(walk, problems, item, subscripts, start, stop);
    const { value, digits } = scalar;
    reading = {
      kind: 'field',
      item,
      offset: start,
      bit: at & 7,
      length: stop - start,
      subscripts,
      value,
      digits,
      absent: false,
      issues,
    };
  } else if (start >= end) {
    walk.tail ??= { item, subscripts };
    reading = {
      kind: 'field',
      item,
      offset: start,
      bit: at & 7,
      length: 0,
      subscripts,
      value: null,
      digits: null,
      absent: true,
      issues: noIssues,
    };
  } else {
    reading = readCut(node, start, subscripts, walk, at & 7);
  }
  if (node.slot >= 0) walk.kept[node.slot] = reading;
  return reading;
}

const skipped = { value: null, digits: null, problems: [] } as const;

/** An item the record ends in: an error, of text the part that is there. */
function readCut(node: FieldNode, start: number, subscripts: readonly number[], walk: Walk, bit: number): FieldReading {
  const { item } = node;
  const { end } = walk;
  const there = {
    kind: 'field',
    item,
    offset: start,
    bit,
    length: end - start,
    subscripts,
    digits: null,
    absent: false,
  } as const;
  if (node.read === null) {
    walk.tail ??= { item, subscripts };
    return { ...there, value: null, issues: noIssues };
  }
  const scalar = node.partial ? node.read(walk.bytes, start, end, bit) : skipped;
  const missing = Math.ceil((bit + node.bits) / 8) - (end - start);
  const expected = `${missing} more ${missing === 1 ? 'byte' : 'bytes'}: the record ends inside this field`;
  const problems: readonly Problem[] = [{ code: 'ITEM_CUT', severity: 'error', expected }, ...scalar.problems];
  return { ...there, value: scalar.value, issues: report(walk, problems, item, subscripts, start, end) };
}

/** Add issues about an item to the walk; returns them. */
export function report(
  walk: Walk,
  problems: readonly Problem[],
  item: LayoutItem,
  subscripts: readonly number[],
  start: number,
  stop: number,
): readonly Issue[] {
  const path = itemPath(item, subscripts);
  const hex = issueHex(walk.bytes, start, stop);
  const issues = problems.map(({ code, severity, expected }) => ({
    code,
    severity,
    path,
    offset: start,
    length: stop - start,
    hex,
    expected,
  }));
  walk.issues.push(...issues);
  return issues;
}

/** Do something that leaves no trace in the walk: neither issues nor values. */
export function quietly<Result>(walk: Walk, act: () => Result): Result {
  const { tail, emptyEntries } = walk;
  const issues = walk.issues.length;
  const chosen = walk.chosen.length;
  const kept = [...walk.kept];
  const result = act();
  walk.tail = tail;
  walk.emptyEntries = emptyEntries;
  walk.issues.length = issues;
  walk.chosen.length = chosen;
  for (const [slot, reading] of kept.entries()) walk.kept[slot] = reading;
  return result;
}
