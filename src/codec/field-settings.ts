import { printable } from '../bytes/printable.ts';
import { ambiguousName, matchItems, unknownName } from '../copybook/find-item.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { splitUnquoted, unquote } from './rule-syntax.ts';

/** How one item is read: the options, with what `field` options say about it or a group around it. */
export interface FieldSettings {
  readonly codepage: string;
  readonly blank: ResolvedOptions['blank'];
  readonly numbers: ResolvedOptions['numbers'];
  /** `justified`: trailing blanks of most items, leading ones of JUSTIFIED items. */
  readonly trim: 'justified' | ResolvedOptions['trim'];
  /** Read the bytes as something else than the copybook says. */
  readonly as: 'item' | 'hex' | 'packed-unsigned';
}

type Change = (settings: FieldSettings) => FieldSettings;

const choices = {
  blank: ['null', 'zero', 'error'],
  trim: ['right', 'none', 'left', 'both', 'nul'],
} as const;

/**
 * Work out the settings of every item of a record, by item index. A setting on a group or table holds for all below it, and
 * a later option wins.
 *
 * Throws USAGE for a malformed option, UNKNOWN_NAME for a name that none of `records` has, AMBIGUOUS_NAME.
 */
export function fieldSettings(
  record: RecordLayout,
  records: readonly RecordLayout[],
  options: ResolvedOptions,
): readonly FieldSettings[] {
  const start: FieldSettings = {
    codepage: options.codepage,
    blank: options.blank,
    numbers: options.numbers,
    trim: options.trim === 'right' ? 'justified' : options.trim,
    as: 'item',
  };
  const settings = record.items.map(() => start);
  for (const text of options.field) {
    const { name, change } = parseFieldOption(text);
    const found = matchItems(record, name);
    if (found.length === 0 && !records.some((other) => matchItems(other, name).length > 0))
      throw unknownName(records, name);
    if (found.length > 1) throw ambiguousName(found, name);
    for (const item of found) {
      for (const below of itemsBelow(record, item)) settings[below.index] = change(settings[below.index] ?? start);
    }
  }
  return settings;
}

function parseFieldOption(text: string): { readonly name: string; readonly change: Change } {
  const [name = '', ...rest] = splitUnquoted(text, '=');
  const setting = rest.join('=').trim();
  const [kind = '', value = ''] = splitUnquoted(setting, ':').map(unquote);
  const change = changeOf(kind.toLowerCase(), value);
  if (rest.length === 0 || change === null) {
    throw new OverpunchError('USAGE', printable(`${text} is no field setting`), {
      hint: 'write NAME=codepage:…, NAME=blank:null|zero|error, NAME=trim:…, NAME=hex, NAME=string or NAME=packed-unsigned',
    });
  }
  return { name: unquote(name), change };
}

function changeOf(kind: string, value: string): Change | null {
  if (kind === 'codepage' && value !== '') return (settings) => ({ ...settings, codepage: value });
  if (kind === 'blank') {
    const blank = choices.blank.find((choice) => choice === value.toLowerCase());
    return blank === undefined ? null : (settings) => ({ ...settings, blank });
  }
  if (kind === 'trim') {
    const trim = choices.trim.find((choice) => choice === value.toLowerCase());
    return trim === undefined ? null : (settings) => ({ ...settings, trim });
  }
  if (value !== '') return null;
  if (kind === 'string') return (settings) => ({ ...settings, numbers: 'string', as: 'item' });
  if (kind === 'hex' || kind === 'packed-unsigned') return (settings) => ({ ...settings, as: kind });
  return null;
}

/** The item and everything below it: a run of the record's items, which are in preorder. */
export function itemsBelow(record: RecordLayout, item: LayoutItem): readonly LayoutItem[] {
  let end = item.index + 1;
  const inside = (other: LayoutItem | undefined): boolean => {
    for (let group = other?.parent ?? null; group !== null; group = group.parent) if (group === item) return true;
    return false;
  };
  while (inside(record.items[end])) end++;
  return record.items.slice(item.index, end);
}
