import { groupBits, placeOf } from '../../copybook/item-places.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import type { Codec } from '../create-codec.ts';
import type { AreaNode, FieldNode, GroupNode, KeptField, PlanNode, RecordPlan, TableNode, ViewNode } from '../plan.ts';
import type { RecordShape } from '../shape.ts';
import { type AskedField, askedBy } from './asked-fields.ts';
import type {
  CompiledPlan,
  Place,
  PlannedArea,
  PlannedField,
  PlannedGroup,
  PlannedNode,
  PlannedRecord,
  PlannedRole,
  PlannedTable,
  RecordDiscriminator,
} from './compiled-plan.ts';
import { type Cursor, fieldAt, placeAt, recordStart } from './cursor.ts';
import { fieldKernel } from './field-kernel.ts';
import { mayBeUnreadable } from './may-be-unreadable.ts';

/** Why a layout has no compiled decoder. */
export interface PlanRefusal {
  readonly refused: string;
}

class Refusal extends Error {}

const longestCopy = 64; // bits

/** Work out how the records of a codec are decoded by compiled code; what that cannot do at all is refused with a reason. */
export function compilePlan(codec: Codec): CompiledPlan | PlanRefusal {
  try {
    const { format, codepage } = codec.options;
    return {
      records: codec.records.map((record) => planRecord(codec, record)),
      discriminator: codec.recordRules.length === 0 ? null : planDiscriminator(codec),
      fill: format === 'text' ? codePage(codepage).blank : null,
    };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

function planRecord(codec: Codec, record: RecordLayout): PlannedRecord {
  const { plan, shape } = preparedOf(codec, record);
  const { format, odo } = codec.options;
  // Only a record of fixed length must have the slots at its end that do not count.
  const trailing = format === 'fixed' || format === 'text' ? null : trailingTable(plan.root);
  const planner = new Planner(codec, plan, shape, trailing);
  const { node, end } = planner.view(plan.root, recordStart);
  const counted = plan.root.dynamic && odo !== 'padded';
  const between = trailing !== null || (plan.root.dynamic && format !== 'fixed');
  return {
    name: record.name,
    root: node,
    rootIsObject: shape.rootIsObject,
    length: Math.ceil(plan.root.bits / 8),
    ends: counted ? 'counted' : between ? 'between' : 'length',
    end: planner.trailingAt ?? placeAt(end),
    endSlot: trailing?.counter?.slot ?? -1,
    endStrideBits: trailing === null ? 0 : trailing.strideBits,
    bases: planner.bases,
    slots: plan.slots,
    bitBases: planner.bitBases,
  };
}

/** The table of counted entries that a record ends in, when all its slots are there (`odo: maximum`). */
function trailingTable(node: PlanNode | undefined): TableNode | null {
  if (node === undefined || node.dynamic || node.kind === 'area' || node.kind === 'field') return null;
  if (node.kind === 'table') return node.counter !== null ? node : null;
  return groupBits(node.item, 0) > 0 ? null : trailingTable(node.parts.at(-1));
}

function preparedOf(codec: Codec, record: RecordLayout): { readonly plan: RecordPlan; readonly shape: RecordShape } {
  const plan = codec.planOf(record);
  const shape = codec.shapeOf(record);
  if (plan === undefined || shape === undefined) throw new RangeError(`${record.name} is not read by this codec`);
  return { plan, shape };
}

interface Planned<Node extends PlannedNode> {
  readonly node: Node;
  /** Where the next item would start. */
  readonly end: Cursor;
}

class Planner {
  bases = 1;
  readonly bitBases = new Set<number>();
  readonly #codec: Codec;
  readonly #shape: RecordShape;
  /** Counters and discriminators, and the items that ask for them. */
  readonly #asked: readonly AskedField[];
  /** The table whose slots may be missing at the end, and where it was found. */
  readonly #trailing: TableNode | null;
  trailingAt: Place | null = null;

  constructor(codec: Codec, plan: RecordPlan, shape: RecordShape, trailing: TableNode | null) {
    this.#trailing = trailing;
    this.#codec = codec;
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
      const nothing: PlannedGroup = {
        kind: 'group',
        path: item.path,
        role: 'drop',
        prefix: '',
        members: [],
        emptyAt: null,
      };
      return { node: nothing, end: { base: at.base, bits: at.bits + node.bits } };
    }
    const settings = this.#codec.settingsOf(item);
    if (settings === undefined) throw new RangeError(`${item.path} has no settings`);
    const isBits = item.type?.kind === 'bits';
    const asked = slot < 0 ? [] : this.#asked.filter(({ field }) => field.item === item);
    const copied = isBits && asked.some(({ counts }) => !counts);
    if (copied && item.bitLength > longestCopy)
      throw new Refusal(`views are chosen by more than 64 bits of ${item.path}`);
    const planned: PlannedField = {
      kind: 'field',
      path: item.path,
      role: this.#roleOf(item),
      prefix: this.#prefixOf(item),
      item: item.index,
      at: placeAt(at),
      bits: node.bits,
      kernel: fieldKernel(item, settings, this.#codec.options),
      slot,
      counts: asked.some(({ counts }) => counts),
      copied,
      ahead: false,
    };
    return { node: planned, end: { base: at.base, bits: at.bits + node.bits } };
  }

  #group(node: GroupNode, at: Cursor): Planned<PlannedGroup> {
    const { item } = node;
    const members: PlannedNode[] = [];
    const ahead = this.#asked.filter(({ field }) => !field.before && field.common === item);
    for (const field of new Set(ahead.map((asked) => asked.field.item))) members.push(this.#ahead(node, at, field));
    let next = at;
    for (const part of node.parts) {
      if (!part.bitAligned) next = this.#aligned(next, members);
      const place = { base: next.base, bits: placeOf(part, next.bits) };
      next = { base: place.base, bits: place.bits + part.bits };
      if (part.kind === 'field' && part.read === null) continue;
      if (part.kind === 'area') {
        this.#area(part, place, members);
        continue;
      }
      const planned = this.view(part, place);
      members.push(planned.node);
      if (part.dynamic) next = planned.end;
    }
    if (!item.bitAligned) next = this.#aligned(next, members);
    const start = next.base === at.base ? at.bits : 0;
    const end = { base: next.base, bits: start + groupBits(item, next.bits - start) };
    const mayBeMissing = node.dynamic || (this.#trailing !== null && isWithin(this.#trailing.item, item));
    const planned: PlannedGroup = {
      kind: 'group',
      path: item.path,
      role: this.#roleOf(item),
      prefix: this.#prefixOf(item),
      members,
      emptyAt: mayBeMissing ? placeAt(at) : null,
    };
    return { node: planned, end };
  }

  /** The next whole byte, which is a base of its own behind a base that is a bit. */
  #aligned(at: Cursor, members: PlannedNode[]): Cursor {
    if (!this.bitBases.has(at.base)) return at;
    const base = this.bases++;
    members.push({ kind: 'alignment', at: placeAt(at), base });
    return { base, bits: 0 };
  }

  #table(node: TableNode, at: Cursor): Planned<PlannedTable> {
    const { item, entry, counter, strideBits } = node;
    if (node === this.#trailing) this.trailingAt = placeAt(at);
    if (node.dynamic && strideBits === 0) throw new Refusal(`entries of ${item.path} may take no bytes`);
    // An entry that starts at a byte takes whole ones.
    const inBits = this.bitBases.has(at.base) || at.bits % 8 !== 0;
    const byBits = item.bitAligned && (inBits || entry.dynamic || strideBits % 8 !== 0);
    const entryBase = this.#newBase(byBits);
    const planned = this.#one(entry, { base: entryBase, bits: 0 });
    const nextBase = node.dynamic ? this.#newBase(byBits) : -1;
    const table: PlannedTable = {
      kind: 'table',
      path: item.path,
      role: this.#roleOf(item),
      prefix: this.#prefixOf(item),
      at: placeAt(at),
      entry: planned.node,
      entryBase,
      strideBits: entry.dynamic ? null : strideBits,
      entryEnd: placeAt(planned.end),
      minimum: node.minimum,
      maximum: node.maximum,
      slot: counter === null ? -1 : counter.slot,
      nextBase,
    };
    const end = node.dynamic ? { base: nextBase, bits: 0 } : { base: at.base, bits: at.bits + node.bits };
    return { node: table, end };
  }

  #newBase(isBit: boolean): number {
    const base = this.bases++;
    if (isBit) this.bitBases.add(base);
    return base;
  }

  #one(node: FieldNode | GroupNode, at: Cursor): Planned<PlannedField | PlannedGroup> {
    return node.kind === 'field' ? this.#field(node, at) : this.#group(node, at);
  }

  #area(node: AreaNode, at: Cursor, members: PlannedNode[]): void {
    const { rules, views, item } = node;
    const [rule] = rules ?? [];
    const constant = rule !== undefined && rule.field === null ? views[rule.view] : undefined;
    const how = constant !== undefined ? 'all' : rules !== null ? 'one' : this.#codec.options.views;
    if (how !== 'all' || constant !== undefined) {
      // A counter or discriminator in a view that is not present is read all the same, when something outside asks for it.
      for (const view of views)
        for (const field of this.#askedFromOutside(view)) members.push(this.#ahead(view, at, field));
    }
    const planned = (constant === undefined ? views : [constant]).map((view) => this.view(view, at).node);
    const area = { kind: 'area', path: item.path, at: placeAt(at), item: item.index } as const;
    if (how === 'good' || how === 'first') {
      members.push({ ...area, ...tried(how, planned), slots: [] });
      return;
    }
    const fields = how === 'all' ? [] : (rules ?? []).flatMap(({ field }) => field ?? []);
    const slots = [...new Map(fields.map((field) => [field.slot, keyOf(field)])).values()];
    members.push({ ...area, how, views: planned, mayFail: [], slots });
  }

  #askedFromOutside(view: ViewNode): ReadonlySet<LayoutItem> {
    if (!view.kept) return new Set();
    const asked = this.#asked.filter(
      ({ field, by }) => field.before && isWithin(field.item, view.item) && !isWithin(by, view.item),
    );
    return new Set(asked.map(({ field }) => field.item));
  }

  /** A field that is read before its turn, when what is around it starts. Its place must not depend on the data. */
  #ahead(around: ViewNode, at: Cursor, item: LayoutItem): PlannedField {
    const found = fieldAt(around, at, item);
    if (found === null)
      throw new Refusal(`where ${item.path} is, which decides something before it, depends on the data`);
    const { node } = this.#field(found.node, found.at);
    if (node.kind !== 'field') throw new RangeError(`${item.path} is not read`);
    return { ...node, role: 'drop', ahead: true };
  }

  #roleOf({ index }: LayoutItem): PlannedRole {
    return this.#shape.roles[index] ?? 'drop';
  }

  #prefixOf({ index }: LayoutItem): string {
    return this.#shape.prefixes[index] ?? '';
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

/** The bytes of a discriminator as they are kept. */
function keyOf({ item, slot }: KeptField): { readonly slot: number; readonly length: number } {
  return { slot, length: item.type?.kind === 'bits' ? Math.ceil(item.bitLength / 8) : item.length };
}

function isWithin(item: LayoutItem, group: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at === group) return true;
  return false;
}

/** Where `recordWhen` looks. */
function planDiscriminator(codec: Codec): RecordDiscriminator {
  const pieces = new Map<string, { readonly offset: number; readonly length: number }>();
  for (const { item, itemRecord } of codec.recordRules) {
    const { plan } = preparedOf(codec, itemRecord);
    if (plan.root.dynamic && fieldAt(plan.root, recordStart, item) === null)
      throw new Refusal(`${item.path} chooses the record, but has no fixed place`);
    pieces.set(`${item.offset}+${item.length}`, { offset: item.offset, length: item.length });
  }
  return { pieces: [...pieces.values()] };
}
