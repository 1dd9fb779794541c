import * as z from 'zod';
import type { LayoutItem, RecordLayout } from '../../src/copybook/layout.ts';
import { usageWords } from '../../src/copybook/usage-words.ts';
import { caseFailure, type Failure } from './case-result.ts';
import { plainObject, wholeNumber } from './case-schema.ts';

/** One item of a stored layout (§9). */
export const layoutItem = z.preprocess(
  plainObject,
  z.looseObject({
    name: z.string(),
    path: z.string(),
    level: wholeNumber(1),
    offset: wholeNumber(0),
    length: wholeNumber(0),
    kind: z.string(),
    pic: z.string().nullish(),
    usage: z.string().nullish(),
    occurs: z.array(z.tuple([wholeNumber(0), wholeNumber(0), z.string().nullable()])).default([]),
    /** `null` where a table never has two occurrences. */
    strides: z.array(wholeNumber(0).nullable()).default([]),
    redef: z.string().nullish(),
    sign: z.string().nullish(),
    sync: z.boolean().default(false),
    just: z.boolean().default(false),
    bwz: z.boolean().default(false),
    renames: z.array(z.string()).optional(),
  }),
);
export type StoredItem = z.output<typeof layoutItem>;

/** Compare a stored layout with the product's, item by item; one failure for each member that differs. */
export function compareStoredLayout(
  expected: readonly StoredItem[],
  maximumLength: number,
  layout: RecordLayout,
): Failure[] {
  const failures: Failure[] = [];
  const differ = (path: string, member: string, wanted: unknown, got: unknown): void => {
    if (wanted !== got) failures.push(caseFailure(path, `${member} ${String(wanted)}`, `${member} ${String(got)}`));
  };
  differ('', 'max_length', maximumLength, layout.maximumLength);
  const items = expected.filter((item) => item.kind !== 'renames');
  differ('', 'items', items.length, layout.items.length);
  for (const [index, stored] of items.entries()) {
    const item = layout.items[index];
    const path = named(stored.path);
    if (item === undefined) failures.push(caseFailure(path, 'an item', null));
    else for (const [member, wanted, got] of members(stored, item)) differ(path, member, wanted, got);
  }
  for (const stored of expected.filter((item) => item.kind === 'renames')) {
    const path = named(stored.path);
    const found = layout.renames.find(({ name }) => name.toUpperCase() === stored.name.toUpperCase());
    if (found === undefined) {
      failures.push(caseFailure(path, 'a level 66 item', null));
      continue;
    }
    differ(path, 'offset', stored.offset, found.offset);
    differ(path, 'length', stored.length, found.length);
    const ends = found.from === found.through ? [found.from.name] : [found.from.name, found.through.name];
    if (stored.renames !== undefined) differ(path, 'renames', upper(stored.renames.join(' ')), upper(ends.join(' ')));
  }
  const renames = expected.length - items.length;
  differ('', 'level 66 items', renames, layout.renames.length);
  return failures;
}

type Member = readonly [name: string, wanted: unknown, got: unknown];

function members(stored: StoredItem, item: LayoutItem): Member[] {
  const { type } = item;
  const tables = tablesAround(item);
  const list: Member[] = [
    ['path', upper(named(stored.path)), upper(item.path)],
    ['level', stored.level, item.level],
    ['offset', stored.offset, item.offset],
    ['length', stored.length, item.length],
    ['kind', stored.kind, kindOf(item)],
    ['pic', upper(stored.pic), upper(item.picture)],
    ['occurs', JSON.stringify(stored.occurs).toUpperCase(), JSON.stringify(tables.map(bounds)).toUpperCase()],
    ['strides', stored.strides.join(' '), tables.map((table, at) => strideOf(table, stored.strides[at])).join(' ')],
    ['redef', upper(stored.redef), upper(item.redefines?.name)],
    ['just', stored.just, (type?.kind === 'text' || type?.kind === 'edited') && type.justified],
    ['bwz', stored.bwz, (type?.kind === 'zoned' || type?.kind === 'edited') && type.blankWhenZero],
  ];
  if (stored.sync) list.push(['sync', true, item.synchronized]);
  if (stored.usage != null && type !== null)
    list.push(['usage', usageWords.get(stored.usage) ?? stored.usage, item.usage]);
  if (stored.sign != null && type?.kind === 'zoned') {
    list.push(['sign', stored.sign, `${type.sign.toUpperCase()}${type.separate ? ' SEPARATE' : ''}`]);
  }
  return list;
}

function kindOf({ type, usage, length }: LayoutItem): string {
  if (type === null) return 'group';
  switch (type.kind) {
    case 'edited':
      return type.numeric ? 'edited' : 'edited-text';
    case 'float':
      return length === 4 ? 'float32' : 'float64';
    case 'binary':
      if (usage === 'INDEX' || usage === 'POINTER') return usage.toLowerCase();
      return type.native ? 'binary-native' : 'binary';
    case 'text':
      return type.encoding === 'single-byte' ? 'text' : type.encoding;
    default:
      return type.kind;
  }
}

/** The tables an item is in, itself included, outermost first. */
function tablesAround(item: LayoutItem): readonly LayoutItem[] {
  const around = item.parent === null ? [] : tablesAround(item.parent);
  return item.occurs === null ? around : [...around, item];
}

function bounds({ occurs }: LayoutItem): readonly [number, number, string | null] {
  return [occurs?.minimum ?? 1, occurs?.maximum ?? 1, occurs?.counterName?.split(' ')[0] ?? null];
}

/** The stride of a table, left out where nothing is known to compare it with. */
function strideOf({ occurs }: LayoutItem, stored: number | null | undefined): number | null {
  return stored === null ? null : (occurs?.stride ?? null);
}

/** A stored path in the product's form: names joined by `.`, FILLER for items without one. */
function named(path: string): string {
  return path
    .split('/')
    .map((name) => (/^ZZF-[0-9]+$/.test(name) ? 'FILLER' : name))
    .join('.');
}

function upper(text: string | null | undefined): string | null {
  return text?.toUpperCase() ?? null;
}
