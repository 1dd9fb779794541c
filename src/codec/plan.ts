import { type GroupPart, partsOf } from '../copybook/item-places.ts';
import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import type { ResolvedOptions } from './codec-options.ts';
import { fieldReader, type PreparedField } from './field-reader.ts';
import type { FieldSettings } from './field-settings.ts';
import type { FieldReader } from './scalar.ts';
import type { ValueTest } from './value-test.ts';
import type { ViewRule } from './view-rules.ts';

/**
 * A record's items as the reader walks them. Positions are bits, since items may start at one.
 *
 * Where a node stands follows from where the part of its group before it ends (`placeOf`): under OCCURS DEPENDING ON it moves up by
 * what the tables before it leave out, and its slack with it.
 */
export type PlanNode = FieldNode | GroupNode | TableNode | AreaNode;

interface NodeBase {
  readonly item: LayoutItem;
  /** See GroupPart; views of a redefined area stand where the area does. */
  readonly bitAligned: boolean;
  readonly slackBits: number;
  /** Bits at maximum counts, all occurrences of a table together. */
  readonly bits: number;
  /** The bits it takes depend on the data. */
  readonly dynamic: boolean;
  /** Holds a field whose value is kept for counters or rules, which is read even in views that are absent. */
  readonly kept: boolean;
}

/** An elementary item. */
export interface FieldNode extends NodeBase {
  readonly kind: 'field';
  /** `null` for elementary FILLER that is left out: nobody can name it, so it is not read either. */
  readonly read: FieldReader | null;
  readonly partial: boolean;
  /** Where the last value of a counter or discriminator is kept, −1 for all others. */
  readonly slot: number;
}

/** A group, or one entry of a table of groups. */
export interface GroupNode extends NodeBase {
  readonly kind: 'group';
  readonly parts: readonly PlanNode[];
}

/** An item with OCCURS. */
export interface TableNode extends NodeBase {
  readonly kind: 'table';
  readonly entry: FieldNode | GroupNode;
  readonly strideBits: number;
  readonly minimum: number;
  readonly maximum: number;
  /** `null` for a table without a counter in this record: all its entries count. */
  readonly counter: KeptField | null;
  /** Only the counted entries take room (`odo: shifted`, `padded`). */
  readonly shifts: boolean;
}

/** A redefined area: as long as its longest view at maximum counts. */
export interface AreaNode extends NodeBase {
  readonly kind: 'area';
  readonly views: readonly ViewNode[];
  /** Tried in order; `null` for an area without rules. */
  readonly rules: readonly PlannedRule[] | null;
  /** Outside of every table: which view it takes says what the record is. */
  readonly top: boolean;
}

/** What stands for one item; areas stand for several. */
export type ViewNode = FieldNode | GroupNode | TableNode;

/** A field whose value decides something elsewhere. */
export interface KeptField {
  readonly item: LayoutItem;
  readonly slot: number;
  /** It stands before what it decides: the last value read holds. Otherwise it is looked up at its place. */
  readonly before: boolean;
  /** The closest group that holds both, and the items from there down to the field, the field last. */
  readonly common: LayoutItem | null;
  readonly way: readonly LayoutItem[];
}

/** A view rule with the place of its discriminator. */
export interface PlannedRule {
  /** `null` for a constant rule, which always fits. */
  readonly field: KeptField | null;
  readonly fits: ValueTest;
  /** Index among the area's views. */
  readonly view: number;
}

/** The plan of one record. */
export interface RecordPlan {
  readonly record: RecordLayout;
  readonly root: ViewNode;
  readonly slots: number;
  /** Nodes of elementary items and groups by item index; of a table the entry. */
  readonly nodes: ReadonlyMap<number, FieldNode | GroupNode>;
  /** Some counter or discriminator stands behind or inside what it decides. */
  readonly looksAhead: boolean;
}

/** What the plan needs to know besides the record. */
export interface PlanInput {
  readonly record: RecordLayout;
  readonly options: ResolvedOptions;
  readonly settings: readonly FieldSettings[];
  /** Rules by the index of the first item of an area. */
  readonly rules: ReadonlyMap<number, readonly ViewRule[]>;
}

/** Turn a record's layout into the nodes the reader walks, each with its reader prepared. Throws UNKNOWN_CODE_PAGE. */
export function planRecord(input: PlanInput): RecordPlan {
  const { record, options } = input;
  const slots = new Map<number, number>();
  const keep = (item: LayoutItem): void => {
    if (!slots.has(item.index)) slots.set(item.index, slots.size);
  };
  for (const item of record.items) if (item.occurs?.counter != null) keep(item.occurs.counter);
  for (const rule of [...input.rules.values()].flat()) if (rule.discriminator !== null) keep(rule.discriminator);
  const nodes = new Map<number, FieldNode | GroupNode>();
  let looksAhead = false;
  const shifting = options.odo !== 'maximum';

  const planField = (item: LayoutItem, start: Start): FieldNode => {
    const unnamed = item.name === null && options.filler === 'drop' && item.parent !== null;
    const settings = input.settings[item.index];
    const prepared: PreparedField | null =
      unnamed || settings === undefined ? null : fieldReader(item, settings, options);
    const slot = slots.get(item.index) ?? -1;
    const node: FieldNode = {
      kind: 'field',
      item,
      ...start,
      bits: item.bitLength,
      dynamic: false,
      kept: slot >= 0,
      read: prepared?.read ?? null,
      partial: prepared?.partial ?? false,
      slot,
    };
    nodes.set(item.index, node);
    return node;
  };

  const planOne = (item: LayoutItem, start: Start, inTable: boolean): FieldNode | GroupNode => {
    if (item.type !== null) return planField(item, start);
    const parts = partsOf(item).map((part) => planPart(part, inTable));
    const dynamic = parts.some((part) => part.dynamic);
    const isKept = parts.some((part) => part.kept);
    const node: GroupNode = { kind: 'group', item, ...start, bits: item.bitLength, dynamic, kept: isKept, parts };
    nodes.set(item.index, node);
    return node;
  };

  const planView = (item: LayoutItem, start: Start, inTable: boolean): ViewNode => {
    const { occurs } = item;
    if (occurs === null) return planOne(item, start, inTable);
    const entry = planOne(item, { ...start, slackBits: 0 }, true);
    const shifts = shifting && occurs.counterName !== null;
    return {
      kind: 'table',
      item,
      ...start,
      bits: occurs.strideBits * occurs.maximum,
      dynamic: shifts || entry.dynamic,
      kept: entry.kept,
      entry,
      strideBits: occurs.strideBits,
      minimum: occurs.minimum,
      maximum: occurs.maximum,
      counter: occurs.counter === null ? null : kept(occurs.counter, item),
      shifts,
    };
  };

  const kept = (item: LayoutItem, decided: LayoutItem): KeptField => {
    const before = item.index < decided.index;
    if (!before) looksAhead = true;
    return { item, slot: slots.get(item.index) ?? -1, before, ...wayBetween(decided, item) };
  };

  const planRule = (rule: ViewRule, area: LayoutItem): PlannedRule => ({
    field: rule.discriminator === null ? null : kept(rule.discriminator, area),
    fits: rule.fits,
    view: area.views.indexOf(rule.view),
  });

  const planPart = ({ first: item, bitAligned, slackBits, bits }: GroupPart, inTable: boolean): PlanNode => {
    const start = { bitAligned, slackBits };
    if (item.views.length < 2) return planView(item, start, inTable);
    const views = item.views.map((view) => planView(view, { bitAligned, slackBits: 0 }, inTable));
    return {
      kind: 'area',
      item,
      ...start,
      bits,
      dynamic: false,
      kept: views.some((view) => view.kept),
      views,
      rules: input.rules.get(item.index)?.map((rule) => planRule(rule, item)) ?? null,
      top: !inTable,
    };
  };

  const root = planView(record.root, { bitAligned: record.root.bitAligned, slackBits: 0 }, false);
  return { record, root, slots: slots.size, nodes, looksAhead };
}

/** What a node knows about where it starts. */
type Start = Pick<NodeBase, 'bitAligned' | 'slackBits'>;

/** The items from below the record's root down to an item. */
export function wayDown(item: LayoutItem): readonly LayoutItem[] {
  const way: LayoutItem[] = [];
  for (let at = item; at.parent !== null; at = at.parent) way.unshift(at);
  return way;
}

/** The way from the closest group around both items down to the second one. */
function wayBetween(
  decided: LayoutItem,
  field: LayoutItem,
): { readonly common: LayoutItem | null; readonly way: readonly LayoutItem[] } {
  const around = new Set<LayoutItem>();
  for (let group = decided.parent; group !== null; group = group.parent) around.add(group);
  const way = [field];
  let common = field.parent;
  for (; common !== null && !around.has(common); common = common.parent) way.unshift(common);
  return { common, way };
}
