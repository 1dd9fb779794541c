import { printable } from '../bytes/printable.ts';
import { ambiguousName, matchItems, unknownName } from '../copybook/find-item.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import type { Codec } from './create-codec.ts';
import { readsNumber } from './field-reader.ts';
import type { FieldReading, Reading, RecordReading } from './reading.ts';
import { splitUnquoted, unquote } from './rule-syntax.ts';
import { type Comparison, type ValueTest, valueTest } from './value-test.ts';

/** Whether a record is wanted. */
export type RecordTest = (reading: RecordReading) => boolean;

/**
 * Compile `where` conditions `FIELD OP VALUE` (`= != < > <= >= in`; `in A,B`), all of which must hold, for records that one or
 * other of the codecs reads.
 *
 * An absent field is false, and one that the record does not have but another one has; of a table one entry that fits is enough.
 * Throws USAGE, UNKNOWN_NAME, AMBIGUOUS_NAME.
 */
export function compileWhere(
  codec: Codec | readonly Codec[],
  expressions: string | readonly string[] | undefined,
): RecordTest {
  const list = expressions === undefined ? [] : typeof expressions === 'string' ? [expressions] : expressions;
  const codecs: readonly Codec[] = 'records' in codec ? [codec] : codec;
  const tests = list.map((expression) => compileOne(codecs, expression));
  return (reading) => tests.every((test) => test(reading));
}

const comparisons: readonly string[] = ['=', '!=', '<', '>', '<=', '>=', 'in'];
const equality: readonly string[] = ['=', '!=', 'in'];

/** A value that the field has no room for is a mistake in the condition: `TYPE = A and …`, `TYPE in ('A','B')`. */
function refuseLongValues(item: LayoutItem, values: readonly string[]): void {
  const long = values.find((value) => value.trim().length > item.length);
  if (long === undefined) return;
  const message = `${item.path} has room for ${item.length} characters, so it is never ${long}`;
  throw new OverpunchError('USAGE', printable(message), {
    hint: 'write one condition, FIELD = VALUE or FIELD in V1,V2; several --where must all hold',
  });
}

function compileOne(codecs: readonly Codec[], expression: string): RecordTest {
  const match = /^\s*(.+?)(?:\s*(!=|<=|>=|=|<|>)\s*|\s+(in)\s+)(.*)$/is.exec(expression);
  const comparison = (match?.[2] ?? match?.[3] ?? '').toLowerCase();
  if (match === null || !isComparison(comparison)) {
    throw new OverpunchError('USAGE', printable(`${expression} is no condition`), {
      hint: "write 'FIELD OP VALUE' with =, !=, <, >, <=, >= or in",
    });
  }
  const name = unquote(match[1] ?? '');
  const text = match[4] ?? '';
  const written = comparison === 'in' ? splitUnquoted(text, ',') : [text];
  if (written.some((value) => value.trim() === '')) {
    throw new OverpunchError('USAGE', printable(`${expression} lacks a value`), { hint: "a blank one is written ''" });
  }
  const values = written.map(unquote);
  const byRecord = new Map<RecordLayout, { readonly way: readonly LayoutItem[]; readonly test: ValueTest }>();
  const candidates = codecs.flatMap((codec) => codec.records.map((record) => ({ codec, record })));
  for (const { codec, record } of candidates) {
    const found = matchItems(record, name);
    const [item] = found;
    if (found.length > 1) throw ambiguousName(found, name);
    if (item === undefined) continue;
    if (item.type === null)
      throw new OverpunchError('USAGE', printable(`${item.path} is a group, and has no value to compare`));
    const settings = codec.settingsOf(item);
    const numeric = readsNumber(item, settings, codec.options);
    if (!numeric && settings?.as === 'item' && equality.includes(comparison)) refuseLongValues(item, values);
    byRecord.set(record, { way: wayTo(item), test: valueTest(item, numeric, comparison, values) });
  }
  if (byRecord.size === 0) {
    const records = candidates.map(({ record }) => record);
    throw unknownName(records, name);
  }
  return (reading) => {
    const found = byRecord.get(reading.record);
    return found !== undefined && anyField(reading.root, found.way, 0, found.test);
  };
}

function isComparison(text: string): text is Comparison {
  return comparisons.includes(text);
}

function wayTo(item: LayoutItem): readonly LayoutItem[] {
  const way: LayoutItem[] = [];
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) way.unshift(at);
  return way;
}

/** Follow the way down, into every entry of the tables on it. */
function anyField(reading: Reading, way: readonly LayoutItem[], depth: number, test: ValueTest): boolean {
  if (reading.kind === 'table') return reading.entries.some((entry) => anyField(entry, way, depth, test));
  if (reading.kind === 'field') return test(reading);
  const next = way[depth + 1];
  return reading.children.some((child) => child.item === next && anyField(child, way, depth + 1, test));
}

/** Every reading of one item in a record: one, those of a table's entries, or none. */
export function fieldsOf(reading: RecordReading, item: LayoutItem): readonly FieldReading[] {
  const found: FieldReading[] = [];
  anyField(reading.root, wayTo(item), 0, (field) => {
    found.push(field);
    return false;
  });
  return found;
}
