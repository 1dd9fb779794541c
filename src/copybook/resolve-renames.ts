import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { LayoutItem, LayoutRenames } from './layout.ts';
import type { NameIndex } from './name-index.ts';
import type { RenamesEntry } from './syntax.ts';
import { totalBits } from './total-bits.ts';

/** Fifth pass: give every level 66 entry the bytes from its first item to the end of its last one. */
export function resolveRenames(entries: readonly RenamesEntry[], index: NameIndex<LayoutItem>): LayoutRenames[] {
  return entries.map((entry) => {
    const from = findOne(entry, entry.from, index);
    const through = entry.through === null ? from : findOne(entry, entry.through, index);
    const end = through.offset + totalLength(through);
    if (through.offset < from.offset || end <= from.offset || (entry.through !== null && through === from)) {
      fail(entry, 'RENAMES_RANGE', `ends with ${entry.through?.[0]}, which does not come after ${entry.from[0]}`);
    }
    return {
      name: entry.name,
      from,
      through,
      offset: from.offset,
      length: end - from.offset,
      position: entry.position,
    };
  });
}

function totalLength(item: LayoutItem): number {
  return Math.ceil((item.bit + totalBits(item)) / 8);
}

function findOne(entry: RenamesEntry, names: readonly string[], index: NameIndex<LayoutItem>): LayoutItem {
  const found = index.find(names);
  const name = names.join(' OF ');
  if (found.length > 1) fail(entry, 'NAME_AMBIGUOUS', `renames ${name}, the name of ${found.length} items`);
  const item = found[0];
  if (item === undefined) fail(entry, 'RENAMES_UNKNOWN', `renames ${name}, which is no item of the record`);
  if (item.level === 1 || item.level === 77) fail(entry, 'RENAMES_RANGE', `renames ${name}, which is a whole record`);
  return item;
}

function fail(entry: RenamesEntry, code: Code, what: string): never {
  throw new CopybookError({
    code,
    severity: 'error',
    position: entry.position,
    message: `${entry.name} ${what}`,
    expected: 'the name of an item of the record before it, and with THRU one that comes after it',
  });
}
