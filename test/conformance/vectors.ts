import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { fromHex } from '../../src/bytes/hex.ts';
import type { Reading } from '../../src/codec/reading.ts';
import { OverpunchError } from '../../src/errors.ts';
import { actualRow } from './actual-row.ts';
import { caseDecoder } from './case-decoder.ts';
import { type CaseResult, caseFailure, ranCase, skippedCase } from './case-result.ts';
import { check, looseMaps, plainObject, UnknownKeyError } from './case-schema.ts';
import { compareRow, countValues } from './compare.ts';
import type { CompiledCheck } from './compiled-check.ts';
import { type ExactJson, ExactObject, parseExactJson } from './exact-json.ts';
import { foldName } from './fold-name.ts';
import { dialectOptions } from './named-dialects.ts';

const schema = z.preprocess(
  plainObject,
  z.strictObject({
    name: z.string(),
    copybook: z.string().regex(/^[^/\\]+$/, 'a file beside vectors.json'),
    hex: z.string(),
    expected: z.map(z.string(), z.unknown()),
    views: z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(z.string())).default([]),
    record: z.string().optional(),
  }),
);

type Vector = z.output<typeof schema>;

/** Run the vectors of one `vectors.json` (§8). */
export function runVectors(file: string, place: string, compiled: CompiledCheck | null): CaseResult[] {
  let list: ExactJson;
  try {
    list = parseExactJson(readFileSync(file, 'utf8'));
  } catch (error) {
    return [skippedCase(join(place, basename(file)), basename(file), String(error))];
  }
  if (!Array.isArray(list)) return [skippedCase(join(place, basename(file)), basename(file), 'is no list')];
  return list.map((entry: ExactJson, index: number) => {
    const given = entry instanceof ExactObject ? entry.get('name') : undefined;
    const name = join(place, typeof given === 'string' ? given : `${basename(file)}:${index + 1}`);
    try {
      const vector = check(schema, looseMaps(entry));
      const expected = entry instanceof ExactObject ? entry.get('expected') : undefined;
      return runVector(
        name,
        join(dirname(file), vector.copybook),
        vector,
        compiled,
        expected instanceof ExactObject ? expected : new ExactObject([]),
      );
    } catch (error) {
      if (error instanceof UnknownKeyError) return skippedCase(name, error.key, error.reason);
      throw error;
    }
  });
}

function runVector(
  name: string,
  copybook: string,
  vector: Vector,
  compiled: CompiledCheck | null,
  expected: ExactObject,
): CaseResult {
  const counts = { records: 1, values: countValues(expected) };
  const bytes = fromHex(vector.hex);
  if (bytes === null) throw new UnknownKeyError('hex', 'is not hexadecimal');
  if (!existsSync(copybook)) throw new UnknownKeyError('copybook', 'the file is missing');
  try {
    const decoder = caseDecoder({
      text: readFileSync(copybook, 'latin1'),
      file: copybook,
      sourceFormat: 'auto',
      decimalComma: false,
      record: vector.record ?? null,
      dialect: dialectOptions({ base: 'ibm' }, 'ibm-be', 'shifted'),
      codepage: 'cp1140',
      national: 'utf-16be',
      check: compiled,
    });
    const row = actualRow(decoder.read(bytes), bytes, notSelected(vector.views), {
      trim: 'none',
      table: null,
      signs: 'ebcdic-bytes',
      blankDigits: false,
      nulIsEmpty: true,
      asText: () => null,
      fillerGroups: 'drop',
      root: 'drop',
    });
    const differences = compareRow(expected, row, {
      listedOnly: true,
      ignore: new Set(),
      absentIsZero: false,
      rawSuffix: null,
      choices: true,
    });
    return ranCase(
      name,
      counts,
      differences.map((difference) => ({ record: 1, ...difference })),
    );
  } catch (error) {
    if (!(error instanceof OverpunchError)) throw error;
    return ranCase(name, counts, [caseFailure('', 'a copybook that can be read', error.message)]);
  }
}

/** Where a view is selected, the other views of its place are absent. */
function notSelected(views: readonly string[]): (reading: Reading) => boolean {
  const selected = new Set(views.map(foldName));
  const isSelected = (name: string | null): boolean => name !== null && selected.has(foldName(name));
  return ({ item }) => {
    const area = item.redefines === null ? item : firstOf(item);
    return area.views.some((view) => isSelected(view.name)) && !isSelected(item.name);
  };
}

/** The item that a chain of redefinitions starts with. */
function firstOf(item: Reading['item']): Reading['item'] {
  let first = item;
  while (first.redefines !== null) first = first.redefines;
  return first;
}
