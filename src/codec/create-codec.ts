import { ambiguousName, matchItems, unknownName } from '../copybook/find-item.ts';
import type { Layout, LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { checkCounters } from '../copybook/resolve-counters.ts';
import { shortestBits } from '../copybook/shortest-bits.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { chooseRecords, type RecordRule } from './choose-record.ts';
import { type CodecOptions, type ResolvedOptions, resolveOptions } from './codec-options.ts';
import { type Encoded, type EncodeOptions, encodeValue } from './encode-value.ts';
import { type Explanation, explainRecord } from './explain.ts';
import { readsNumber } from './field-reader.ts';
import { type FieldSettings, fieldSettings } from './field-settings.ts';
import type { Issue } from './issue.ts';
import { issueHex } from './issue-hex.ts';
import { itemPath } from './item-path.ts';
import { measure, readAt } from './measure.ts';
import { planRecord, type RecordPlan, wayDown } from './plan.ts';
import { readNode } from './read-record.ts';
import type { FieldReading, GroupReading, RecordReading } from './reading.ts';
import { type RecordShape, recordShape } from './shape.ts';
import { toJson } from './to-json.ts';
import { toValue } from './to-value.ts';
import { type ValueTest, valueTest } from './value-test.ts';
import { viewRules } from './view-rules.ts';
import { startWalk, type Walk } from './walk.ts';

/** A decoded record. */
export interface Decoded {
  readonly value: Record<string, unknown>;
  readonly issues: readonly Issue[];
  /** The name of the 01 that was read; `null` when no `recordWhen` rule fits. */
  readonly record: string | null;
  /** What rules chose, see RecordReading. */
  readonly view: string | null;
}

/** Reads and writes the records that a layout describes. It keeps nothing from one record to the next. */
export interface Codec {
  readonly layout: Layout;
  readonly options: ResolvedOptions;
  /** The 01s it reads: one, or those `recordWhen` rules choose from. */
  readonly records: readonly RecordLayout[];
  /** Bytes of the shortest and longest record. */
  readonly minimumLength: number;
  readonly maximumLength: number;
  /** Decode one record. Never throws: what is wrong with the bytes is in `issues`. */
  decode(bytes: Uint8Array): Decoded;
  /** Write one record from the value that `decode` gives. Never throws on values that came from JSON. */
  encode(value: unknown, options?: EncodeOptions): Encoded;
  /** The same as a tree with offsets. */
  read(bytes: Uint8Array): RecordReading;
  /** Say what every bit of a record is. Never throws. */
  explain(bytes: Uint8Array): Explanation;
  toValue(reading: RecordReading): Record<string, unknown>;
  /** One line of JSON, without line end. */
  toJson(reading: RecordReading): string;
  /**
   * How long the record at the front of `bytes` is by its OCCURS DEPENDING ON counters. `null` when the bytes end before that can
   * be told, or no record rule fits.
   */
  lengthOf(bytes: Uint8Array): number | null;
  /**
   * Make a reader of a single elementary field, without reading the record around it. It gives `null` where the field is not wholly
   * there. Throws UNKNOWN_NAME, AMBIGUOUS_NAME.
   */
  fieldReader(name: string): (bytes: Uint8Array) => FieldReading | null;
  /** The form of a record's output; `undefined` for a record the codec does not read. */
  shapeOf(record: RecordLayout): RecordShape | undefined;
  settingsOf(item: LayoutItem): FieldSettings | undefined;
  /** The nodes that a record is read by; `undefined` for a record the codec does not read. */
  planOf(record: RecordLayout): RecordPlan | undefined;
  /** How `recordWhen` tells records apart; empty when there is one. */
  readonly recordRules: readonly RecordRule[];
  /** The record that bytes hold; `null` when no rule fits. */
  chooseRecord(bytes: Uint8Array): RecordLayout | null;
}

/**
 * Prepare the decoder and encoder of a layout: this is the reference, plain rather than fast.
 *
 * Throws an OverpunchError for options that make no sense (USAGE, UNKNOWN_NAME, AMBIGUOUS_NAME, UNKNOWN_CODE_PAGE), and a CopybookError
 * for counters that `odo: shifted` cannot use (COUNTER_BEHIND, COUNTER_UNKNOWN).
 */
export function createCodec(layout: Layout, options: CodecOptions = {}): Codec {
  const resolved = resolveOptions(layout, options);
  const blank = codePage(resolved.codepage).blank;
  const { records, rules } = chooseRecords(layout, resolved);
  const all = layout.records;
  const prepared = new Map<RecordLayout, Prepared>();
  for (const record of new Set([...records, ...rules.map((rule) => rule.itemRecord)])) {
    prepared.set(record, prepare(record, all, resolved));
  }
  const tests = rules.map((rule) => recordTest(rule, prepared, resolved));
  const main = records.flatMap((record) => prepared.get(record) ?? []);
  const [first] = main;
  if (first === undefined) throw new RangeError('a layout has at least one record');

  const choose = (bytes: Uint8Array): Prepared | null => {
    if (rules.length === 0) return first;
    const fitting = rules.find((_, index) => tests[index]?.(bytes));
    return fitting === undefined ? null : (prepared.get(fitting.record) ?? null);
  };
  let filled = new Uint8Array(0);
  /** Text lines are filled with blanks first: to the longest record, since counters are not known yet. */
  const fill = (bytes: Uint8Array, length: number): Uint8Array => {
    if (filled.length < length) filled = new Uint8Array(length);
    filled.set(bytes);
    filled.fill(blank, bytes.length, length);
    return filled.subarray(0, length);
  };
  const several = rules.length > 0;

  const read = (bytes: Uint8Array): RecordReading => {
    const text = resolved.format === 'text' && bytes.length < maximumLength;
    const whole = text ? fill(bytes, maximumLength) : bytes;
    const chosen = choose(whole);
    if (chosen === null) return noRecord(first.plan.record, bytes, rules);
    const { plan } = chosen;
    const longest = bytesOf(plan.root.bits);
    const walk = startWalk(plan, text ? whole.subarray(0, Math.max(longest, bytes.length)) : bytes, resolved.views);
    const root = readNode(plan.root, 0, [], walk);
    const taken = plan.root.dynamic ? bytesOf(walk.extent) : longest;
    const length = resolved.odo === 'padded' ? longest : taken;
    const issues = withLengthIssues(walk, bytes, length, text, resolved);
    const names = several ? [plan.record.name, ...walk.chosen] : walk.chosen;
    return {
      record: plan.record,
      view: names.length === 0 ? null : names.join('/'),
      root,
      issues,
      length: Math.min(length, bytes.length),
    };
  };
  const shapeFor = (reading: RecordReading): RecordShape => prepared.get(reading.record)?.shape ?? first.shape;
  const maximumLength = Math.max(...main.map(({ plan }) => bytesOf(plan.root.bits)));
  const minimumLength =
    resolved.odo === 'padded' ? maximumLength : Math.min(...main.map(({ plan }) => bytesOf(shortest(plan, resolved))));

  return {
    layout,
    options: resolved,
    records,
    minimumLength,
    maximumLength,
    read,
    explain: (bytes) => explainRecord(bytes, read(bytes), resolved),
    toValue: (reading) => toValue(reading.root, shapeFor(reading)),
    toJson: (reading) => toJson(reading.root, shapeFor(reading)),
    decode(bytes) {
      const reading = read(bytes);
      const { issues, view } = reading;
      const fits = !several || !issues.some((issue) => issue.code === 'NO_RECORD');
      return {
        value: toValue(reading.root, shapeFor(reading)),
        issues,
        record: fits ? reading.record.name : null,
        view,
      };
    },
    encode(value, options = {}) {
      return encodeValue(value, options, { options: resolved, blank, targets: main, chosen: several, choose, read });
    },
    lengthOf(bytes) {
      const chosen = choose(bytes);
      if (chosen === null) return null;
      const { root } = chosen.plan;
      if (resolved.odo !== 'shifted' || !root.dynamic) return bytesOf(root.bits);
      const walk = startWalk(chosen.plan, bytes, resolved.views);
      const bits = measure(root, 0, walk);
      return walk.incomplete ? null : bytesOf(bits);
    },
    fieldReader(name) {
      for (const { plan } of main) {
        const found = matchItems(plan.record, name);
        const [item] = found;
        if (found.length > 1) throw ambiguousName(found, name);
        if (item !== undefined && item.type !== null) return (bytes) => readSingle(plan, item, bytes);
      }
      throw unknownName(records, name);
    },
    shapeOf: (record) => prepared.get(record)?.shape,
    planOf: (record) => prepared.get(record)?.plan,
    recordRules: rules,
    chooseRecord: (bytes) => choose(bytes)?.plan.record ?? null,
    settingsOf(item) {
      for (const { plan, settings } of prepared.values())
        if (plan.record.items[item.index] === item) return settings[item.index];
      return undefined;
    },
  };
}

interface Prepared {
  readonly plan: RecordPlan;
  readonly settings: readonly FieldSettings[];
  readonly shape: RecordShape;
}

function prepare(record: RecordLayout, records: readonly RecordLayout[], options: ResolvedOptions): Prepared {
  checkCounters(record, options.odo);
  const settings = fieldSettings(record, records, options);
  const rules = viewRules(record, records, settings, options);
  return {
    plan: planRecord({ record, options, settings, rules }),
    settings,
    shape: recordShape(record, records, options),
  };
}

function recordTest(
  rule: RecordRule,
  prepared: ReadonlyMap<RecordLayout, Prepared>,
  options: ResolvedOptions,
): (bytes: Uint8Array) => boolean {
  const { item, itemRecord, values } = rule;
  const found = prepared.get(itemRecord);
  if (found === undefined) return () => false;
  const test: ValueTest = valueTest(item, readsNumber(item, found.settings[item.index], options), 'in', values);
  return (bytes) => {
    const reading = readSingle(found.plan, item, bytes);
    return reading !== null && test(reading);
  };
}

/** Read one field at its place; in tables the first entry. */
function readSingle(plan: RecordPlan, item: LayoutItem, bytes: Uint8Array): FieldReading | null {
  const walk = startWalk(plan, bytes, 'all');
  const node = plan.nodes.get(item.index);
  if (item.parent === null) {
    const reading = node?.kind === 'field' ? readNode(node, 0, [], walk) : null;
    return reading?.kind === 'field' && isWhole(reading) ? reading : null;
  }
  const root = plan.nodes.get(plan.record.root.index);
  if (root?.kind !== 'group') return null;
  const reading = readAt(root, 0, wayDown(item), [], walk);
  return reading !== undefined && isWhole(reading) ? reading : null;
}

function isWhole(reading: FieldReading): boolean {
  return !reading.absent && !reading.issues.some((issue) => issue.code === 'ITEM_CUT');
}

/** What the length of a record says about it. */
function withLengthIssues(
  walk: Walk,
  bytes: Uint8Array,
  length: number,
  filled: boolean,
  options: ResolvedOptions,
): readonly Issue[] {
  const { issues, tail } = walk;
  if (bytes.length > length) {
    const expected = `the end of the record: its layout describes ${length} bytes`;
    const hex = issueHex(bytes, length, bytes.length);
    issues.push({
      code: 'SURPLUS_BYTES',
      severity: 'note',
      path: '',
      offset: length,
      length: bytes.length - length,
      hex,
      expected,
    });
  } else if (options.format === 'fixed' && bytes.length < length) {
    const expected = `${length} bytes; the record has ${bytes.length}`;
    const hex = issueHex(bytes, 0, bytes.length);
    issues.unshift({
      code: 'RECORD_SHORT',
      severity: 'error',
      path: '',
      offset: 0,
      length: bytes.length,
      hex,
      expected,
    });
  } else if (tail !== null && !filled) {
    const path = itemPath(tail.item, tail.subscripts);
    const expected = `${length} bytes; the record has ${bytes.length}, and ends before this item`;
    issues.push({ code: 'TAIL_ABSENT', severity: 'note', path, offset: bytes.length, length: 0, hex: '', expected });
  }
  return issues;
}

function noRecord(record: RecordLayout, bytes: Uint8Array, rules: readonly RecordRule[]): RecordReading {
  const names = [...new Set(rules.map((rule) => rule.record.name))].join(', ');
  const hex = issueHex(bytes, 0, bytes.length);
  const expected = `a value that chooses ${names}`;
  const issue: Issue = {
    code: 'NO_RECORD',
    severity: 'error',
    path: '',
    offset: 0,
    length: bytes.length,
    hex,
    expected,
  };
  const root: GroupReading = {
    kind: 'group',
    item: record.root,
    offset: 0,
    bit: 0,
    length: 0,
    bits: 0,
    subscripts: [],
    children: [],
    absentViews: [],
    absent: true,
  };
  return { record, view: null, root, issues: [issue], length: 0 };
}

function shortest({ root, record }: RecordPlan, { odo }: ResolvedOptions): number {
  return odo === 'maximum' ? root.bits : shortestBits(record.root);
}

function bytesOf(bits: number): number {
  return Math.ceil(bits / 8);
}
