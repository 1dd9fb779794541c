import { matchItems } from '../../copybook/find-item.ts';
import type { LayoutItem } from '../../copybook/layout.ts';
import type { Literal } from '../../copybook/syntax.ts';
import type { Catalog, FrameType } from './catalog.ts';

/**
 * List what a member of an event can be by the level 88 entries of its fields, as text: numbers without leading zeros. `null` where a field has none of
 * them, or ranges, and where no event has the member. Throws what copybooks throw.
 */
export function listedValues(catalog: Catalog, event: string, member: string): readonly string[] | null {
  const found = new Set<string>();
  for (const type of catalog.types) {
    for (const { event: name, fields } of type.events) {
      const field = name === event && Object.hasOwn(fields, member) ? fields[member] : undefined;
      if (field === undefined) continue;
      const items = itemsOf(field, type, catalog);
      if (items.length === 0) return null;
      for (const item of items) {
        const values = valuesOf(item);
        if (values === null) return null;
        for (const value of values) found.add(value);
      }
    }
  }
  return found.size === 0 ? null : [...found];
}

/** The items of the records of a type, or of its partner, that a mapping names. */
function itemsOf(field: string, type: FrameType, catalog: Catalog): readonly LayoutItem[] {
  const [, side, name = ''] = /^\s*(?:(request|response)\.)?(.*)$/is.exec(field) ?? [];
  const isOwn = side === undefined || side.toLowerCase() === type.role;
  const owner = isOwn ? type : type.pairsWith === null ? undefined : catalog.typeNamed(type.pairsWith);
  return owner?.codec().records.flatMap((record) => matchItems(record, name)) ?? [];
}

function valuesOf({ conditions, type }: LayoutItem): readonly string[] | null {
  const values: string[] = [];
  const isText = type?.kind === 'text' || type?.kind === 'edited';
  for (const { from, through } of conditions.flatMap((condition) => condition.values)) {
    const value = through === null ? textOf(from, isText) : null;
    if (value === null) return null;
    values.push(value);
  }
  return values.length === 0 ? null : values;
}

function textOf(literal: Literal, isText: boolean): string | null {
  if (literal.kind === 'number') return isText ? literal.text : String(Number(literal.text));
  if (literal.kind === 'figurative') return literal.word === 'SPACE' && isText ? '' : null;
  if (literal.kind !== 'string') return null;
  const text = literal.text.trimEnd();
  switch (literal.form) {
    case 'alphanumeric':
    case 'national':
    case 'utf8':
      return isText ? text : /^[0-9]+$/.test(text) ? String(Number(text)) : null;
    case 'boolean':
      return String(Number.parseInt(text, 2));
    default:
      return null; // bytes, not characters
  }
}
