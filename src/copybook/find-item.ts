import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { LayoutItem, RecordLayout } from './layout.ts';

const shown = 12; // candidates in a message: more do not help to choose

/**
 * Find the item an option names: `NAME`, any suffix `GROUP.NAME` of its path, or `NAME OF GROUP`; case does not matter.
 *
 * As in COBOL a qualifier may skip groups between; a name that is exactly the end of one path wins over that. Throws
 * UNKNOWN_NAME or AMBIGUOUS_NAME with the candidates.
 */
export function findItem(record: RecordLayout, name: string): LayoutItem {
  const found = matchItems(record, name);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  if (first === undefined) throw unknownName([record], name);
  throw ambiguousName(found, name);
}

/** Every item the name fits: none, the one that is meant, or all candidates. */
export function matchItems(record: RecordLayout, name: string): readonly LayoutItem[] {
  const wanted = nameParts(name);
  const last = wanted.at(-1);
  if (last === undefined) return [];
  const found = record.items.filter((item) => item.name?.toUpperCase() === last && qualifies(item, wanted));
  if (found.length < 2) return found;
  const joined = wanted.join('.');
  const endings = found.filter((item) => `.${item.path.toUpperCase()}`.endsWith(`.${joined}`));
  const exact = found.filter((item) => item.path.toUpperCase() === joined);
  if (exact.length === 1) return exact;
  return endings.length > 0 ? endings : found;
}

/** The error for a name that none of the records has. */
export function unknownName(records: readonly RecordLayout[], name: string): OverpunchError {
  const names = new Set(records.flatMap((record) => record.items.flatMap((item) => item.name ?? [])));
  const wanted = nameParts(name).at(-1) ?? '';
  const ranked = [...names]
    .map((candidate) => ({ candidate, distance: likeness(candidate.toUpperCase(), wanted) }))
    .sort((a, b) => b.distance - a.distance)
    .slice(0, shown);
  const more = names.size > shown ? ', …' : '';
  const list = ranked.map(({ candidate }) => candidate).join(', ');
  return new OverpunchError('UNKNOWN_NAME', printable(`no field is named ${name}; there are ${list}${more}`), {
    hint: 'names in options are those of the copybook: NAME or GROUP.NAME',
  });
}

/** The error for a name that fits several items. */
export function ambiguousName(found: readonly LayoutItem[], name: string): OverpunchError {
  const list = found.slice(0, shown).map((item) => item.path);
  const more = found.length > shown ? ', …' : '';
  return new OverpunchError('AMBIGUOUS_NAME', printable(`${name} may be ${list.join(', ')}${more}`), {
    hint: 'qualify it with its group: GROUP.NAME',
  });
}

/** Upper-case parts, outermost first. */
function nameParts(name: string): readonly string[] {
  const upper = name.trim().toUpperCase();
  const parts = upper.split(/\s+OF\s+/);
  const joined = parts.length > 1 ? parts.reverse().join('.') : upper;
  return joined.split('.').map((part) => part.trim());
}

function qualifies(item: LayoutItem, wanted: readonly string[]): boolean {
  let at = wanted.length - 2;
  for (let group = item.parent; group !== null && at >= 0; group = group.parent) {
    if ((group.name ?? 'FILLER').toUpperCase() === wanted[at]) at--;
  }
  return at < 0;
}

/** How alike two names are: the pairs of neighbouring characters they share, relative to their number. */
function likeness(a: string, b: string): number {
  const pairs = (text: string): Set<string> =>
    new Set(Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)));
  const [left, right] = [pairs(a), pairs(b)];
  let common = 0;
  for (const pair of left) if (right.has(pair)) common++;
  return (2 * common) / Math.max(1, left.size + right.size);
}
