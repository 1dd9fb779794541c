import { printable } from '../bytes/printable.ts';
import type { Codec } from '../codec/create-codec.ts';
import { conditionValues } from './condition-values.ts';
import { itemText } from './item-text.ts';
import { pascalName } from './pascal-name.ts';
import {
  type DescribedRecords,
  type FieldModel,
  type MemberModel,
  type RecordModel,
  recordModel,
  type TableModel,
  type ValueModel,
} from './record-model.ts';
import { uniqueNamer } from './unique-name.ts';

/** What the declarations can be told. */
export interface TypeOptions extends DescribedRecords {
  /** Fixed tables as tuples of their length instead of arrays. */
  readonly tuples?: boolean | undefined;
  /**
   * Fields with level 88 entries as unions of those values. `open`: any other value is accepted too, which is what the data may
   * hold; `closed`: the promise is the caller's.
   */
  readonly literals?: 'closed' | 'open' | undefined;
}

const longestTuple = 512; // the compiler follows a type through itself 1000 times at most

/**
 * Write TypeScript declarations of what codecs decode: an interface for each 01, named after it in PascalCase, and where there
 * are several a union `Row` of them.
 *
 * Members have the names `decode` gives them. A field that can be null says so; a view that may be absent is optional.
 */
export function typeDeclarations(codecs: readonly Codec[], options: TypeOptions = {}): string {
  const name = uniqueNamer('');
  const named = codecs.flatMap((codec) =>
    codec.records.map((record) => ({ codec, record, row: name(pascalName(record.name)) })),
  );
  const helper = name('Tuple');
  let tuples = false;
  const parts = named.map(({ codec, record, row }) => {
    const writer = new Writer(codec, options, helper);
    const text = writer.record(row, recordModel(codec, record, options));
    tuples ||= writer.usesTuples;
    return text;
  });
  const choices = named.map(({ row }) => row);
  // A record that no rule fits is an empty object.
  const ruled = codecs.some((codec) => codec.options.recordWhen.length > 0);
  if (ruled && options.good !== true) choices.push(emptyObject);
  if (choices.length > 1) {
    const union = choices.map((choice) => `  | ${choice}`).join('\n');
    parts.push(`/** Any of the records. */\nexport type ${name('Row')} =\n${union};\n`);
  }
  if (tuples) parts.push(tupleType(helper));
  return parts.join('\n');
}

const emptyObject = '{ [member: string]: never }';

function tupleType(name: string): string {
  return [
    '/** An array of exactly N entries. */',
    `type ${name}<T, N extends number, Entries extends T[] = []> = Entries['length'] extends N`,
    '  ? Entries',
    `  : ${name}<T, N, [T, ...Entries]>;`,
    '',
  ].join('\n');
}

class Writer {
  usesTuples = false;
  readonly #codec: Codec;
  readonly #options: TypeOptions;
  readonly #helper: string;

  constructor(codec: Codec, options: TypeOptions, helper: string) {
    this.#codec = codec;
    this.#options = options;
    this.#helper = helper;
  }

  record(row: string, model: RecordModel): string {
    const { name, minimumLength, maximumLength } = model.record;
    const length = minimumLength === maximumLength ? `${maximumLength}` : `${minimumLength}-${maximumLength}`;
    const members = this.#members(model.members, '  ');
    return `/** ${comment(`${name}, ${length} ${length === '1' ? 'byte' : 'bytes'}`)} */\nexport interface ${row} {\n${members}}\n`;
  }

  #members(members: readonly MemberModel[], indent: string): string {
    return members
      .map(({ name, item, optional, value }) => {
        const doc = `${indent}/** ${comment(itemText(item))} */\n`;
        return `${doc}${indent}${quote(name)}${optional ? '?' : ''}: ${this.#type(value, indent)};\n`;
      })
      .join('');
  }

  #type(value: ValueModel, indent: string): string {
    switch (value.kind) {
      case 'field':
        return `${this.#fieldType(value)}${value.nullable ? ' | null' : ''}`;
      case 'group':
        return value.members.length === 0 ? emptyObject : `{\n${this.#members(value.members, `${indent}  `)}${indent}}`;
      case 'table':
        return this.#tableType(value, indent);
    }
  }

  #tableType({ entry, minimum, maximum }: TableModel, indent: string): string {
    const type = this.#type(entry, indent);
    if (this.#options.tuples === true && minimum === maximum && maximum <= longestTuple) {
      this.usesTuples = true;
      return `${this.#helper}<${type}, ${maximum}>`;
    }
    return /[|&]/.test(type) && entry.kind === 'field' ? `(${type})[]` : `${type}[]`;
  }

  #fieldType(field: FieldModel): string {
    const { literals } = this.#options;
    const general = generalType(field);
    const values = literals === undefined ? null : conditionValues(field, this.#codec.options);
    if (values === null || values.length === 0) return general;
    const union = values.map((value) => (typeof value === 'string' ? quote(value) : String(value))).join(' | ');
    // `& {}` keeps the compiler from melting the literals into the general type, so that editors offer them.
    return literals === 'open' ? `${union} | (${general} & {})` : union;
  }
}

function generalType({ form }: FieldModel): string {
  if (form.kind === 'text') return 'string';
  return form.given === 'bigint-or-string' ? 'bigint | string' : form.given;
}

/** Text inside a comment, which it must not end. */
function comment(text: string): string {
  return printable(text).replaceAll('*/', '*\\/');
}

/** A string literal of TypeScript: controls, bidirectional controls and lone surrogates are escaped. */
function quote(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu,
      (unit) => {
        return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
      },
    );
  return `'${escaped}'`;
}
