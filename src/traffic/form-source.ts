import { partsOf } from '../copybook/item-places.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { totalBits } from '../copybook/total-bits.ts';
import { compiledSource } from './compiled-source.ts';
import { bitsCode, fieldCode } from './field-code.ts';
import type { FieldForm } from './field-form.ts';
import type { FormSlots } from './form-slots.ts';

/** Writes a frame at a place; returns its length. */
export type FormWriter = (out: Uint8Array, at: number) => number;

/** A place in the frame: bits behind its start, or behind what a variable holds when that depends on counters. */
interface Place {
  readonly variable: string;
  readonly bits: number;
  /** The variable is a multiple of 8. */
  readonly aligned: boolean;
}

/**
 * Generate the writer of a frame.
 *
 * Items lie where the reader expects them: entries of OCCURS DEPENDING ON tables that are not counted take no room, and what follows
 * slides up. Until the first such table all places are constants, and what is not `changing` there is copied from a template.
 */
export function formSource(
  slots: FormSlots,
  values: Float64Array,
  changing: ReadonlySet<FieldForm>,
  shifts: boolean,
): { readonly source: string; readonly compile: () => FormWriter } {
  const { record, fields, tables, views } = slots;
  const length = Math.ceil(record.root.bitLength / 8);
  const template = new Uint8Array(length);
  const puts: FieldForm['put'][] = [];
  const lines: string[] = [];
  let variables = 0;

  const text = ({ variable, bits }: Place): string => (bits === 0 ? variable : `${variable} + ${bits}`);
  const forward = (place: Place, bits: number): Place => ({ ...place, bits: place.bits + bits });
  const align = (place: Place): Place => {
    if (place.aligned) return { ...place, bits: place.bits + (-place.bits & 7) };
    const variable = `p${variables++}`;
    lines.push(`const ${variable} = (${text(place)} + 7) & -8;`);
    return { variable, bits: 0, aligned: true };
  };

  /** Statements in place of a call, where the byte is known. */
  const inline = (form: FieldForm, place: Place, value: string, call: string): string | null => {
    if (!place.aligned) return null;
    const { bits, variable } = place;
    const first = variable === 'start' ? 'at' : `(${variable} >>> 3)`;
    const byte = `${first} + ${bits >>> 3}`;
    if (form.item.type?.kind === 'bits') return bitsCode(byte, bits & 7, form.item.type.bits, value);
    return bits % 8 === 0 ? fieldCode(form, byte, value, call) : null;
  };
  const field = (item: LayoutItem, place: Place, depth: number): Place => {
    const found = fields.get(item);
    if (found === undefined) return place;
    const { form, relative } = found;
    if (place.variable === 'start' && depth === 0 && !changing.has(form)) {
      form.put(template, place.bits, values[relative] ?? 0);
    } else {
      const constant = form.meaning === 'constant' || item.name === null;
      const value = constant ? '0' : `values[b${depth} + ${relative}]`;
      const call = `put${puts.length}(out, ${text(place)}, ${value});`;
      lines.push((constant ? null : inline(form, place, value, call)) ?? call);
      puts.push(form.put);
    }
    return forward(place, item.bitLength);
  };
  const entry = (item: LayoutItem, place: Place, depth: number): Place => {
    if (item.type !== null) return field(item, place, depth);
    let next = place;
    for (const part of partsOf(item)) {
      const view = views.get(part.first) ?? part.first;
      const start = forward(part.bitAligned ? next : align(next), part.slackBits);
      const end = one(view, start, depth);
      // Views of an area take the room of the longest, whatever they hold.
      next = part.first.views.length > 1 ? forward(start, part.bits) : end;
    }
    if (!item.bitAligned) next = align(next);
    return forward(next, 8 * item.trailingSlack);
  };
  const one = (item: LayoutItem, place: Place, depth: number): Place => {
    const { occurs } = item;
    const table = tables.get(item);
    if (occurs === null || table === undefined) return entry(item, place, depth);
    const counter = occurs.counter === null ? undefined : fields.get(occurs.counter);
    const sliding = shifts && occurs.counterName !== null;
    const count =
      sliding && counter !== undefined ? `values[b${counter.depth} + ${counter.relative}]` : String(occurs.maximum);
    const id = variables++;
    const bits = `p${variables++}`;
    lines.push(`let ${bits} = ${text(place)};`);
    lines.push(`for (let i${id} = 0; i${id} < ${count}; i${id}++) {`);
    lines.push(`const b${depth + 1} = b${depth} + ${table.relative} + i${id} * ${table.stride};`);
    const aligned = !item.bitAligned;
    const end = entry(item, { variable: bits, bits: 0, aligned }, depth + 1);
    lines.push(`${bits} = ${text(end)};`, '}');
    const fixed = !sliding && end.variable === bits;
    return fixed ? forward(place, totalBits(item)) : { variable: bits, bits: 0, aligned };
  };

  const end = one(record.root, { variable: 'start', bits: 0, aligned: true }, 0);
  const names = puts.map((_, index) => `put${index}`);
  const source = `${names.length === 0 ? '' : `const [${names.join(', ')}] = puts;`}
return (out, at) => {
out.set(template, at);
const start = 8 * at;
const b0 = 0;
${lines.join('\n')}
return (${text(end)} - start + 7) >>> 3;
};`;
  return { source, compile: () => compiledSource(source, { puts, template, values }) };
}
