import { printable } from '../bytes/printable.ts';
import type { Codec } from '../codec/create-codec.ts';
import type { FieldForm } from '../codec/field-form.ts';
import type { RecordLayout } from '../copybook/layout.ts';
import { itemText } from './item-text.ts';
import {
  type DescribedRecords,
  type FieldModel,
  type GroupModel,
  type MemberModel,
  recordModel,
  type ValueModel,
} from './record-model.ts';
import { uniqueNamer } from './unique-name.ts';

/** What a value is in Avro: the schema is written from this, and values are turned by it. */
export type AvroValue = AvroScalar | AvroArray | AvroRecord;

/** A primitive, or `bytes` with the logical type `decimal`. */
export type AvroScalar =
  | { readonly kind: 'string' | 'int' | 'long' | 'double' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number };

/** A table. */
export interface AvroArray {
  readonly kind: 'array';
  readonly items: AvroScalar | AvroRecord | AvroArray;
  /** Entries may be null. */
  readonly nullable: boolean;
}

/** An 01, a group, or an entry of a table of groups. */
export interface AvroRecord {
  readonly kind: 'record';
  readonly name: string;
  readonly doc: string;
  readonly fields: readonly AvroField[];
  /** The 01 it stands for; `null` for groups. */
  readonly layout: RecordLayout | null;
}

/** A member of a record. */
export interface AvroField {
  readonly name: string;
  readonly doc: string;
  /** The member of the decoded object. */
  readonly member: string;
  /** May be null, or absent. */
  readonly optional: boolean;
  readonly value: AvroValue;
}

const largestInt = 2n ** 31n - 1n;
const largestLong = BigInt(Number.MAX_SAFE_INTEGER); // what a reader in JavaScript gets back exactly

/** Describe the records of codecs in Avro's terms, with names that are valid and unique in the whole schema, of which `unique` gives them. */
export function avroModel(
  codecs: readonly Codec[],
  options: DescribedRecords,
  unique: (name: string) => string = uniqueNamer('_'),
): readonly AvroRecord[] {
  // The 01s first, so that no group takes the name of one.
  const named = codecs.flatMap((codec) =>
    codec.records.map((record) => ({ codec, record, name: unique(typeName(record.name)) })),
  );
  return named.map(({ codec, record, name }) => {
    const { members } = recordModel(codec, record, options);
    return {
      kind: 'record',
      name,
      doc: printable(record.name),
      fields: fieldsOf(members, name, unique),
      layout: record,
    };
  });
}

function fieldsOf(members: readonly MemberModel[], around: string, unique: (name: string) => string): AvroField[] {
  const own = uniqueNamer('_');
  return members.map(({ name, item, optional, value }) => ({
    name: own(avroName(name)),
    doc: printable(`${item.name ?? 'FILLER'}: ${itemText(item)}`),
    member: name,
    optional: optional || (value.kind === 'field' && value.nullable),
    value: avroValue(value, around, unique),
  }));
}

function avroValue(value: ValueModel, around: string, unique: (name: string) => string): AvroValue {
  if (value.kind !== 'table') return entryValue(value, around, unique);
  const { entry } = value;
  return {
    kind: 'array',
    items: entryValue(entry, around, unique),
    nullable: entry.kind === 'field' && entry.nullable,
  };
}

function entryValue(
  value: FieldModel | GroupModel,
  around: string,
  unique: (name: string) => string,
): AvroScalar | AvroRecord {
  if (value.kind === 'field') return avroScalar(value.form);
  const { item } = value;
  const name = unique(`${around}_${avroName(item.name ?? 'FILLER')}`);
  const doc = printable(item.name ?? 'FILLER');
  return { kind: 'record', name, doc, fields: fieldsOf(value.members, name, unique), layout: null };
}

/** Choose the type of a field's values. */
export function avroScalar(form: FieldForm): AvroScalar {
  if (form.kind === 'text') return { kind: 'string' };
  const { range, scale, moreDecimals } = form;
  if (form.float || range === null) return { kind: 'double' };
  const most = range.high > -range.low ? range.high : -range.low;
  if (scale === 0 && !moreDecimals) {
    if (range.low >= -largestInt - 1n && range.high <= largestInt) return { kind: 'int' };
    if (most <= largestLong) return { kind: 'long' };
  }
  const digits = String(scale < 0 ? most * 10n ** BigInt(-scale) : most).length;
  return { kind: 'decimal', precision: Math.max(digits, scale, 1), scale: Math.max(scale, 0) };
}

const primitives = new Set([
  ...['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'],
  ...['record', 'error', 'enum', 'array', 'map', 'fixed', 'union', 'request'],
]);

/** Make a name of the form Avro asks for: letters, digits and `_`, no digit first (Avro specification, "Names"). */
export function avroName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]/g, '_');
  // Readers in JavaScript assign members: `__proto__` and `constructor` would be taken for something else.
  if (plain in Object.prototype) return `${plain}_`;
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

function typeName(name: string): string {
  const plain = avroName(name);
  return primitives.has(plain) ? `${plain}_` : plain;
}
