import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FieldReading, RecordReading } from '../../src/codec/reading.ts';
import { OverpunchError } from '../../src/errors.ts';
import type { Actual } from './actual.ts';
import { actualRow, bytesOf, type RowOptions } from './actual-row.ts';
import { caseCharset } from './case-charset.ts';
import { type CaseDecoder, caseDecoder } from './case-decoder.ts';
import { type CaseResult, caseFailure, type Failure, ranCase, skippedCase } from './case-result.ts';
import { parseRecordCase, type RecordCase, UnknownKeyError } from './case-schema.ts';
import { type CompareOptions, compareRow, countValues } from './compare.ts';
import type { CompiledCheck } from './compiled-check.ts';
import { countedDecoder } from './counted-tables.ts';
import { type ExactJson, ExactObject, jsonLines, parseExactJson } from './exact-json.ts';
import { foldName } from './fold-name.ts';
import { FramingError, frameFile } from './framings.ts';
import { hasValue, hiddenViews, valueText } from './hidden-views.ts';
import { itemValue } from './item-value.ts';
import { dialectOptions } from './named-dialects.ts';
import { fieldsOf, itemsNamed } from './readings.ts';
import { sortRows } from './sort-rows.ts';

const files = ['copybook.cpy', 'data.bin', 'expected.jsonl'] as const;

/** A case that says what its copybook does not have. */
class CaseError extends Error {}

/** Run one record case (§1–§7): decode `data.bin` with `copybook.cpy` and compare with `expected.jsonl`. */
export function runRecordCase(folder: string, name: string, json: ExactJson, check: CompiledCheck | null): CaseResult {
  const absent = files.find((file) => !existsSync(join(folder, file)));
  if (absent !== undefined) return skippedCase(name, absent, 'the file is missing');
  let expected: ExactObject[] = [];
  let values = 0;
  try {
    const settings = parseRecordCase(json);
    const ignore = new Set(settings.ignore.map(foldName));
    expected = readRows(join(folder, 'expected.jsonl'));
    values = expected.reduce((sum, row) => sum + countValues(row, ignore), 0);
    const rows = decodeCase(folder, settings, check);
    const failures = compareRows(expected, rows, settings, ignore);
    return ranCase(name, { records: expected.length, values }, failures);
  } catch (error) {
    if (error instanceof UnknownKeyError) return skippedCase(name, error.key, error.reason);
    const failure = wholeCase(error);
    return ranCase(name, { records: expected.length, values }, [failure]);
  }
}

function wholeCase(error: unknown): Failure {
  if (error instanceof FramingError)
    return caseFailure('', 'records that use up the file', `${error.message} at offset ${error.offset}`);
  if (error instanceof OverpunchError) return caseFailure('', 'a copybook that can be read', error.message);
  if (error instanceof CaseError || error instanceof SyntaxError)
    return caseFailure('', 'a case that fits its copybook', error.message);
  throw error;
}

function readRows(file: string): ExactObject[] {
  return jsonLines(readFileSync(file, 'utf8')).map((line, index) => {
    const row = parseExactJson(line);
    if (!(row instanceof ExactObject)) throw new SyntaxError(`line ${index + 1} of expected.jsonl is no object`);
    return row;
  });
}

/** The rows of a file after `filter` and `sort`, before `skip`. */
function decodeCase(folder: string, settings: RecordCase, check: CompiledCheck | null): readonly (readonly Actual[])[] {
  const charset = caseCharset(settings.encoding, settings.charset, settings.charset_overrides);
  const decoderSettings = {
    text: readFileSync(join(folder, 'copybook.cpy'), 'latin1'),
    file: join(folder, 'copybook.cpy'),
    sourceFormat: settings.copybook.source_format,
    decimalComma: settings.copybook.decimal_point === 'comma',
    record: settings.copybook.record ?? null,
    dialect: dialectOptions(settings.dialect, settings.floats, settings.odo),
    codepage: charset.codepage,
    national: settings.national,
    check,
  };
  const counted =
    settings.odo_counts === undefined ? null : countedDecoder(decoderSettings, settings.odo_counts, charset.byteTable);
  const decoder = counted ?? caseDecoder(decoderSettings);
  const options: RowOptions = {
    trim: settings.trim,
    table: charset.table,
    signs: settings.encoding === 'ebcdic' ? 'ebcdic-bytes' : (decoderSettings.dialect.asciiSign ?? 'ebcdic'),
    blankDigits: settings.blank_digits === 'ignore',
    nulIsEmpty: false,
    asText: (reading) => (counted?.isCounter(reading) === true ? charset.byteTable : null),
    fillerGroups: settings.filler_groups,
    root: settings.root,
  };
  checkNames(decoder, settings);
  const frames = frameFile(readFileSync(join(folder, 'data.bin')), settings.framing, {
    maximum: Math.max(...decoder.records.map((record) => record.maximumLength)),
    byTables: (bytes) =>
      Math.max(...decoder.read(bytes).map((reading, at) => tableLength(reading, decoder, at, settings))),
    fieldText: (field, bytes) => {
      const [value] = namedValues(field, decoder.read(bytes), bytes, options);
      return value === undefined ? null : valueText(value);
    },
  });
  const rows: (readonly Actual[])[] = [];
  for (const frame of frames) {
    const readings = decoder.read(frame);
    if (!passes(settings, readings, frame, options)) continue;
    const hidden = hiddenViews(readings, settings.redefines, (reading) => {
      const own = bytesOf(reading, frame);
      const blank = own.length > 0 && own.every((byte) => byte === (settings.encoding === 'ebcdic' ? 0x40 : 0x20));
      return { value: itemValue(reading, own, options), blank };
    });
    rows.push(actualRow(readings, frame, hidden, options));
  }
  return sortRows(rows, settings.sort, settings.root);
}

function tableLength(reading: RecordReading, decoder: CaseDecoder, at: number, { odo }: RecordCase): number {
  return odo === 'shifted' ? reading.length : (decoder.records[at]?.maximumLength ?? reading.length);
}

/** Names that the case cannot do without are in its copybook. */
function checkNames(decoder: CaseDecoder, settings: RecordCase): void {
  const needed = [...settings.redefines.map((rule) => rule.by), ...(settings.filter?.keys() ?? []), ...settings.sort];
  if (settings.framing.format === 'length-field') needed.push(settings.framing.field);
  for (const name of needed) {
    if (!decoder.records.some((record) => itemsNamed(record, name).length > 0))
      throw new CaseError(`the copybook has no item ${name}`);
  }
}

function passes(
  settings: RecordCase,
  readings: readonly RecordReading[],
  frame: Uint8Array,
  options: RowOptions,
): boolean {
  return [...(settings.filter ?? [])].every(([name, wanted]) =>
    namedValues(name, readings, frame, options).some((value) =>
      wanted.some((text) => value !== null && hasValue(value, text)),
    ),
  );
}

/** What the items of a name show in one record, in record order. */
function namedValues(name: string, readings: readonly RecordReading[], bytes: Uint8Array, options: RowOptions) {
  return readings.flatMap(({ record, root }) =>
    itemsNamed(record, name).flatMap((item) =>
      fieldsOf(root, item).map((reading: FieldReading) => itemValue(reading, bytesOf(reading, bytes), options)),
    ),
  );
}

function compareRows(
  expected: readonly ExactObject[],
  rows: readonly (readonly Actual[])[],
  settings: RecordCase,
  ignore: ReadonlySet<string>,
): Failure[] {
  const failures: Failure[] = [];
  if (settings.records !== undefined && settings.records !== rows.length) {
    failures.push(caseFailure('', counted(settings.records), counted(rows.length)));
  }
  if (settings.rows !== undefined && settings.rows !== expected.length) {
    failures.push(caseFailure('', counted(settings.rows), `expected.jsonl holds ${counted(expected.length)}`));
  }
  const options: CompareOptions = {
    listedOnly: settings.compare === 'listed',
    ignore,
    absentIsZero: settings.absent_numbers === 'zero',
    rawSuffix: settings.raw_suffix ?? null,
    choices: false,
  };
  for (const [index, row] of expected.entries()) {
    const actual = rows[settings.skip + index];
    if (actual === undefined) {
      failures.push({ record: index + 1, path: '', expected: row, got: null, bytes: '' });
      continue;
    }
    for (const difference of compareRow(row, actual, options)) failures.push({ record: index + 1, ...difference });
  }
  return failures;
}

function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
