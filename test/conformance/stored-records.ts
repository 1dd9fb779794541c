import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { fromHex, toHex } from '../../src/bytes/hex.ts';
import type { FieldReading, Reading } from '../../src/codec/reading.ts';
import type { LayoutItem, RecordLayout } from '../../src/copybook/layout.ts';
import { OverpunchError } from '../../src/errors.ts';
import { bytesOf } from './actual-row.ts';
import { caseCharset } from './case-charset.ts';
import { caseDecoder } from './case-decoder.ts';
import { type CaseResult, caseFailure, type Failure, ranCase, skippedCase } from './case-result.ts';
import { check, looseMaps, plainObject, UnknownKeyError, wholeNumber } from './case-schema.ts';
import type { CompiledCheck } from './compiled-check.ts';
import { nearlySame, sameDecimal } from './decimal.ts';
import { jsonLines, parseExactJson } from './exact-json.ts';
import { itemValue, type ShowOptions } from './item-value.ts';
import { dialectOptions } from './named-dialects.ts';
import { walkReadings } from './readings.ts';
import { compareStoredLayout, layoutItem, type StoredItem } from './stored-layout.ts';

const value = z.preprocess(
  plainObject,
  z.looseObject({
    path: z.string(),
    idx: z.array(wholeNumber(1)),
    offset: wholeNumber(0),
    length: wholeNumber(0),
    kind: z.string(),
    value: z.string(),
    number: z.string().nullish(),
  }),
);
const record = z.preprocess(
  plainObject,
  z.strictObject({ hex: z.string(), length: wholeNumber(0), ascii_hex: z.string().optional(), values: z.array(value) }),
);
const flags = z.enum(['-std=ibm', '-fsign=EBCDIC', '-fno-larger-redefines-ok', '-fodoslide']);
const line = z.preprocess(
  plainObject,
  z.strictObject({
    seed: z.unknown().optional(),
    ok: z.literal(true).optional(),
    profile: z.string(),
    flags: z.array(flags).optional(),
    codepage: z.string(),
    copybook: z.string(),
    record: z.string(),
    max_length: wholeNumber(0),
    layout: z.array(layoutItem),
    records: z.array(record),
  }),
);

type StoredValue = z.output<typeof value>;
type StoredCase = z.output<typeof line>;

/** Members beside those of §9 that only repeat or explain others. */
const explained = new Set(['name', 'str', 'displayed', 'conditions']);

/** Run the copybooks and records that a COBOL program stored (§9), one case a line of `records-*.jsonl`. */
export function runStoredRecords(file: string, place: string, compiled: CompiledCheck | null): CaseResult[] {
  return jsonLines(readFileSync(file, 'utf8')).map((text, index) => {
    const name = `${join(place, basename(file))}:${index + 1}`;
    try {
      return runStored(name, check(line, looseMaps(parseExactJson(text))), compiled);
    } catch (error) {
      if (error instanceof UnknownKeyError) return skippedCase(name, error.key, error.reason);
      if (error instanceof SyntaxError) return skippedCase(name, `line ${index + 1}`, error.message);
      throw error;
    }
  });
}

function runStored(name: string, stored: StoredCase, compiled: CompiledCheck | null): CaseResult {
  const values = stored.records.reduce((sum, { values }) => sum + values.filter(isCounted).length, 0);
  const counts = { records: stored.records.length, values };
  const { codepage } = caseCharset('ebcdic', stored.codepage);
  try {
    const decoder = caseDecoder({
      text: stored.copybook,
      file: name,
      sourceFormat: 'fixed',
      decimalComma: false,
      record: stored.record,
      dialect: dialectOptions({ base: 'ibm' }, 'ibm-be', stored.profile === 'slide' ? 'shifted' : 'maximum'),
      codepage,
      national: 'utf-16be',
      check: compiled,
    });
    const [layout] = decoder.records;
    if (layout === undefined) throw new UnknownKeyError('record', 'the copybook has no record');
    const failures = compareStoredLayout(stored.layout, stored.max_length, layout);
    const items = itemsByPath(stored.layout, layout);
    for (const [index, { hex, length, values }] of stored.records.entries()) {
      const bytes = fromHex(hex);
      if (bytes === null || bytes.length !== length) throw new UnknownKeyError('records.hex', `is no ${length} bytes`);
      const [reading] = decoder.read(bytes);
      if (reading === undefined) continue;
      const wrong = compareStoredValues(values.filter(isCounted), items, reading.root, bytes);
      if (reading.length !== length) {
        wrong.push({ ...caseFailure('', `${length} bytes`, `${reading.length} bytes`), bytes: '' });
      }
      failures.push(...wrong.map((failure) => ({ ...failure, record: index + 1 })));
    }
    return ranCase(name, counts, failures, unknownMembers(stored));
  } catch (error) {
    if (!(error instanceof OverpunchError)) throw error;
    return ranCase(name, counts, [caseFailure('', 'a copybook that can be read', error.message)]);
  }
}

/** Elementary FILLER is no value of a decoded record. */
function isCounted({ path }: StoredValue): boolean {
  return !/(?:^|\/)ZZF-[0-9]+$/.test(path);
}

function itemsByPath(expected: readonly StoredItem[], layout: RecordLayout): ReadonlyMap<string, LayoutItem> {
  const items = expected.filter((item) => item.kind !== 'renames');
  const byPath = new Map<string, LayoutItem>();
  for (const [index, { path }] of items.entries()) {
    const item = layout.items[index];
    if (item !== undefined) byPath.set(path, item);
  }
  return byPath;
}

const shown: ShowOptions = {
  trim: 'none',
  table: null,
  signs: 'ebcdic-bytes',
  blankDigits: false,
  nulIsEmpty: false,
  asText: () => null,
};

function compareStoredValues(
  values: readonly StoredValue[],
  items: ReadonlyMap<string, LayoutItem>,
  root: Reading,
  bytes: Uint8Array,
): Failure[] {
  const fields = new Map<string, FieldReading>();
  for (const reading of walkReadings(root)) {
    if (reading.kind === 'field') fields.set(placeKey(reading.item.index, reading.subscripts), reading);
  }
  return values.flatMap((stored) => {
    const item = items.get(stored.path);
    const field = item === undefined ? undefined : fields.get(placeKey(item.index, stored.idx));
    const path = storedPath(stored);
    if (field === undefined) return [caseFailure(path, stored.value, null)];
    const hex = toHex(bytesOf(field, bytes));
    const got = itemValue(field, bytesOf(field, bytes), shown);
    const wrong = wrongValue(stored, got) ?? wrongPlace(stored, field);
    return wrong === null ? [] : [{ ...caseFailure(path, ...wrong), bytes: hex }];
  });
}

type Shown = ReturnType<typeof itemValue>;

function wrongValue(stored: StoredValue, got: Shown): [string, string | null] | null {
  if (got === null) return [stored.value, null];
  if (got.type === 'text') return got.text === stored.value ? null : [stored.value, got.text];
  if (got.type === 'float') return nearlySame(got.digits, stored.value) ? null : [stored.value, got.digits];
  if (got.type === 'number') return sameDecimal(got.digits, stored.value) ? null : [stored.value, got.digits];
  if (got.text !== stored.value) return [stored.value, got.text];
  const { number } = stored;
  return number == null || storedNumberFits(number, got) ? null : [number, got.number];
}

/** The number a program stored: a zero may show no digit, and a DB is not in the sign of the numbers that were recorded. */
function storedNumberFits(number: string, { number: got, text }: Extract<Shown, { type: 'edited' }>): boolean {
  if (got === null) return sameDecimal(number, '0');
  return sameDecimal(number, got) || (text.includes('DB') && sameDecimal(number, got.replace('-', '')));
}

function wrongPlace(stored: StoredValue, { offset, length }: FieldReading): [string, string] | null {
  if (stored.offset === offset && stored.length === length) return null;
  return [`${stored.length} bytes at ${stored.offset}`, `${length} bytes at ${offset}`];
}

function storedPath({ path, idx }: StoredValue): string {
  return `${path.split('/').slice(1).join('.')}${idx.length === 0 ? '' : `(${idx.join(',')})`}`;
}

function placeKey(index: number, subscripts: readonly number[]): string {
  return `${index}(${subscripts.join(',')})`;
}

/** Members of values that §9 does not describe: they are named, not compared. */
function unknownMembers(stored: StoredCase): string[] {
  const known = new Set(['path', 'idx', 'offset', 'length', 'kind', 'value', 'number', ...explained]);
  const names = new Set(stored.records.flatMap(({ values }) => values.flatMap((entry) => Object.keys(entry))));
  return [...names].filter((name) => !known.has(name)).map((name) => `records.values.${name} is not compared`);
}
