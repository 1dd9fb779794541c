import type { Codec } from '../../codec/create-codec.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import type { SourcePosition } from '../../copybook/source-position.ts';
import type { FieldName } from '../../settings/field-chains.ts';
import type { SettingsProblem } from '../../settings/settings-error.ts';
import type { Catalog, FrameType } from './catalog.ts';
import { type EventField, eventField } from './event-field.ts';
import { fieldNamed, fieldProblem, isProblem } from './find-field.ts';

/** A field that an event of some type asks for, and whose it is: of the frame itself, or of the frame it pairs with. */
export interface ScopedField {
  readonly side: 'own' | 'pair';
  readonly field: EventField;
}

/** The fields that the events of a frame type can ask for. */
export interface EventScope {
  readonly type: FrameType;
  /** `null` for a type that pairs with none. */
  readonly pair: FrameType | null;
  /** Find a field as the catalog names it: `request.FIELD`, `response.FIELD`, or `FIELD` of the frame itself. */
  named(text: string, position: SourcePosition): ScopedField | SettingsProblem;
  /**
   * Find a field by its root (`request`, `response`, `frame`; `null` for none) and the names below, in which `_` may stand for `-` unless they
   * are exact.
   */
  below(root: string | null, names: readonly FieldName[], position: SourcePosition): ScopedField | SettingsProblem;
  /** Whether a name is a root. */
  isRoot(name: string): boolean;
}

/** Find the fields that the events of a type can ask for. Throws what the codecs of the type and of its partner throw. */
export function eventScope(type: FrameType, catalog: Catalog): EventScope {
  const pair = type.pairsWith === null ? null : (catalog.typeNamed(type.pairsWith) ?? null);
  const codecs = { own: type.codec(), pair: pair?.codec() ?? null };
  const known = new Map<string, ScopedField | SettingsProblem>();

  const sideOf = (root: string | null): 'own' | 'pair' | null => {
    const role = root?.toLowerCase();
    if (role === undefined || role === 'frame' || role === type.role) return 'own';
    return pair !== null && role === pair.role ? 'pair' : null;
  };

  const find = (
    root: string | null,
    position: SourcePosition,
    nameIn: (record: RecordLayout) => string | SettingsProblem,
  ): ScopedField | SettingsProblem => {
    const side = sideOf(root);
    const codec = side === null ? null : codecs[side];
    if (side === null || codec === null) {
      const message = `${type.name} pairs with no ${root}`;
      return fieldProblem(message, `a field of ${type.name} itself`, position, 'add pairsWith:');
    }
    const where = side === 'own' ? type.name : (pair?.name ?? '');
    const items = new Map<RecordLayout, LayoutItem>();
    let mistake: SettingsProblem | null = null;
    for (const record of codec.records) {
      const name = nameIn(record);
      const found = typeof name === 'string' ? fieldNamed(record, name, position, where) : name;
      if (isProblem(found)) mistake ??= found;
      else items.set(record, found);
    }
    const [item] = items.values();
    if (item === undefined) return mistake ?? fieldProblem(`${where} has no such field`, 'a field', position);
    const key = `${side} ${[...items].map(([record, { index }]) => `${codec.records.indexOf(record)}:${index}`).join()}`;
    const again = known.get(key);
    if (again !== undefined) return again;
    const field = eventField(codec, catalog.header, items);
    const found = field === null ? notOneField(item, codec, position) : { side, field };
    if (field !== null) known.set(key, found);
    return found;
  };

  return {
    type,
    pair,
    named(text, position) {
      const match = /^\s*(request|response)\.(.*)$/is.exec(text);
      return find(match?.[1] ?? null, position, () => match?.[2] ?? text);
    },
    below(root, names, position) {
      return find(root, position, (record) => copybookName(record, names, position));
    },
    isRoot: (name) => ['request', 'response', 'frame'].includes(name),
  };
}

/** The name that an expression writes with `_` for `-`. */
function copybookName(
  record: RecordLayout,
  names: readonly FieldName[],
  position: SourcePosition,
): string | SettingsProblem {
  const parts: string[] = [];
  for (const { text, exact } of names) {
    const meant = new Set(record.items.flatMap(({ name }) => (name !== null && isWritten(name, text) ? [name] : [])));
    if (exact || meant.size === 0) {
      parts.push(text);
    } else if (meant.size === 1) {
      parts.push(...meant);
    } else {
      const message = `${text} may be ${[...meant].join(' or ')}`;
      return fieldProblem(message, 'the name of one field', position, `write frame["${[...meant][0]}"]`);
    }
  }
  return parts.join('.');
}

function isWritten(name: string, text: string): boolean {
  return name.length === text.length && name.replaceAll('-', '_').toUpperCase() === text.toUpperCase();
}

function notOneField(item: LayoutItem, { records }: Codec, position: SourcePosition): SettingsProblem {
  if (item.type === null) {
    const below = item.children.flatMap(({ name }) => name ?? []).slice(0, 8);
    const hint = below.length === 0 ? undefined : `it holds ${below.join(', ')}`;
    return fieldProblem(`${item.path} is a group`, 'a field', position, hint);
  }
  const message = `${item.path} is not the same kind of value in ${records.map(({ name }) => name).join(' and ')}`;
  return fieldProblem(message, 'a field that is text in all records, or a number in all', position);
}
