import { toHex } from '../bytes/hex.ts';
import type { Codec } from '../codec/create-codec.ts';
import { sameDecimal } from '../codec/decimal.ts';
import { isRaw } from '../codec/field-settings.ts';
import { itemPath } from '../codec/item-path.ts';
import type { FieldReading, Reading, RecordReading } from '../codec/reading.ts';
import type { RecordShape } from '../codec/shape.ts';

/** A record as it was read, with its bytes. */
export interface ReadRecord {
  readonly reading: RecordReading;
  readonly bytes: Uint8Array;
}

/** A field that is not the same in two records. */
export interface FieldDifference {
  /** Copybook names with subscripts; `''` for the record itself, which is then another 01. */
  readonly path: string;
  readonly left: FieldSide;
  readonly right: FieldSide;
}

/** `absent`: not in this record, or in a view that is not present. `unreadable`: null, for which the bytes speak. */
export type FieldSide =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly hex: string }
  | { readonly state: 'text'; readonly text: string }
  /** The exact decimal. */
  | { readonly state: 'number'; readonly digits: string };

const absent: FieldSide = { state: 'absent' };

/**
 * Find the fields in which two records differ, in record order: numbers by exact value, text as decoded, what cannot be read by its
 * bytes. Fields that the codec does not output are not compared.
 */
export function compareReadings(codec: Codec, left: ReadRecord, right: ReadRecord): readonly FieldDifference[] {
  const differences: FieldDifference[] = [];
  const [leftName, rightName] = [left.reading.record.name, right.reading.record.name];
  if (leftName !== rightName) {
    differences.push({ path: '', left: { state: 'text', text: leftName }, right: { state: 'text', text: rightName } });
  }
  const lefts = sidesOf(codec, left);
  const rights = sidesOf(codec, right);
  for (const [path, side] of lefts) {
    const other = rights.get(path) ?? absent;
    if (!sameSide(side, other)) differences.push({ path, left: side, right: other });
  }
  for (const [path, side] of rights) if (!lefts.has(path)) differences.push({ path, left: absent, right: side });
  return differences;
}

function sidesOf(codec: Codec, { reading, bytes }: ReadRecord): ReadonlyMap<string, FieldSide> {
  const sides = new Map<string, FieldSide>();
  const shape = codec.shapeOf(reading.record);
  if (shape !== undefined) collect(reading.root, { codec, shape, bytes, sides });
  return sides;
}

interface Collecting {
  readonly codec: Codec;
  readonly shape: RecordShape;
  readonly bytes: Uint8Array;
  readonly sides: Map<string, FieldSide>;
}

function collect(reading: Reading, into: Collecting): void {
  if (reading.absent || into.shape.roles[reading.item.index] === 'drop') return;
  if (reading.kind === 'group') for (const child of reading.children) collect(child, into);
  else if (reading.kind === 'table') for (const entry of reading.entries) collect(entry, into);
  else into.sides.set(uniquePath(reading, into.sides), sideOf(reading, into));
}

/** Names may repeat within a group; then the place tells them apart. */
function uniquePath(reading: FieldReading, sides: ReadonlyMap<string, FieldSide>): string {
  const path = itemPath(reading.item, reading.subscripts);
  return sides.has(path) || reading.item.name === null ? `${path}@${reading.item.offset}` : path;
}

function sideOf({ item, value, digits, offset, length }: FieldReading, { codec, bytes }: Collecting): FieldSide {
  if (value === null) return { state: 'unreadable', hex: toHex(bytes.subarray(offset, offset + length)) };
  if (digits !== null && !isRaw(codec.settingsOf(item))) return { state: 'number', digits };
  return { state: 'text', text: String(value) };
}

function sameSide(left: FieldSide, right: FieldSide): boolean {
  switch (left.state) {
    case 'absent':
      return right.state === 'absent';
    case 'unreadable':
      return right.state === 'unreadable' && left.hex === right.hex;
    case 'text':
      return right.state === 'text' && left.text === right.text;
    case 'number':
      if (right.state !== 'number') return false;
      return left.digits === right.digits || sameDecimal(left.digits, right.digits);
  }
}
