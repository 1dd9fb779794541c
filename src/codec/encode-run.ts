import type { LayoutItem } from '../copybook/layout.ts';
import { copyBits } from '../ebcdic/copy-bits.ts';
import { type EncodeIssue, type FieldWriter, type Refusal, shownValue } from './encode-issue.ts';
import { itemPath } from './item-path.ts';
import type { FieldNode, RecordPlan } from './plan.ts';
import type { Reading, RecordReading } from './reading.ts';
import type { RecordShape } from './shape.ts';
import { readField, startWalk, type Walk } from './walk.ts';

/** Stands for a member that the value does not have. */
export const missing: unique symbol = Symbol('missing');

/** What may be allowed when a value is written. */
export interface EncodeRules {
  /** Missing fields take their VALUE, else what INITIALIZE gives them. */
  readonly init: boolean;
  /** Decimals that a field has no place for are rounded half up (away from zero). */
  readonly round: boolean;
}

/** A record as it was, to take bytes from. */
export interface Original {
  /** Under `format: text` filled with blanks to the longest record. */
  readonly bytes: Uint8Array;
  readonly reading: RecordReading;
  /** It ended before its last fields. */
  readonly truncated: boolean;
}

/** Where a node lies in the original; `reading` is `null` where that has no values for it. */
export interface OriginalPlace {
  readonly at: number;
  readonly reading: Reading | null;
  /** Its bytes are already in place. */
  readonly copied: boolean;
}

/** What the encoder asks of each item. */
export interface ItemWriters {
  readonly write: (item: LayoutItem) => FieldWriter;
  /** The bytes of an item that nobody gave a value, for `init` from its VALUE. */
  readonly initial: (item: LayoutItem, useValue: boolean) => Uint8Array;
  /** The bytes that its VALUE gives a group; `null` when it has none. */
  readonly groupValue: (item: LayoutItem) => Uint8Array | null;
}

/** One record being written, and what was found out so far. */
export interface EncodeRun {
  readonly plan: RecordPlan;
  readonly shape: RecordShape;
  readonly writers: ItemWriters;
  readonly rules: EncodeRules;
  readonly original: Original | null;
  readonly bytes: Uint8Array;
  /** Bits that values gave, and bits that hold anything at all. */
  readonly described: Uint8Array;
  readonly touched: Uint8Array;
  /** Reads counters and discriminators back from `bytes`. */
  readonly walk: Walk;
  readonly issues: EncodeIssue[];
  /** Counters and discriminators whose value could not be written: what they decide is not checked. */
  readonly spoiled: Set<number>;
  /** What can be decided only when all is written. */
  readonly checks: (() => void)[];
  /** Above 0: what is wrong was reported further up. */
  silent: number;
  /**
   * The original ended before `at`, and so far nothing given lies behind it: then the record ends there too, else what is
   * missing there counts.
   */
  pending: { readonly at: number; readonly issues: EncodeIssue[] } | null;
}

/** Start writing a record, all of it X'00'. */
export function startRun(input: Pick<EncodeRun, 'plan' | 'shape' | 'writers' | 'rules' | 'original'>): EncodeRun {
  const length = Math.ceil(input.plan.root.bits / 8);
  const bytes = new Uint8Array(length);
  return {
    ...input,
    bytes,
    described: new Uint8Array(length),
    touched: new Uint8Array(length),
    walk: startWalk(input.plan, bytes, 'all'),
    issues: [],
    spoiled: new Set(),
    checks: [],
    silent: 0,
    pending: null,
  };
}

/** Say why a value cannot be written. */
export function refuse(
  run: EncodeRun,
  refusal: Refusal,
  item: LayoutItem,
  subscripts: readonly number[],
  value?: unknown,
): void {
  if (run.silent === 0) run.issues.push(issueOf(refusal, item, subscripts, value));
}

/** Make an issue without reporting it. */
export function issueOf(
  refusal: Refusal,
  item: LayoutItem,
  subscripts: readonly number[],
  value?: unknown,
): EncodeIssue {
  const path = itemPath(item, subscripts);
  return { code: refusal.code, severity: 'error', path, value: shownValue(value), expected: refusal.expected };
}

/**
 * Let the record end where the original did unless something behind that has a value; `issue` is what is wrong then.
 *
 * `from` and `at` are one place in the original, at or behind its end, and in the record.
 */
export function endMaybe(run: EncodeRun, from: number, at: number, issue: EncodeIssue | null): void {
  const behind = from - 8 * (run.original?.bytes.length ?? 0);
  run.pending ??= { at: Math.max(0, at - behind), issues: [] };
  if (issue !== null && run.silent === 0 && !run.rules.init) run.pending.issues.push(issue);
}

/** Something has a value here: the record does not end before it. */
export function goOn(run: EncodeRun): void {
  if (run.pending === null) return;
  for (const issue of run.pending.issues) run.issues.push(issue);
  run.pending = null;
}

/** Remember the value of a counter or discriminator that was written. */
export function keepWritten(run: EncodeRun, node: FieldNode, at: number, subscripts: readonly number[]): void {
  if (node.slot < 0) return;
  run.spoiled.delete(node.slot);
  readField(node, at, subscripts, run.walk);
}

/** Forget a counter or discriminator that could not be written. */
export function spoil(run: EncodeRun, node: FieldNode): void {
  if (node.slot < 0) return;
  run.spoiled.add(node.slot);
  run.walk.kept[node.slot] = undefined;
}

/** Do a check when everything is written, with the groups where they are now. */
export function later(run: EncodeRun, check: () => void): void {
  const { starts } = run.walk;
  const now = starts === null ? [] : [...starts];
  run.checks.push(() => {
    if (starts !== null) for (const [index, at] of now.entries()) starts[index] = at;
    check();
  });
}

/** Put bits into the record: those of a value, or others. */
export function putBits(
  run: EncodeRun,
  at: number,
  bits: number,
  source: Uint8Array,
  from: number,
  isValue: boolean,
): void {
  copyBits(source, from, run.bytes, at, bits);
  markBits(run.touched, at, bits);
  if (isValue) markBits(run.described, at, bits);
}

/** Put the original's bits, as far as there are any, at another place. */
export function putOriginal(run: EncodeRun, from: number, at: number, bits: number): void {
  const source = run.original?.bytes;
  if (source === undefined) return;
  const there = Math.min(bits, 8 * source.length - from, 8 * run.bytes.length - at);
  if (there > 0) putBits(run, at, there, source, from, false);
}

function markBits(mask: Uint8Array, at: number, bits: number): void {
  for (let bit = at; bit < at + bits; ) {
    const count = Math.min(8 - (bit & 7), at + bits - bit);
    const whole = count === 8 ? (at + bits - bit) >>> 3 : 0;
    if (whole > 0) {
      mask.fill(0xff, bit >>> 3, (bit >>> 3) + whole);
      bit += 8 * whole;
      continue;
    }
    mask[bit >>> 3] = (mask[bit >>> 3] ?? 0) | (((1 << count) - 1) << (8 - (bit & 7) - count));
    bit += count;
  }
}
