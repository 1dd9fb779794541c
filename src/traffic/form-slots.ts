import type { Codec } from '../codec/create-codec.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import { type FieldForm, fieldForm } from './field-form.ts';
import type { WordPool } from './word-pool.ts';

/** What a form is made of besides the codec. */
export interface FormOptions {
  /** Text fields that hold numbers. */
  readonly digits: ReadonlySet<string>;
  /** Views of redefined areas; the first of others. */
  readonly views: ReadonlySet<string>;
}

/** Where the fields of a record have their numbers. */
export interface FormSlots {
  readonly record: RecordLayout;
  /** Numbers of a whole frame, every table at its maximum. */
  readonly size: number;
  /** Elementary items, FILLER too. */
  readonly fields: ReadonlyMap<LayoutItem, FieldPlace>;
  readonly tables: ReadonlyMap<LayoutItem, TablePlace>;
  /** The view that stands for a redefined area, by the area's first item. */
  readonly views: ReadonlyMap<LayoutItem, LayoutItem>;
}

/** The number of a field. */
export interface FieldPlace {
  readonly form: FieldForm;
  /** Tables around the field. */
  readonly depth: number;
  /** Counted from the entry of the innermost of them. */
  readonly relative: number;
  /** Of the first entries. */
  readonly index: number;
  /** The tables around it, outermost first: how far apart two entries have their numbers, and how many there may be. */
  readonly strides: readonly number[];
  readonly maxima: readonly number[];
  /** What it may be as the counter of tables. */
  readonly counts: { readonly minimum: number; readonly maximum: number } | null;
}

/** The numbers of a table's entries. */
export interface TablePlace {
  readonly relative: number;
  readonly stride: number;
}

/** Give every field of a record its place among the numbers of a frame. */
export function formSlots(record: RecordLayout, codec: Codec, words: WordPool, options: FormOptions): FormSlots {
  const fields = new Map<LayoutItem, FieldPlace>();
  const tables = new Map<LayoutItem, TablePlace>();
  const views = new Map<LayoutItem, LayoutItem>();

  const counts = countLimits(record);

  /** Place an item that starts at `relative`; returns where the next one starts. */
  const place = (item: LayoutItem, relative: number, around: Around): number => {
    if (item.occurs === null) return placeEntry(item, relative, around);
    const stride = entrySize(item);
    const { maximum } = item.occurs;
    tables.set(item, { relative, stride });
    const { base, strides, maxima } = around;
    placeEntry(item, 0, { base: base + relative, strides: [...strides, stride], maxima: [...maxima, maximum] });
    return relative + stride * maximum;
  };
  const placeEntry = (item: LayoutItem, relative: number, around: Around): number => {
    if (item.type !== null) {
      const { base, strides, maxima } = around;
      const form = fieldForm(item, codec, words, options.digits.has(item.name ?? ''));
      const limits = counts.get(item) ?? null;
      fields.set(item, {
        form,
        depth: strides.length,
        relative,
        index: base + relative,
        strides,
        maxima,
        counts: limits,
      });
      return relative + 1;
    }
    let next = relative;
    for (const child of chosen(item)) next = place(child, next, around);
    return next;
  };
  const entrySize = (item: LayoutItem): number => {
    if (item.type !== null) return 1;
    return chosen(item).reduce((sum, child) => sum + entrySize(child) * (child.occurs?.maximum ?? 1), 0);
  };
  const chosen = (group: LayoutItem): readonly LayoutItem[] =>
    group.children
      .filter((child) => child.redefines === null)
      .map((first) => {
        const view = first.views.find(({ name }) => name !== null && options.views.has(name)) ?? first;
        views.set(first, view);
        return view;
      });

  const size = place(record.root, 0, { base: 0, strides: [], maxima: [] });
  return { record, size, fields, tables, views };
}

/** What is known about the tables around an item. */
interface Around {
  readonly base: number;
  readonly strides: readonly number[];
  readonly maxima: readonly number[];
}

/** The numbers of entries that counters may ask for: what all their tables allow. */
function countLimits(record: RecordLayout): Map<LayoutItem, { minimum: number; maximum: number }> {
  const limits = new Map<LayoutItem, { minimum: number; maximum: number }>();
  for (const { occurs } of record.items) {
    if (occurs?.counter == null) continue;
    const { minimum, maximum } = limits.get(occurs.counter) ?? { minimum: 0, maximum: Number.POSITIVE_INFINITY };
    limits.set(occurs.counter, {
      minimum: Math.max(minimum, occurs.minimum),
      maximum: Math.min(maximum, occurs.maximum),
    });
  }
  return limits;
}
