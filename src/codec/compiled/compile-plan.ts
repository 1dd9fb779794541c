import { groupBits, placeOf } from '../../copybook/item-places.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import type { Codec } from '../create-codec.ts';
import type { AreaNode, FieldNode, GroupNode, PlanNode, RecordPlan, TableNode, ViewNode } from '../plan.ts';
import type { RecordShape } from '../shape.ts';
import type {
  CompiledPlan,
  Place,
  PlannedArea,
  PlannedField,
  PlannedGroup,
  PlannedNode,
  PlannedRecord,
  PlannedRole,
  PlannedSubtree,
  PlannedTable,
  RecordDiscriminator,
} from './compiled-plan.ts';
import { fieldKernel } from './field-kernel.ts';
import { referenceBound } from './line-bound.ts';
import { mayBeUnreadable } from './may-be-unreadable.ts';
import { needsOthers } from './needs-others.ts';

/** Why a layout has no compiled decoder. */
export interface PlanRefusal {
  readonly refused: string;
}

class Refusal extends Error {}

/** Work out how the records of a codec are decoded by compiled code; what that cannot do at all is refused with a reason. */
export function compilePlan(codec: Codec): CompiledPlan | PlanRefusal {
  try {
    const { format, codepage } = codec.options;
    return {
      records: codec.records.map((record) => planRecord(codec, record)),
      discriminator: planDiscriminator(codec),
      fill: format === 'text' ? codePage(codepage).blank : null,
    };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

function planRecord(codec: Codec, record: RecordLayout): PlannedRecord {
  const { plan, shape } = preparedOf(codec, record);
  if (plan.looksAhead) throw new Refusal('a counter or discriminator stands behind what it decides');
  const { format, odo } = codec.options;
  // Only a record of fixed length must have the slots at its end that do not count.
  const trailing = format === 'fixed' || format === 'text' ? null : trailingTable(plan.root);
  const planner = new Planner(codec, plan, shape, trailing);
  const { node, end } = planner.view(plan.root, { base: 0, bits: 0 });
  const counted = plan.root.dynamic && odo !== 'padded';
  const between = trailing !== null || (plan.root.dynamic && format !== 'fixed');
  return {
    name: record.name,
    root: node,
    rootIsObject: shape.rootIsObject,
    length: Math.ceil(plan.root.bits / 8),
    ends: counted ? 'counted' : between ? 'between' : 'length',
    end: planner.trailingAt ?? { base: end.base, offset: Math.ceil(end.bits / 8) },
    endSlot: trailing?.counter?.slot ?? -1,
    endStride: trailing === null ? 0 : trailing.strideBits / 8,
    bases: planner.bases,
    slots: plan.slots,
  };
}

/** The table of counted entries that a record ends in, when all its slots are there (`odo: maximum`). */
function trailingTable(node: PlanNode | undefined): TableNode | null {
  if (node === undefined || node.dynamic || node.kind === 'area' || node.kind === 'field') return null;
  if (node.kind === 'table') return node.counter !== null && node.strideBits % 8 === 0 ? node : null;
  return groupBits(node.item, 0) > 0 ? null : trailingTable(node.parts.at(-1));
}

function preparedOf(codec: Codec, record: RecordLayout): { readonly plan: RecordPlan; readonly shape: RecordShape } {
  const plan = codec.planOf(record);
  const shape = codec.shapeOf(record);
  if (plan === undefined || shape === undefined) throw new RangeError(`${record.name} is not read by this codec`);
  return { plan, shape };
}

/** A position in bits behind a base, which starts at a whole byte. */
interface Cursor {
  readonly base: number;
  readonly bits: number;
}

interface Planned<Node extends PlannedNode> {
  readonly node: Node;
  /** Where the next item would start. */
  readonly end: Cursor;
}

class Planner {
  bases = 1;
  readonly #codec: Codec;
  readonly #plan: RecordPlan;
  readonly #shape: RecordShape;
  /** Counters and discriminators, and the items that ask for them. */
  readonly #asked: readonly Asked[];
  /** The table whose slots may be missing at the end, and where it was found. */
  readonly #trailing: TableNode | null;
  trailingAt: Place | null = null;

  constructor(codec: Codec, plan: RecordPlan, shape: RecordShape, trailing: TableNode | null) {
    this.#trailing = trailing;
    this.#codec = codec;
    this.#plan = plan;
    this.#shape = shape;
    this.#asked = askedBy(plan.root);
  }

  view(node: ViewNode, at: Cursor): Planned<PlannedNode> {
    switch (node.kind) {
      case 'field':
        return this.#field(node, at);
      case 'group':
        return this.#group(node, at);
      case 'table':
        return this.#table(node, at);
    }
  }

  #field(node: FieldNode, at: Cursor): Planned<PlannedField | PlannedGroup> {
    const { item, slot } = node;
    if (node.read === null) {
      // Nobody reads it, so that it cannot have issues either.
      const nothing: PlannedGroup = { kind: 'group', ...this.#named(item), role: 'drop', members: [], emptyAt: null };
      return { node: nothing, end: { base: at.base, bits: at.bits + node.bits } };
    }
    const settings = this.#codec.settingsOf(item);
    if (settings === undefined) throw new RangeError(`${item.path} has no settings`);
    const planned: PlannedField = {
      kind: 'field',
      ...this.#named(item),
      item: item.index,
      at: byteOf(at),
      bit: at.bits & 7,
      bits: node.bits,
      kernel: fieldKernel(item, at.bits & 7, settings, this.#codec.options),
      slot,
      counts: slot >= 0 && this.#plan.record.items.some(({ occurs }) => occurs?.counter === item),
    };
    return { node: planned, end: { base: at.base, bits: at.bits + node.bits } };
  }

  #group(node: GroupNode, at: Cursor): Planned<PlannedGroup> {
    const { item } = node;
    const members: PlannedNode[] = [];
    let next = at;
    for (const part of node.parts) {
      const place = { base: next.base, bits: placeOf(part, next.bits) };
      next = { base: place.base, bits: place.bits + part.bits };
      if (part.kind === 'field' && part.read === null) continue;
      const planned = this.#part(part, place);
      members.push(planned.node);
      if (part.dynamic) next = planned.end;
    }
    const moved = next.base !== at.base;
    const end = moved
      ? { base: next.base, bits: groupBits(item, next.bits) }
      : { base: at.base, bits: at.bits + groupBits(item, next.bits - at.bits) };
    const mayBeMissing = node.dynamic || (this.#trailing !== null && isWithin(this.#trailing.item, item));
    const emptyAt = mayBeMissing && at.bits % 8 === 0 ? byteOf(at) : null;
    return { node: { kind: 'group', ...this.#named(item), members, emptyAt }, end };
  }

  #part(part: PlanNode, at: Cursor): Planned<PlannedNode> {
    if (part.kind === 'area') return { node: this.#area(part, at), end: at };
    return this.view(part, at);
  }

  #table(node: TableNode, at: Cursor): Planned<PlannedTable | PlannedSubtree> {
    const { item, counter, strideBits } = node;
    if (at.bits % 8 !== 0 || strideBits % 8 !== 0) {
      return { node: this.#subtree(node, at, 'bits'), end: { base: at.base, bits: at.bits + node.bits } };
    }
    if (node === this.#trailing) this.trailingAt = byteOf(at);
    const entryBase = this.bases++;
    const entry = this.#one(node.entry, { base: entryBase, bits: 0 });
    const nextBase = node.dynamic ? this.bases++ : -1;
    if (node.dynamic && strideBits === 0) throw new Refusal(`entries of ${item.path} may take no bytes`);
    const planned: PlannedTable = {
      kind: 'table',
      ...this.#named(item),
      at: byteOf(at),
      entry: entry.node,
      entryBase,
      stride: node.entry.dynamic ? null : strideBits / 8,
      entryEnd: byteOf(entry.end),
      minimum: node.minimum,
      maximum: node.maximum,
      slot: counter === null ? -1 : counter.slot,
      nextBase,
    };
    const end = node.dynamic ? { base: nextBase, bits: 0 } : { base: at.base, bits: at.bits + node.bits };
    return { node: planned, end };
  }

  #one(node: FieldNode | GroupNode, at: Cursor): Planned<PlannedField | PlannedGroup> {
    return node.kind === 'field' ? this.#field(node, at) : this.#group(node, at);
  }

  #area(node: AreaNode, at: Cursor): PlannedArea | PlannedSubtree {
    const { rules, views, item } = node;
    if (at.bits % 8 !== 0) return this.#subtree(node, at, 'views that start at a bit');
    const [rule] = rules ?? [];
    const constant = rule !== undefined && rule.field === null ? views[rule.view] : undefined;
    const how = constant !== undefined ? 'all' : rules !== null ? 'one' : this.#codec.options.views;
    // A counter or discriminator in a view that is not present is read all the same, when something outside asks for it.
    if ((how !== 'all' || constant !== undefined) && views.some((view) => this.#isAskedFromOutside(view))) {
      throw new Refusal(`a view of ${item.path} holds a counter or discriminator of something outside`);
    }
    const planned = (constant === undefined ? views : [constant]).map((view) => this.view(view, at).node);
    const area = { kind: 'area', path: item.path, at: byteOf(at), item: item.index } as const;
    if (how === 'good' || how === 'first') return { ...area, ...tried(how, planned), slots: [] };
    const fields = how === 'all' ? [] : (rules ?? []).flatMap(({ field }) => field ?? []);
    const slots = [...new Map(fields.map(({ slot, item }) => [slot, { slot, length: item.length }])).values()];
    return { ...area, how, views: planned, mayFail: [], slots };
  }

  #isAskedFromOutside(view: ViewNode): boolean {
    return view.kept && this.#asked.some(({ field, by }) => isWithin(field, view.item) && !isWithin(by, view.item));
  }

  /** Leave a node to the reference decoder, which needs nothing from outside for it. */
  #subtree(node: AreaNode | TableNode, at: Cursor, why: string): PlannedSubtree {
    const { item } = node;
    if (node.dynamic || node.kept || needsOthers(node)) throw new Refusal(`${item.path} is read by trial (${why})`);
    return {
      kind: 'subtree',
      ...this.#named(item),
      why,
      item: item.index,
      at: byteOf(at),
      bit: at.bits & 7,
      bits: node.bits,
      area: node.kind === 'area',
      bound: this.#bound(node),
    };
  }

  /** The most bytes of JSON for a node: names and values of all its items, in all entries. */
  #bound(node: PlanNode): number {
    if (node.kind === 'field') return this.#boundOfNames(node) + referenceBound(Math.ceil(node.bits / 8));
    if (node.kind === 'table') return this.#boundOfNames(node) + node.maximum * this.#bound(node.entry);
    const parts: readonly PlanNode[] = node.kind === 'area' ? node.views : node.parts;
    return parts.reduce((sum, part) => sum + this.#bound(part), this.#boundOfNames(node));
  }

  #boundOfNames({ item }: PlanNode): number {
    return Buffer.byteLength(this.#shape.prefixes[item.index] ?? '') + 4;
  }

  #named(item: LayoutItem): { readonly path: string; readonly role: PlannedRole; readonly prefix: string } {
    const { roles, prefixes } = this.#shape;
    return { path: item.path, role: roles[item.index] ?? 'drop', prefix: prefixes[item.index] ?? '' };
  }
}

/** How views are tried: not at all when none can fail, and of the first ones none behind one that cannot. */
function tried(how: 'good' | 'first', views: readonly PlannedNode[]): Pick<PlannedArea, 'how' | 'views' | 'mayFail'> {
  const mayFail = views.map(mayBeUnreadable);
  const certain = mayFail.indexOf(false);
  if (how === 'first' && certain >= 0) {
    const upTo = certain + 1;
    return tried('good', views.slice(0, upTo)).how === 'all'
      ? { how: 'all', views: views.slice(0, upTo), mayFail: [] }
      : { how, views: views.slice(0, upTo), mayFail: mayFail.slice(0, upTo) };
  }
  return mayFail.includes(true) ? { how, views, mayFail } : { how: 'all', views, mayFail: [] };
}

interface Asked {
  readonly field: LayoutItem;
  readonly by: LayoutItem;
}

function askedBy(node: PlanNode): readonly Asked[] {
  const { item } = node;
  switch (node.kind) {
    case 'field':
      return [];
    case 'group':
      return node.parts.flatMap(askedBy);
    case 'table': {
      const own = node.counter === null ? [] : [{ field: node.counter.item, by: item }];
      return [...own, ...askedBy(node.entry)];
    }
    case 'area': {
      const own = node.rules?.flatMap(({ field }) => (field === null ? [] : [{ field: field.item, by: item }])) ?? [];
      return [...own, ...node.views.flatMap(askedBy)];
    }
  }
}

function isWithin(item: LayoutItem, group: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at === group) return true;
  return false;
}

function byteOf(at: Cursor): Place {
  return { base: at.base, offset: at.bits >>> 3 };
}

/** Where `recordWhen` looks. */
function planDiscriminator(codec: Codec): RecordDiscriminator | null {
  if (codec.recordRules.length === 0) return null;
  const pieces = new Map<string, { readonly offset: number; readonly length: number }>();
  for (const { item, itemRecord } of codec.recordRules) {
    const { plan } = preparedOf(codec, itemRecord);
    if (plan.root.dynamic || item.bit !== 0)
      throw new Refusal(`${item.path} chooses the record, but has no fixed place`);
    pieces.set(`${item.offset}+${item.length}`, { offset: item.offset, length: item.length });
  }
  const all = [...pieces.values()];
  if (all.reduce((sum, { length }) => sum + length, 0) > 8)
    throw new Refusal('records are chosen by more than 8 bytes');
  return { pieces: all };
}
