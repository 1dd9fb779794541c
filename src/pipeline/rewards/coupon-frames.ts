import { itemPath } from '../../codec/item-path.ts';
import type { RecordShape } from '../../codec/shape.ts';
import { matchItems } from '../../copybook/find-item.ts';
import type { LayoutItem, RecordLayout } from '../../copybook/layout.ts';
import { nearNames } from '../../copybook/near-names.ts';
import { OverpunchError } from '../../errors.ts';
import type { Catalog, FrameType } from '../../frames/catalog/catalog.ts';
import { createFrameReader } from '../../frames/catalog/create-frame-reader.ts';
import type { FrameReader } from '../../frames/catalog/frame-reading.ts';
import type { Reward } from '../../rewards/reward-outputs.ts';
import { type FieldPatch, fieldPatches } from './frame-template.ts';
import type { CouponFrameSettings } from './rewards-settings.ts';

/** A reward with what else its frame may say. */
export interface PrintedReward extends Reward {
  /** When it was decided: milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** How many rewards the partition gave so far, this one too. */
  readonly number: number;
}

/** Writes rewards as frames that have coupons printed. */
export interface CouponFrameWriter {
  /** The frame, whose bytes hold until the next one, or what is wrong with it. */
  write(reward: PrintedReward): Uint8Array | OverpunchError;
}

const mostKinds = 64; // frames that are kept to be written over

type Give = (reward: PrintedReward) => unknown;

/** A member of the record, by the names on the way to it, and what is written there. */
interface Place {
  readonly item: LayoutItem;
  readonly way: readonly string[];
  readonly give: Give;
}

/**
 * Make the writer of the frames that a catalog describes and a pipeline maps rewards to. `timeZone` is that of the dates on coupons.
 *
 * A value is in units of the currency where its field has decimals, a date is written as `YYYYMMDD`, a text that is longer than its field is cut
 * unless it is an id, and a reason in a table takes as many lines as it needs. A field that counts a table is filled in. Throws COUPON_FRAME for
 * a type, a field or a member that there is not.
 */
export function couponFrames(
  catalog: Catalog,
  settings: CouponFrameSettings,
  timeZone: () => string,
): CouponFrameWriter {
  const type = catalog.typeNamed(settings.type);
  if (type === undefined) {
    throw mistake(
      `couponFrames: the catalog has no type ${settings.type}`,
      near(
        settings.type,
        catalog.types.map(({ name }) => name),
      ),
    );
  }
  const [record] = type.codec().records;
  if (record === undefined) throw mistake(`couponFrames: ${type.name} has no record`, 'name another type');
  const mapped = Object.entries(settings.fields).flatMap(([field, source]) =>
    placesOf(type, record, field, source, timeZone),
  );
  const plain = plainPlaces(catalog, type, record);
  const reader = createFrameReader(catalog);
  const items = mapped.map(({ item }) => item);
  const patches = type.compression === null ? fieldPatches(type.codec(), record, items) : null;
  const frames = new Map<string, Uint8Array>();
  const values = new Array<unknown>(mapped.length).fill(null);
  return {
    // Frames with tables of the same lengths differ only in what the fields hold, all of which are written over.
    write(reward) {
      for (let index = 0; index < mapped.length; index++) values[index] = (mapped[index] as Place).give(reward);
      const kind = lengthsOf(values);
      const known = patches === null ? undefined : frames.get(kind);
      if (known !== undefined && patches !== null && patchAll(patches, values, known)) return known;
      const bytes = written(reader, type, [...plain, ...mapped], reward);
      if (bytes instanceof Uint8Array && frames.size < mostKinds) frames.set(kind, bytes.slice());
      return bytes;
    },
  };
}

function patchAll(patches: readonly FieldPatch[], values: readonly unknown[], frame: Uint8Array): boolean {
  for (let index = 0; index < patches.length; index++) {
    if (!(patches[index] as FieldPatch).write(values[index], frame)) return false;
  }
  return true;
}

/** The lengths of tables. */
function lengthsOf(values: readonly unknown[]): string {
  let lengths = '';
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (Array.isArray(value)) lengths = lengths === '' ? String(value.length) : `${lengths} ${value.length}`;
  }
  return lengths;
}

function written(
  reader: FrameReader,
  type: FrameType,
  places: readonly Place[],
  reward: PrintedReward,
): Uint8Array | OverpunchError {
  const value: Record<string, unknown> = {};
  for (const { way, give } of places) put(value, way, give(reward));
  const { bytes, issues } = reader.encode(type, value);
  if (bytes !== null) return bytes;
  const [issue] = issues;
  const text = issue === undefined ? 'no reason was given' : `${issue.path}: ${issue.value} is not ${issue.expected}`;
  return new OverpunchError('COUPON_FRAME', `${type.name} for the bet ${reward.bet}: ${text}`);
}

function put(value: Record<string, unknown>, [name = '', ...rest]: readonly string[], given: unknown): void {
  if (rest.length === 0) {
    value[name] = given;
    return;
  }
  value[name] ??= {};
  put(value[name] as Record<string, unknown>, rest, given);
}

const members = [
  'bet',
  'ticket',
  'terminal',
  'time',
  'campaign',
  'version',
  'coupon',
  'value',
  'expiry',
  'reason',
  'now',
  'number',
] as const;
type Member = (typeof members)[number];

/** Where a field lies and what it gets; with a table its counter too. */
function placesOf(
  type: FrameType,
  record: RecordLayout,
  field: string,
  source: string,
  timeZone: () => string,
): readonly Place[] {
  const codec = type.codec();
  const found = matchItems(record, field);
  const [item] = found;
  if (item === undefined || found.length > 1 || item.type === null) {
    const names = record.items.flatMap(({ name, type: own }) => (name === null || own === null ? [] : [name]));
    throw mistake(`couponFrames: ${type.name} has no one field ${field}`, near(field, names));
  }
  const shape = codec.shapeOf(record);
  if (shape === undefined) throw mistake(`couponFrames: ${type.name} has no record`, 'name another type');
  const way = wayTo(item, shape);
  const give = giverOf(source, item, timeZone);
  if (item.occurs === null) return [{ item, way, give }];
  const { maximum } = item.occurs;
  let last: { readonly text: string; readonly lines: readonly string[] } = { text: '', lines: [] };
  const lines = (reward: PrintedReward): readonly string[] => {
    const text = String(give(reward));
    if (text !== last.text) last = { text, lines: wrapped(text, item.length, maximum) };
    return last.lines;
  };
  const { counter } = item.occurs;
  const own: Place = { item, way, give: lines };
  if (counter === null) return [own];
  const count: Give = (reward) => lines(reward).length;
  return [own, { item: counter, way: wayTo(counter, shape), give: count }];
}

/** What fields hold that nobody maps: what makes a frame one of its type, blanks and zeros. */
function plainPlaces({ header }: Catalog, type: FrameType, record: RecordLayout): readonly Place[] {
  const codec = type.codec();
  const shape = codec.shapeOf(record);
  if (shape === undefined) return [];
  const fixed = new Map<number, string | undefined>();
  if (header.fields.direction !== null) fixed.set(header.fields.direction.offset, header.directions[type.role][0]);
  for (const [index, { offset }] of header.discriminators.entries()) fixed.set(offset, type.when[index]?.[0]);
  return record.items.flatMap((item): Place[] => {
    if (item.type === null || shape.roles[item.index] !== 'member' || isRepeatedOrView(item)) return [];
    const isText = item.type.kind === 'text';
    const known = item.offset < header.length && item.bit === 0 ? fixed.get(item.offset) : undefined;
    const value = known === undefined ? (isText ? '' : 0) : isText ? known : Number(known);
    return [{ item, way: wayTo(item, shape), give: () => value }];
  });
}

function isRepeatedOrView(item: LayoutItem): boolean {
  for (let at: LayoutItem | null = item; at !== null; at = at.parent) {
    if (at.occurs !== null || at.redefines !== null) return true;
  }
  return false;
}

/** Names of the members that lead to an item. */
function wayTo(item: LayoutItem, shape: RecordShape): readonly string[] {
  const way: string[] = [];
  for (let at: LayoutItem = item; at.parent !== null; at = at.parent) {
    if (shape.roles[at.index] === 'member') way.unshift(shape.names[at.index] ?? '');
  }
  return way;
}

function giverOf(source: string, item: LayoutItem, timeZone: () => string): Give {
  const constant = /^'(.*)'$/.exec(source)?.[1] ?? (/^[0-9]{1,15}$/.test(source) ? source : undefined);
  const isText = item.type?.kind === 'text';
  if (constant !== undefined) return () => (isText ? constant : Number(constant));
  if (!members.includes(source as Member)) {
    throw mistake(`couponFrames: ${itemPath(item, [])}: a reward has no ${source}`, near(source, members));
  }
  const member = source as Member;
  const digits = item.type?.kind === 'text' ? item.length : 9;
  switch (member) {
    case 'value':
      return item.type !== null && 'scale' in item.type && item.type.scale > 0
        ? ({ value }) => value / 100
        : ({ value }) => value;
    case 'expiry': {
      return ({ expiry }) => {
        const date = expiry === null ? '99991231' : dateDigits(expiry, timeZone());
        return isText ? date : Number(date);
      };
    }
    case 'campaign':
    case 'reason':
      return (reward) => (item.occurs === null ? reward[member].slice(0, item.length) : reward[member]);
    case 'number': {
      const last = 10 ** Math.min(digits, 5) - 1;
      return ({ number }) => ((number - 1) % last) + 1;
    }
    default:
      return (reward) => (isText ? String(reward[member]) : Number(reward[member]));
  }
}

/** Break a text into lines at blanks; what does not fit is left out. */
function wrapped(text: string, width: number, most: number): string[] {
  const lines: string[] = [];
  let from = -1; // where the line begins; -1: it is empty
  let to = 0;
  for (let at = 0; at <= text.length; ) {
    const blank = text.indexOf(' ', at);
    const end = blank < 0 ? text.length : blank; // of the word
    if (from >= 0 && end - from <= width) to = end;
    else {
      if (from >= 0) lines.push(text.slice(from, to));
      from = end > at ? at : -1;
      to = Math.min(end, at + width);
    }
    at = end + 1;
  }
  if (from >= 0) lines.push(text.slice(from, to));
  return lines.slice(0, most);
}

/** Dates of one time zone, and those that were asked for: coupons of a pool expire together. */
interface ZoneDates {
  readonly format: Intl.DateTimeFormat;
  readonly known: Map<number, string>;
}

const zones = new Map<string, ZoneDates>();
const mostDates = 1024;

function dateDigits(time: number, timeZone: string): string {
  let zone = zones.get(timeZone);
  if (zone === undefined) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    zone = { format: new Intl.DateTimeFormat('en-CA', { timeZone, ...parts }), known: new Map() };
    zones.set(timeZone, zone);
  }
  let digits = zone.known.get(time);
  if (digits === undefined) {
    digits = zone.format.format(time).replaceAll('-', '');
    if (zone.known.size < mostDates) zone.known.set(time, digits);
  }
  return digits;
}

function near(name: string, known: readonly string[]): string {
  const [found] = nearNames(name, known);
  return found === undefined ? `there are ${known.slice(0, 12).join(', ')}` : `did you mean ${found}?`;
}

function mistake(message: string, hint: string): OverpunchError {
  return new OverpunchError('COUPON_FRAME', message, { hint, exitStatus: 3 });
}
