import type { Codec } from '../../codec/create-codec.ts';
import { directField } from '../../codec/direct-field.ts';
import { type FieldForm, fieldForm, isNullable } from '../../codec/field-form.ts';
import { type PlainField, plainField } from '../../codec/plain-json.ts';
import { wayDown } from '../../codec/plan.ts';
import { uniteForms } from '../../codec/unite-forms.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import type { CatalogHeader } from './catalog.ts';
import { type Found, findReading } from './found-value.ts';
import type { FrameSource } from './frame-source.ts';

/** A field of a frame type, and how to get at it. */
export interface EventField {
  /** The copybook's name, qualified where it has to be. */
  readonly name: string;
  readonly form: FieldForm;
  /** Tables around it. */
  readonly depth: number;
  /** A frame without errors may lack it. */
  readonly nullable: boolean;
  /** The time of the header: milliseconds since 1970, however the header writes it. */
  readonly isTime: boolean;
  find(source: FrameSource): Found;
  /** The short way to what it finds, where the field stands at one place in every frame; `null`: there is none. */
  readonly plain: PlainPlace | null;
}

/** Bytes of a frame in which there is mostly nothing unusual. */
export interface PlainPlace {
  readonly start: number;
  readonly end: number;
  readonly field: PlainField;
}

/** Time in milliseconds: what a number holds exactly. */
const timeForm: FieldForm = {
  kind: 'number',
  given: 'number',
  float: false,
  scale: 0,
  moreDecimals: false,
  range: { low: -BigInt(Number.MAX_SAFE_INTEGER), high: BigInt(Number.MAX_SAFE_INTEGER) },
  checked: false,
};

/**
 * Make the way to a field, given as the item that it is in some or all of the records of its type. A field that stands at one place in
 * every frame is read there and nowhere else; for others the whole frame is read, once.
 *
 * `null` for a group, and when the records disagree about what kind of value it is.
 */
export function eventField(
  codec: Codec,
  header: CatalogHeader,
  items: ReadonlyMap<RecordLayout, LayoutItem>,
): EventField | null {
  const [first] = items.values();
  if (first === undefined || first.type === null) return null;
  const name = first.name ?? 'FILLER';
  if (isHeaderTime(first, header)) {
    const find = (source: FrameSource): Found => {
      const { time } = source;
      return time === null ? null : { value: time, digits: source.timeText() };
    };
    return { name, form: timeForm, depth: 0, nullable: false, isTime: true, find, plain: null };
  }
  const depth = tablesAround(first);
  let form: FieldForm | null = null;
  let nullable = items.size < codec.records.length;
  const finders = new Map<RecordLayout, Find>();
  for (const [record, item] of items) {
    const settings = codec.settingsOf(item);
    if (item.type === null || settings === undefined || tablesAround(item) !== depth) return null;
    const own = fieldForm(item, settings, codec.options);
    form = form === null ? own : uniteForms(form, own);
    if (form === null) return null;
    const inHeader = item.offset + item.length <= header.length;
    nullable ||= !inHeader || isView(item) || isNullable(item, own, settings, { good: true, cut: false });
    finders.set(record, finderOf(codec, record, item));
  }
  if (form === null) return null;
  const [only] = finders.values();
  const find =
    codec.records.length === 1 && only !== undefined
      ? only
      : (source: FrameSource): Found => {
          const record = source.record();
          return (record === null ? undefined : finders.get(record))?.(source) ?? null;
        };
  const [[record] = []] = items;
  const alone = codec.records.length === 1 && record !== undefined;
  const plain = alone ? plainPlace(codec, record, first) : null;
  return { name, form, depth, nullable, isTime: false, find, plain };
}

type Find = EventField['find'];

/** The place of a field that has one and a plain way to be written. */
function plainPlace(codec: Codec, record: RecordLayout, item: LayoutItem): PlainPlace | null {
  const plan = codec.planOf(record);
  const settings = codec.settingsOf(item);
  if (plan === undefined || settings === undefined || directField(plan, item) === null) return null;
  const field = plainField(item, settings, codec.options);
  const { offset, bit, bitLength } = item;
  return field === null ? null : { start: offset, end: (8 * offset + bit + bitLength + 7) >>> 3, field };
}

function finderOf(codec: Codec, record: RecordLayout, item: LayoutItem): Find {
  const plan = codec.planOf(record);
  const direct = plan === undefined ? null : directField(plan, item);
  if (direct !== null) return ({ bytes, from, to }) => direct(bytes, from, to);
  const way = wayDown(item);
  return (source) => {
    const reading = source.reading();
    return reading === null || reading.record !== record ? null : findReading(reading.root, way);
  };
}

function isHeaderTime(item: LayoutItem, { fields: { time } }: CatalogHeader): boolean {
  return time !== null && item.name === time.name && item.offset === time.offset && item.bit === time.bit;
}

function tablesAround(item: LayoutItem): number {
  let tables = 0;
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) if (at.occurs !== null) tables += 1;
  return tables;
}

/** Whether an item, or a group around it, is one of several views of an area. */
function isView(item: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent)
    if (at.redefines !== null || at.views.length > 1) return true;
  return false;
}
