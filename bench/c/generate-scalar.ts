import type { Codec } from 'overpunch/codec';
import type { LayoutItem, RecordLayout } from 'overpunch/copybook';
import { codePage } from 'overpunch/ebcdic';
import { bitsStyle, numberStyle } from '../../dist/codec/number-value.js';
import type {
  AreaNode,
  FieldNode,
  GroupNode,
  PlanNode,
  RecordPlan,
  TableNode,
  ViewNode,
} from '../../dist/codec/plan.js';
import { parseRule } from '../../dist/codec/rule-syntax.js';
import type { RecordShape } from '../../dist/codec/shape.js';
import { groupBits, placeOf } from '../../dist/copybook/item-places.js';

/** Where something stands: so many bits behind the pointer `base`, or behind the bit number in `bit` that counts from it. */
interface Cursor {
  readonly base: string;
  readonly bit: string | null;
  readonly bits: number;
}

/**
 * Write the C function `static u8 *NAME(u8 *o, const u8 *p, u32 *errp)` that writes a record as a line of JSON with the routines of
 * scalar.h and further.h, one call after the other: what one would write by hand for this layout.
 *
 * It takes clean records only: what cannot be read sets `*errp`, empty numbers too unless `mayBeEmpty`. Throws for what it has no
 * routine for.
 */
export function scalarFunction(codec: Codec, record: RecordLayout, name: string, mayBeEmpty = false): string {
  return new ScalarWriter(codec, record, mayBeEmpty).function(name);
}

/** Write the C function of a codec: `rec`, which chooses among the records of several, and `RECLEN`. */
export function scalarDecoder(codec: Codec): string {
  const { recordRules, records } = codec;
  const [only] = records;
  const length = `#define RECLEN ${codec.maximumLength}\n`;
  if (only === undefined || recordRules.length === 0) {
    if (only === undefined) throw new Error('there is no record');
    return scalarFunction(codec, only, 'rec') + length;
  }
  const functions = records.map((record, index) => scalarFunction(codec, record, `rec${index}`));
  const choices = recordRules.map(({ item, values, record }) => {
    const test = textTest('p', item, values, codec.options.codepage);
    return ` if(${test})return rec${records.indexOf(record)}(o,p,errp);\n`;
  });
  const choose = `static inline u8*rec(u8*o,const u8*p,u32*errp){\n${choices.join('')} *errp|=1;return o;}\n`;
  return functions.join('') + choose + length;
}

/** Write the tables that the routines look characters and digits up in. */
export function scalarTables(codepage: string): string {
  const page = codePage(codepage);
  if (page.kind !== 'single-byte') throw new Error(`${codepage} is not of single bytes`);
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const escaped = [...page.toUnicode].map((character) => {
    const json = JSON.stringify(character).slice(1, -1);
    const control = /[\u007f-\u009f]/.test(character);
    return [...Buffer.from(control ? `\\u00${character.charCodeAt(0).toString(16).padStart(2, '0')}` : json)];
  });
  const plain = escaped.map((bytes) => (bytes.length === 1 && (bytes[0] ?? 0) < 0x7f ? bytes[0] : 0x80));
  const pairs = all.map((byte) => {
    const [high, low] = [byte >> 4, byte & 15];
    return high < 10 && low < 10 ? (0x30 + high) | ((0x30 + low) << 8) : 0;
  });
  return [
    `static const u8 T[256]={${plain}};`,
    `static const u8 E[256][8]={${escaped.map((bytes) => `{${[bytes.length, ...bytes]}}`)}};`,
    `static const u16 D2[256]={${pairs}};\n`,
  ].join('\n');
}

/** A condition in C: a text field has one of the values, which are filled up with blanks. */
export function textTest(base: string, item: LayoutItem, values: readonly string[], codepage: string): string {
  if (item.type?.kind !== 'text') throw new Error(`${item.path} is no text`);
  const page = codePage(codepage);
  if (page.kind !== 'single-byte') throw new Error(`${codepage} is not of single bytes`);
  const tests = values.map((value) => {
    const encoded = page.encode(value.padEnd(item.length));
    if ('unmappable' in encoded) throw new Error(`${value} is not in ${codepage}`);
    const hex = [...encoded.bytes].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
    return `!__builtin_memcmp(${base}+${item.offset},"${hex}",${item.length})`;
  });
  return tests.join('||');
}

class ScalarWriter {
  readonly #codec: Codec;
  readonly #plan: RecordPlan;
  readonly #shape: RecordShape;
  readonly #rules: readonly ReturnType<typeof parseRule>[];
  readonly #counters = new Set<LayoutItem>();
  readonly #mayBeEmpty: boolean;
  #code = '';
  /** JSON that is not written yet. */
  #literal = '';
  #variables = 0;

  constructor(codec: Codec, record: RecordLayout, mayBeEmpty: boolean) {
    this.#mayBeEmpty = mayBeEmpty;
    const plan = codec.planOf(record);
    const shape = codec.shapeOf(record);
    if (plan === undefined || shape === undefined) throw new Error(`${record.name} is not read`);
    this.#codec = codec;
    this.#plan = plan;
    this.#shape = shape;
    this.#rules = codec.options.view.map(parseRule);
    for (const { occurs } of record.items) if (occurs?.counter != null) this.#counters.add(occurs.counter);
  }

  function(name: string): string {
    const { root } = this.#plan;
    if (root.kind !== 'group') throw new Error('the record is no group');
    this.#literal = '{';
    this.#members(root, { base: 'p', bit: null, bits: 0 }, true);
    this.#literal += '}\n';
    this.#flush();
    const counters = [...this.#counters].map((item) => ` u32 c${item.index}=0;\n`).join('');
    return `static inline u8* ${name}(u8*o,const u8*p,u32*errp){u32 err=0;\n${counters}${this.#code} *errp|=err;return o;}\n`;
  }

  #flush(): void {
    if (this.#literal !== '') this.#code += ` KEY(${JSON.stringify(this.#literal)});\n`;
    this.#literal = '';
  }

  /** Write the members of a group, and give its end. */
  #members(node: GroupNode, at: Cursor, first: boolean): Cursor {
    let next = at;
    let isFirst = first;
    for (const part of node.parts) {
      const place = this.#place(part, next);
      const end = this.#part(part, place, isFirst);
      if (end.written) isFirst = false;
      next = part.dynamic ? end.at : { ...place, bits: place.bits + part.bits };
    }
    const moved = next.base !== at.base || next.bit !== at.bit;
    if (moved) return this.#aligned(node.item.bitAligned, next, 8 * node.item.trailingSlack);
    return { ...at, bits: at.bits + groupBits(node.item, next.bits - at.bits) };
  }

  #place(part: PlanNode, next: Cursor): Cursor {
    if (next.bit === null) return { ...next, bits: placeOf(part, next.bits) };
    return this.#aligned(part.bitAligned, next, part.slackBits);
  }

  /** Go to the next byte unless things may start at a bit, and so many bits on. */
  #aligned(bitAligned: boolean, at: Cursor, slackBits: number): Cursor {
    if (bitAligned || at.bit === null) {
      const bits = bitAligned ? at.bits : at.bits + (-at.bits & 7);
      return { ...at, bits: bits + slackBits };
    }
    const pointer = `q${this.#variables++}`;
    this.#code += ` const u8*${pointer}=${at.base}+((${at.bit}+${at.bits + 7})>>3);\n`;
    return { base: pointer, bit: null, bits: slackBits };
  }

  #part(part: PlanNode, at: Cursor, first: boolean): { readonly written: boolean; readonly at: Cursor } {
    if (part.kind === 'area') return { written: this.#area(part, at, first), at };
    const { index } = part.item;
    const role = this.#shape.roles[index];
    if (role === 'hoist' && part.kind === 'group') return { written: true, at: this.#members(part, at, first) };
    if (role === 'drop') {
      if (part.dynamic) throw new Error(`${part.item.path} is left out, and what follows is not where it was`);
      return { written: false, at };
    }
    this.#literal += `${first ? '' : ','}${this.#shape.prefixes[index]}`;
    return { written: true, at: this.#view(part, at) };
  }

  #view(node: ViewNode, at: Cursor): Cursor {
    if (node.kind === 'field') {
      this.#field(node, at);
      return { ...at, bits: at.bits + node.bits };
    }
    if (node.kind === 'table') return this.#table(node, at);
    this.#literal += '{';
    const end = this.#members(node, at, true);
    this.#literal += '}';
    return end;
  }

  #area(node: AreaNode, at: Cursor, first: boolean): boolean {
    if (node.rules === null) {
      // Texts can always be read, so that all views are there.
      let isFirst = first;
      for (const view of node.views) if (this.#part(view, at, isFirst).written) isFirst = false;
      return !isFirst;
    }
    this.#flush();
    let otherwise = '';
    for (const [index, { field }] of node.rules.entries()) {
      const view = node.views[node.rules[index]?.view ?? -1];
      const parsed = this.#rules.filter(({ target }) => this.#isNamed(target, node))[index];
      if (view === undefined || parsed === undefined || field === null)
        throw new Error('a rule that is not known here');
      this.#code += ` ${otherwise}if(${textTest('p', field.item, parsed.values, this.#codec.options.codepage)}){\n`;
      this.#part(view, at, first);
      this.#flush();
      this.#code += ' }';
      otherwise = 'else ';
    }
    this.#code += 'else err|=1;\n';
    return true;
  }

  #isNamed(target: string, { views }: AreaNode): boolean {
    return views.some(({ item }) => item.name?.toUpperCase() === target.toUpperCase());
  }

  #table(node: TableNode, at: Cursor): Cursor {
    const { entry, counter, strideBits, maximum, item } = node;
    this.#literal += '[';
    this.#flush();
    const loop = `t${this.#variables++}`;
    const endsInBytes = entry.dynamic ? !item.bitAligned : strideBits % 8 === 0;
    const inBytes = at.bit === null && at.bits % 8 === 0 && endsInBytes;
    const place = `${inBytes ? 'q' : 'b'}${this.#variables++}`;
    const start: Cursor = inBytes ? { base: place, bit: null, bits: 0 } : { base: at.base, bit: place, bits: 0 };
    const step = inBytes ? strideBits / 8 : strideBits;
    const count = counter === null ? `${maximum}` : `(int)c${counter.item.index}`;
    this.#code += inBytes ? ` const u8*${place}=${address(at)};\n` : ` u32 ${place}=${bitNumber(at)};\n`;
    if (counter !== null) this.#code += ` err|=c${counter.item.index}>${maximum};if(err)return o;\n`;
    this.#code += ` for(int ${loop}=0;${loop}<${count};${loop}++${entry.dynamic ? '' : `,${place}+=${step}`}){\n`;
    const end = this.#view(entry, start);
    this.#literal += ',';
    this.#flush();
    if (entry.dynamic) this.#code += ` ${place}=${inBytes ? address(end) : bitNumber(end)};\n`;
    this.#code += ` }\n${counter === null ? " o[-1]=']';" : ' o=close_array(o);'}\n`;
    if (node.dynamic) {
      if (!node.shifts && !entry.dynamic) throw new Error(`${item.path} has room for all its entries`);
      return start;
    }
    return { ...at, bits: at.bits + node.bits };
  }

  #field({ item, bits }: FieldNode, at: Cursor): void {
    const { type, length } = item;
    const settings = this.#codec.settingsOf(item);
    if (type === null || settings === undefined) throw new Error(`${item.path} is no field`);
    const refuse = (): never => {
      throw new Error(`there is no routine for ${item.path}`);
    };
    if (type.kind === 'text' || type.kind === 'edited') {
      if (type.encoding !== 'single-byte' || type.justified || !trimsRight(settings.trim)) refuse();
      this.#literal += '"';
      this.#call(`text(o,${address(at)},${length})`);
      this.#literal += '"';
      return;
    }
    if (type.kind === 'bits') {
      const quoted = bitsStyle(bits, settings) === 'string';
      const [base, bit] = at.bit === null ? [address(at), `${at.bits & 7}`] : [at.base, bitNumber(at)];
      this.#number(`bits(o,${base},${bit},${bits},${settings.scale ?? 0})`, quoted);
      this.#count(item, `(u32)read_bits(${base},${bit},${bits})`);
      return;
    }
    if (type.kind === 'float' || settings.scale !== null || ('scale' in type && type.scale < 0)) {
      throw new Error(`there is no routine for ${item.path}`);
    }
    const { scale } = type;
    const quoted = numberStyle(type, length, settings.numbers, type.kind === 'binary' && type.native) === 'string';
    const place = address(at);
    if (type.kind === 'zoned') {
      const overpunched = type.signed && !type.separate;
      if (overpunched && type.sign === 'leading') refuse();
      if (type.separate && type.sign !== 'leading') refuse();
      const call = type.separate
        ? `separate(o,${place},${length - 1},${scale},&err)`
        : `zoned(o,${place},${length},${scale},${overpunched ? 1 : 0},&err)`;
      this.#decimal(call, quoted, place, length);
      this.#count(item, `read_zoned(${place},${length})`);
    } else if (type.kind === 'packed') {
      if (!type.signNibble) refuse();
      this.#decimal(`packed(o,${place},${length},${type.digits},${scale},&err)`, quoted, place, length);
      this.#count(item, `read_packed(${place},${length})`);
    } else {
      if (type.order !== 'big') refuse();
      const four = length === 4 && type.signed && scale === 0;
      const call = four ? `bin4(o,${place})` : `binary(o,${place},${length},${scale},${type.signed ? 1 : 0})`;
      this.#number(call, quoted);
      this.#count(item, `read_binary(${place},${length})`);
    }
  }

  #decimal(call: string, quoted: boolean, place: string, length: number): void {
    if (!this.#mayBeEmpty) {
      this.#number(call, quoted);
      return;
    }
    if (quoted) throw new Error('a text that may be empty');
    this.#flush();
    this.#code += ` OR_NULL((${place}),${length},${call});\n`;
  }

  #number(call: string, quoted: boolean): void {
    if (quoted) this.#literal += '"';
    this.#call(call);
    if (quoted) this.#literal += '"';
  }

  #call(call: string): void {
    this.#flush();
    this.#code += ` o=${call};\n`;
  }

  #count(item: LayoutItem, value: string): void {
    if (this.#counters.has(item)) this.#code += ` c${item.index}=${value};\n`;
  }
}

/** The address of a byte. */
function address({ base, bit, bits }: Cursor): string {
  return bit === null ? `${base}+${bits >> 3}` : `${base}+((${bit}+${bits})>>3)`;
}

/** The number of a bit, counted from the base. */
function bitNumber({ bit, bits }: Cursor): string {
  return bit === null ? `${bits}` : `${bit}+${bits}`;
}

function trimsRight(trim: string): boolean {
  return trim === 'right' || trim === 'justified';
}
