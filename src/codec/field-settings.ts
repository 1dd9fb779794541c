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
  readonly as: 'item' | 'hex' | 'bits' | 'packed-unsigned';
  /** Decimals that the stored digits or bits of a number have, whatever its picture says; `null`: those of the picture. */
  readonly scale: number | null;
}

/** Whether a field is given as its bytes or bits: a number has digits then too, but they are not its value. */
export function isRaw(settings: FieldSettings | undefined): boolean {
  return settings?.as === 'hex' || settings?.as === 'bits';
}

type Change = (settings: FieldSettings) => FieldSettings;

const maximumScale = 38; // the digits of the longest number that COBOL compilers take

const choices = {
  blank: ['null', 'zero', 'error'],
  trim: ['right', 'none', 'left', 'both', 'nul'],
} as const;

/**
 * Work out the settings of every item of a record, by item index. A setting on a group or table holds for all below it, and
 * a later option wins.
 *
 * Throws USAGE for a malformed option or a scale of something that has none, UNKNOWN_NAME for a name that none of `records` has, AMBIGUOUS_NAME.
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
    scale: null,
  };
  const settings = record.items.map(() => start);
  const scaled = new Map<LayoutItem, string>();
  for (const text of options.field) {
    const { name, change } = parseFieldOption(text);
    const found = matchItems(record, name);
    if (found.length === 0 && !records.some((other) => matchItems(other, name).length > 0))
      throw unknownName(records, name);
    if (found.length > 1) throw ambiguousName(found, name);
    for (const item of found) {
      if (item.type !== null && change(start).scale !== null) scaled.set(item, text);
      for (const below of itemsBelow(record, item)) {
        const changed = change(settings[below.index] ?? start);
        // Bits need not start at a byte, so they hold no bytes of digits.
        const unpacked = changed.as === 'packed-unsigned' && below.type?.kind === 'bits';
        settings[below.index] = unpacked ? { ...changed, as: 'item' } : changed;
      }
    }
  }
  for (const [item, text] of scaled) {
    if (!hasScale(item, settings[item.index] ?? start)) throw unscalable(item, text);
  }
  return settings;
}

/** Whether a field is stored as an integer, so that it may have any number of decimals. */
function hasScale({ type }: LayoutItem, { as }: FieldSettings): boolean {
  if (as !== 'item' || type === null) return true;
  return type.kind === 'bits' || type.kind === 'zoned' || type.kind === 'packed' || type.kind === 'binary';
}

function unscalable(item: LayoutItem, text: string): OverpunchError {
  return new OverpunchError('USAGE', printable(`${text}: ${item.path} is not stored as an integer`), {
    hint: 'scale is for zoned, packed, binary and bit fields; for others leave it out',
  });
}

function parseFieldOption(text: string): { readonly name: string; readonly change: Change } {
  const [name = '', ...rest] = splitUnquoted(text, '=');
  const setting = rest.join('=').trim();
  const [kind = '', value = ''] = splitUnquoted(setting, ':').map(unquote);
  const change = changeOf(kind.toLowerCase(), value);
  if (rest.length === 0 || change === null) {
    throw new OverpunchError('USAGE', printable(`${text} is no field setting`), {
      hint: `write NAME=codepage:…, NAME=blank:null|zero|error, NAME=trim:…, NAME=scale:0 to ${maximumScale}, NAME=hex, NAME=bits, NAME=string or NAME=packed-unsigned`,
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
  if (kind === 'scale') {
    const scale = /^\d{1,2}$/.test(value) ? Number(value) : maximumScale + 1;
    return scale > maximumScale ? null : (settings) => ({ ...settings, scale });
  }
  if (value !== '') return null;
  if (kind === 'string') return (settings) => ({ ...settings, numbers: 'string', as: 'item' });
  if (kind === 'hex' || kind === 'bits' || kind === 'packed-unsigned') return (settings) => ({ ...settings, as: kind });
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
