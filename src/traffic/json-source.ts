import type { RecordShape } from '../codec/shape.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { compiledSource } from './compiled-source.ts';
import type { FieldForm } from './field-form.ts';
import type { FormSlots } from './form-slots.ts';

/** Writes the text of a frame into `out`, which `view` is a view of too; returns where it ends. */
export type JsonWriter = (out: Uint8Array, at: number, view: DataView) => number;

const word = 4; // bytes that are copied at once

/**
 * Generate the writer of a frame's JSON, in UTF-8: what decoding the frame gives, made from the numbers it is written from.
 *
 * Names, braces and the values of fields that are not `changing` are pieces of text that are copied: by words, so that some bytes
 * behind a piece are written too, before what comes there. `room` is the most bytes that it all takes.
 */
export function jsonSource(
  { fields, tables, views, record }: FormSlots,
  shape: RecordShape,
  values: Float64Array,
  changing: ReadonlySet<FieldForm>,
): { readonly source: string; readonly room: number; readonly compile: () => JsonWriter } {
  const encoder = new TextEncoder();
  const literals: number[] = [];
  const puts: FieldForm['putJson'][] = [];
  const lines: string[] = [];
  let pending = '';
  let loops = 0;
  let entries = 1; // of all tables around
  let room = word;

  const flush = (): void => {
    const bytes = encoder.encode(pending);
    pending = '';
    if (bytes.length === 0) return;
    const from = literals.length;
    for (const byte of bytes) literals.push(byte);
    room += entries * bytes.length;
    const copy = `view.setInt32(at + i, text.getInt32(${from} + i));`;
    lines.push(`for (let i = 0; i < ${bytes.length}; i += ${word}) ${copy}`, `at += ${bytes.length};`);
  };
  const field = (form: FieldForm, depth: number, relative: number): void => {
    const constant = form.meaning === 'constant';
    if (constant || (depth === 0 && !changing.has(form))) {
      pending += tokenOf(form, constant ? 0 : (values[relative] ?? 0));
      return;
    }
    flush();
    room += entries * form.jsonRoom;
    lines.push(`at = put${puts.length}(out, at, values[b${depth} + ${relative}]);`);
    puts.push(form.putJson);
  };
  const members = (group: LayoutItem, depth: number): void => {
    for (const first of group.children) {
      const item = views.get(first);
      const role = item === undefined ? undefined : shape.roles[item.index];
      if (item === undefined || role === undefined) continue;
      if (role === 'hoist') members(item, depth);
      if (role !== 'member') continue;
      if (!pending.endsWith('{')) pending += ',';
      pending += shape.prefixes[item.index] ?? '';
      if (item.occurs === null) one(item, depth);
      else table(item, depth);
    }
  };
  const one = (item: LayoutItem, depth: number): void => {
    const found = fields.get(item);
    if (found !== undefined) {
      field(found.form, found.depth, found.relative);
      return;
    }
    pending += '{';
    members(item, depth);
    pending += '}';
  };
  const table = (item: LayoutItem, depth: number): void => {
    const { occurs } = item;
    const { relative = 0, stride = 0 } = tables.get(item) ?? {};
    const counter = occurs?.counter == null ? undefined : fields.get(occurs.counter);
    const maximum = occurs?.maximum ?? 0;
    const count = counter === undefined ? String(maximum) : `values[b${counter.depth} + ${counter.relative}]`;
    pending += '[';
    flush();
    const id = loops++;
    const around = entries;
    entries *= maximum;
    room += entries; // commas
    lines.push(`for (let i${id} = 0; i${id} < ${count}; i${id}++) {`);
    lines.push(`if (i${id} > 0) out[at++] = 44;`);
    lines.push(`const b${depth + 1} = b${depth} + ${relative} + i${id} * ${stride};`);
    one(item, depth + 1);
    flush();
    lines.push('}');
    entries = around;
    pending += ']';
  };

  pending = '{';
  members(record.root, 0);
  pending += '}';
  flush();
  const names = puts.map((_, index) => `put${index}`);
  const source = `${names.length === 0 ? '' : `const [${names.join(', ')}] = puts;`}
return (out, at, view) => {
const b0 = 0;
${lines.join('\n')}
return at;
};`;
  const text = new DataView(Uint8Array.from([...literals, 0, 0, 0, 0]).buffer);
  return { source, room, compile: () => compiledSource(source, { puts, text, values }) };
}

/** What the field prints for a value that is always the same. */
function tokenOf(form: FieldForm, value: number): string {
  const bytes = new Uint8Array(form.jsonRoom);
  return new TextDecoder().decode(bytes.subarray(0, form.putJson(bytes, 0, value)));
}
