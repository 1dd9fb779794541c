import { createRequire } from 'node:module';
import type { Codec } from 'overpunch/codec';
import type { LayoutItem, RecordLayout } from 'overpunch/copybook';
import { codePage } from 'overpunch/ebcdic';
import { bitsStyle, numberStyle } from '../../dist/codec/number-value.js';
import { parseRule } from '../../dist/codec/rule-syntax.js';
import type { LineDecoder } from './line-decoder.ts';

type Formatter = (bytes: Uint8Array) => string | number;
type Lengths = number | ((this: Values) => number);
type Values = Record<string, unknown>;

/** The part of binary-parser that is used here: it comes without type declarations for ES modules. */
interface Parser {
  buffer(name: string, options: { readonly length: number; readonly formatter: Formatter }): Parser;
  nest(name: string, options: { readonly type: Parser }): Parser;
  array(name: string, options: { readonly type: Parser; readonly length: Lengths }): Parser;
  choice(options: {
    readonly tag: (this: Values) => number;
    readonly choices: Readonly<Record<number, Parser>>;
  }): Parser;
  seek(distance: number): Parser;
  parse(bytes: Uint8Array): Values;
}
const { Parser: NewParser } = createRequire(import.meta.url)('binary-parser') as { readonly Parser: new () => Parser };

/**
 * Decode with binary-parser and JSON.stringify, as people do: a parser that follows the copybook, with functions of their own for
 * EBCDIC text, zoned and packed numbers. Names have `_` for `-`, which the library cannot write.
 */
export function parserDecoder(codec: Codec, framing: 'fixed' | 'rdw'): LineDecoder {
  const parsers = codec.records.map((record) => recordParser(codec, record));
  const word = framing === 'rdw' ? 4 : 0;
  return (bytes, take) => {
    let records = 0;
    for (let at = 0; at < bytes.length; records++) {
      const length = word > 0 ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : codec.maximumLength;
      const own = bytes.subarray(at + word, at + length);
      const record =
        codec.recordRules.length === 0 ? 0 : codec.records.indexOf(codec.chooseRecord(own) as RecordLayout);
      take(Buffer.from(`${JSON.stringify(parsers[record]?.parse(own))}\n`));
      at += length;
    }
    return records;
  };
}

/** Make the parser of a record. Throws for what it has no form for. */
export function recordParser(codec: Codec, record: RecordLayout): Parser {
  const rules = codec.options.view.map(parseRule);
  const page = codePage(codec.options.codepage).toUnicode;

  const members = (parser: Parser, item: LayoutItem): Parser => {
    let next = parser;
    for (const child of item.children) if (child.redefines === null) next = part(next, child);
    return next;
  };
  const part = (parser: Parser, item: LayoutItem): Parser => {
    if (item.views.length < 2) return member(parser, item);
    const chosen = rules.filter(({ target }) => item.views.some(({ name }) => name === target));
    if (chosen.length === 0) {
      return item.views.reduce((next, view) => member(next, view).seek(-view.length), parser).seek(item.areaLength);
    }
    const choices = chosen.map(({ target }) => {
      const view = item.views.find(({ name }) => name === target);
      if (view === undefined) throw new Error(`there is no view ${target}`);
      return [member(new NewParser(), view), item.areaLength - view.length] as const;
    });
    const tag = function (this: Values): number {
      return chosen.findIndex(({ field, values }) => values.includes(String(this[plain(field ?? '')])));
    };
    return parser.choice({
      tag,
      choices: Object.fromEntries(choices.map(([view, rest], index) => [index, view.seek(rest)])),
    });
  };
  const member = (parser: Parser, item: LayoutItem): Parser => {
    const { name, occurs, type } = item;
    if (name === null) return type === null ? members(parser, item) : parser.seek(item.length);
    if (occurs === null) return one(parser, plain(name), item);
    const counter = occurs.counter === null ? null : plain(occurs.counter.name ?? '');
    const length =
      counter === null
        ? occurs.maximum
        : function (this: Values): number {
            return Number(this[counter]);
          };
    if (type !== null) throw new Error(`${item.path}: only tables of groups are known here`);
    return parser.array(plain(name), { type: members(new NewParser(), item), length });
  };
  const one = (parser: Parser, name: string, item: LayoutItem): Parser => {
    if (item.type === null) return parser.nest(name, { type: members(new NewParser(), item) });
    return parser.buffer(name, { length: item.length, formatter: formatterOf(codec, item, page) });
  };
  return members(new NewParser(), record.root);
}

/** The name that a member has here. */
export function plain(name: string): string {
  return name.replaceAll('-', '_');
}

function formatterOf(codec: Codec, item: LayoutItem, page: string): Formatter {
  const { type, length } = item;
  const settings = codec.settingsOf(item);
  if (type === null || settings === undefined) throw new Error(`${item.path} is no field`);
  if (type.kind === 'text' || type.kind === 'edited') {
    return (bytes) => {
      let text = '';
      for (let index = 0; index < length; index++) text += page[bytes[index] ?? 0];
      return text.trimEnd();
    };
  }
  if (type.kind === 'float' || type.kind === 'bits') {
    throw new Error(`${item.path}: ${type.kind} of ${bitsStyle.name} is not known here`);
  }
  const { scale } = type;
  const quoted = numberStyle(type, length, settings.numbers, type.kind === 'binary' && type.native) === 'string';
  const power = 10 ** scale;
  const made = (digits: string, negative: boolean): string | number => {
    const whole = digits.slice(0, digits.length - scale).replace(/^0+(?=\d)/, '');
    const text = `${negative ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(digits.length - scale)}` : ''}`;
    return quoted ? text : Number(text);
  };
  if (type.kind === 'zoned') {
    return (bytes) => {
      let digits = '';
      for (let index = 0; index < length; index++) digits += (bytes[index] ?? 0) & 15;
      const zone = (bytes[length - 1] ?? 0) >> 4;
      return made(digits, zone === 13 || zone === 11);
    };
  }
  if (type.kind === 'packed') {
    return (bytes) => {
      const hex = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('hex');
      return made(hex.slice(0, -1), hex.endsWith('d') || hex.endsWith('b'));
    };
  }
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, length);
    if (length === 2) return (type.signed ? view.getInt16(0) : view.getUint16(0)) / power;
    if (length === 4) return (type.signed ? view.getInt32(0) : view.getUint32(0)) / power;
    const value = type.signed ? view.getBigInt64(0) : view.getBigUint64(0);
    return quoted
      ? made(String(value < 0 ? -value : value).padStart(scale + 1, '0'), value < 0)
      : Number(value) / power;
  };
}
