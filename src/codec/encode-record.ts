import { printable } from '../bytes/printable.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { type EncodeIssue, wrongKind } from './encode-issue.ts';
import { encodeNode } from './encode-node.ts';
import {
  type EncodeRules,
  type EncodeRun,
  type ItemWriters,
  missing,
  type Original,
  refuse,
  startRun,
} from './encode-run.ts';
import { fieldDefault, literalBytes } from './field-default.ts';
import type { FieldSettings } from './field-settings.ts';
import { fieldWriter } from './field-writer.ts';
import { memberOf } from './member-of.ts';
import { originalExtent } from './original-place.ts';
import type { RecordPlan } from './plan.ts';
import type { RecordReading } from './reading.ts';
import { reportUnknown } from './report-unknown.ts';
import type { RecordShape } from './shape.ts';

/** One record that a codec can write. */
export interface EncodablePlan {
  readonly plan: RecordPlan;
  readonly settings: readonly FieldSettings[];
  readonly shape: RecordShape;
}

/** A record as it was, in the bytes it was given and as it was read. */
export interface GivenOriginal {
  readonly bytes: Uint8Array;
  readonly reading: RecordReading;
}

/** What was written, and everything that is wrong with the value. */
export interface EncodedRecord {
  readonly bytes: Uint8Array;
  readonly issues: readonly EncodeIssue[];
}

const writers = new WeakMap<EncodablePlan, ItemWriters>();

/**
 * Write one record from the value that decoding gives under the same options (DECODING, "Round trips").
 *
 * Every error is collected; the bytes mean something only when there is none.
 */
export function encodeRecord(
  target: EncodablePlan,
  value: unknown,
  given: GivenOriginal | null,
  rules: EncodeRules,
  options: ResolvedOptions,
  blank: number,
): EncodedRecord {
  const { plan, shape } = target;
  const made = writers.get(target) ?? itemWriters(target, options);
  writers.set(target, made);
  const longest = Math.ceil(plan.root.bits / 8);
  const original = given === null ? null : prepareOriginal(given, longest, options, blank);
  const run = startRun({ plan, shape, writers: made, rules, original });
  const root = shape.rootIsObject ? value : elementaryValue(value, run);
  const place = original === null ? null : { at: 0, reading: original.reading.root, copied: false };
  const taken = Math.ceil(encodeNode(plan.root, 0, root, place, [], run) / 8);
  for (const check of run.checks) check();
  const { issues } = run;
  if (run.pending !== null) return { bytes: run.bytes.slice(0, Math.ceil(run.pending.at / 8)), issues };
  const described = 1 + run.described.findLastIndex((mask) => mask !== 0);
  const bytes = withTail(run.bytes, described, taken, longest, original, plan, options);
  return { bytes: given === null ? bytes : asText(bytes, given.bytes.length, options, blank), issues };
}

/** The value of a record that is a single field: `{NAME: value}`. */
function elementaryValue(value: unknown, run: EncodeRun): unknown {
  const { root } = run.plan.record;
  const name = run.shape.names[root.index] ?? '';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse(run, wrongKind(`an object with the member ${printable(name)}`), root, [], value);
    run.silent++;
    return missing;
  }
  reportUnknown(root, value, new Set([name]), [], run);
  return memberOf(run.shape, root, value);
}

function prepareOriginal(given: GivenOriginal, longest: number, options: ResolvedOptions, blank: number): Original {
  let { bytes } = given;
  if (options.format === 'text' && bytes.length < longest) {
    bytes = new Uint8Array(longest).fill(blank);
    bytes.set(given.bytes);
  }
  const ended = ['TAIL_ABSENT', 'RECORD_SHORT', 'ITEM_CUT'];
  return { bytes, reading: given.reading, truncated: given.reading.issues.some(({ code }) => ended.includes(code)) };
}

/** The record up to its end: filled up under `padded`, and what the original had behind its layout. */
function withTail(
  record: Uint8Array,
  described: number,
  taken: number,
  longest: number,
  original: Original | null,
  plan: RecordPlan,
  options: ResolvedOptions,
): Uint8Array {
  const padded = options.odo === 'padded';
  if (original === null) return record.slice(0, padded ? longest : taken);
  const before = Math.ceil(originalExtent(plan.root, original.reading.root) / 8);
  const layoutEnd = padded ? longest : before;
  const whole = padded ? longest : taken;
  // A record that left out bytes behind its last value (unused slots, the rest of an area) does so again.
  const absent = original.truncated ? 0 : Math.max(0, layoutEnd - original.bytes.length);
  const length = absent === 0 ? whole : Math.max(described, whole - absent);
  if (padded) record.set(original.bytes.subarray(before, before + longest - taken), taken);
  const surplus = original.truncated ? [] : original.bytes.subarray(layoutEnd);
  const bytes = new Uint8Array(length + surplus.length);
  bytes.set(record.subarray(0, length));
  bytes.set(surplus, length);
  return bytes;
}

/** A text line that was shorter than its record stays so when only blanks would be added. */
function asText(bytes: Uint8Array, length: number, options: ResolvedOptions, blank: number): Uint8Array {
  if (options.format !== 'text' || bytes.length <= length) return bytes;
  return bytes.subarray(length).every((byte) => byte === blank) ? bytes.slice(0, length) : bytes;
}

function itemWriters({ settings }: EncodablePlan, options: ResolvedOptions): ItemWriters {
  const settingsOf = (item: LayoutItem): FieldSettings => {
    const found = settings[item.index];
    if (found === undefined) throw new RangeError(`item ${item.index} is of another record`);
    return found;
  };
  const plain = perItem((item) => fieldDefault(item, settingsOf(item), options, false));
  const fromValue = perItem((item) => fieldDefault(item, settingsOf(item), options, true));
  return {
    write: perItem((item) => fieldWriter(item, settingsOf(item), options)),
    initial: (item, useValue) => (useValue ? fromValue : plain)(item),
    groupValue: perItem((item) =>
      item.value === null
        ? null
        : literalBytes(item.value, item, { ...settingsOf(item), as: 'item', scale: null }, options),
    ),
  };
}

/** Make something of each item once. */
function perItem<Made>(make: (item: LayoutItem) => Made): (item: LayoutItem) => Made {
  const made = new Map<LayoutItem, Made>();
  return (item) => {
    const known = made.get(item);
    if (known !== undefined) return known;
    const fresh = make(item);
    made.set(item, fresh);
    return fresh;
  };
}
