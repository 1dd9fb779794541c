import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { fromHex } from '../../src/bytes/hex.ts';
import { layoutOf, parseCopybook } from '../../src/copybook/index.ts';
import type { LayoutItem } from '../../src/copybook/layout.ts';
import { OverpunchError } from '../../src/errors.ts';
import { caseCharset } from './case-charset.ts';
import { type CaseResult, caseFailure, type Failure, ranCase, skippedCase } from './case-result.ts';
import {
  type CaseDialect,
  check,
  looseMaps,
  parseDialect,
  plainObject,
  UnknownKeyError,
  wholeNumber,
} from './case-schema.ts';
import { copybookLines } from './copybook-lines.ts';
import { type ExactJson, ExactObject, jsonLines, parseExactJson } from './exact-json.ts';
import { foldName } from './fold-name.ts';
import { dialectOptions } from './named-dialects.ts';

const item = z.preprocess(
  plainObject,
  z.strictObject({
    name: z.string().nullable(),
    level: wholeNumber(1),
    offset: wholeNumber(0),
    length: wholeNumber(0),
    occurs: wholeNumber(0).nullish(),
    depending_on: z.string().nullish(),
    redefines: z.string().nullish(),
  }),
);
const line = z.preprocess(
  plainObject,
  z.strictObject({
    name: z.string(),
    dialect: z.unknown(),
    source_format: z.enum(['fixed', 'free', 'auto']).default('auto'),
    scope: z.literal('elementary').optional(),
    copybook_text: z.string().optional(),
    copybook_hex: z.string().optional(),
    copybook_charset: z.string().default('cp037'),
    layout: z.array(item),
  }),
);

type ExpectedItem = z.output<typeof item>;

/** Run the layouts of one file of a folder `layouts` (§10), one case a line. */
export function runLayouts(file: string, place: string): CaseResult[] {
  return jsonLines(readFileSync(file, 'utf8')).map((text, index) => {
    let name = `${join(place, basename(file))}:${index + 1}`;
    try {
      const json = parseExactJson(text);
      name = `${name} ${nameOf(json)}`.trimEnd();
      const parsed = check(line, looseMaps(json));
      return runLayout(
        name,
        parsed,
        parseDialect((json instanceof ExactObject ? json.get('dialect') : undefined) ?? 'ibm'),
      );
    } catch (error) {
      if (error instanceof UnknownKeyError) return skippedCase(name, error.key, error.reason);
      if (error instanceof SyntaxError) return skippedCase(name, `line ${index + 1}`, error.message);
      throw error;
    }
  });
}

function nameOf(json: ExactJson): string {
  const given = json instanceof ExactObject ? json.get('name') : undefined;
  return typeof given === 'string' ? given : '';
}

function runLayout(name: string, expected: z.output<typeof line>, dialect: CaseDialect): CaseResult {
  const counts = { records: 0, values: expected.layout.length };
  const text = copybookText(expected);
  try {
    const parsed = parseCopybook(text, { file: name, sourceFormat: expected.source_format });
    const { records } = layoutOf(parsed, dialectOptions(dialect));
    const elementary = expected.scope === 'elementary';
    const items = records
      .flatMap((record) => record.items)
      .filter(({ level, type }) => level > 0 && (!elementary || type !== null));
    return ranCase(name, counts, compareItems(expected.layout, items, elementary));
  } catch (error) {
    if (!(error instanceof OverpunchError)) throw error;
    return ranCase(name, counts, [caseFailure('', 'a copybook that can be read', error.message)]);
  }
}

function copybookText({ copybook_text, copybook_hex, copybook_charset }: z.output<typeof line>): string {
  if (copybook_text !== undefined) return copybook_text;
  const bytes = copybook_hex === undefined ? null : fromHex(copybook_hex);
  if (bytes === null)
    throw new UnknownKeyError(copybook_hex === undefined ? 'copybook_text' : 'copybook_hex', 'is no copybook');
  return copybookLines(bytes, caseCharset('ebcdic', copybook_charset).byteTable);
}

/** Pair the items in order; where names differ, the nearest pair further on shows which are missing and which are extra. */
function compareItems(expected: readonly ExpectedItem[], got: readonly LayoutItem[], elementary: boolean): Failure[] {
  const failures: Failure[] = [];
  let [left, right] = [0, 0];
  while (left < expected.length || right < got.length) {
    const [skipLeft, skipRight] = nextPair(expected.slice(left), got.slice(right));
    for (const missing of expected.slice(left, left + skipLeft)) {
      failures.push(caseFailure(missing.name ?? 'FILLER', 'an item', null));
    }
    for (const extra of got.slice(right, right + skipRight)) failures.push(caseFailure(extra.path, null, 'an item'));
    left += skipLeft;
    right += skipRight;
    const [wanted, item] = [expected[left++], got[right++]];
    if (wanted !== undefined && item !== undefined) failures.push(...compareItem(wanted, item, elementary));
  }
  return failures;
}

function nextPair(expected: readonly ExpectedItem[], got: readonly LayoutItem[]): [number, number] {
  for (let distance = 0; distance < expected.length + got.length; distance++) {
    for (let skipLeft = 0; skipLeft <= distance; skipLeft++) {
      const [wanted, item] = [expected[skipLeft], got[distance - skipLeft]];
      if (wanted !== undefined && item !== undefined && sameName(wanted.name, item.name))
        return [skipLeft, distance - skipLeft];
    }
  }
  return [expected.length, got.length];
}

function sameName(wanted: string | null, name: string | null): boolean {
  return foldName(wanted ?? 'FILLER') === foldName(name ?? 'FILLER');
}

function compareItem(wanted: ExpectedItem, item: LayoutItem, elementary: boolean): Failure[] {
  const failures: Failure[] = [];
  const differ = (member: string, expected: unknown, got: unknown): void => {
    if (expected !== got)
      failures.push(caseFailure(item.path, `${member} ${String(expected)}`, `${member} ${String(got)}`));
  };
  const folded = (name: string | null | undefined): string | null => (name == null ? null : foldName(name));
  differ('level', wanted.level, item.level);
  differ('offset', wanted.offset, item.offset);
  differ('length', wanted.length, item.length);
  if (elementary && wanted.occurs === undefined) return failures;
  differ('occurs', wanted.occurs ?? null, item.occurs?.maximum ?? null);
  if (folded(wanted.depending_on) !== folded(item.occurs?.counterName)) {
    differ('depending_on', folded(wanted.depending_on), folded(item.occurs?.counterName?.split(' ')[0]));
  }
  differ('redefines', folded(wanted.redefines), folded(item.redefines?.name));
  return failures;
}
