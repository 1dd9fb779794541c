import type { RecordShape } from '../codec/shape.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { FormSlots } from './form-slots.ts';

type Text = (bases: readonly number[]) => string;

/** Prepare the text of a frame: what decoding it gives, made from the numbers it is written from. */
export function formJson(slots: FormSlots, shape: RecordShape, values: Float64Array): () => string {
  const { fields, tables, views, record } = slots;

  /** The members of a group, without braces. */
  const members = (group: LayoutItem): Text => {
    const parts: Text[] = [];
    for (const first of group.children) {
      const item = views.get(first);
      if (item === undefined) continue;
      const role = shape.roles[item.index];
      if (role === 'hoist') parts.push(members(item));
      if (role !== 'member') continue;
      const prefix = shape.prefixes[item.index] ?? '';
      const value = item.occurs === null ? one(item) : table(item);
      parts.push((bases) => prefix + value(bases));
    }
    return (bases) => {
      let text = '';
      for (const part of parts) {
        const next = part(bases);
        if (next !== '') text = text === '' ? next : `${text},${next}`;
      }
      return text;
    };
  };
  const one = (item: LayoutItem): Text => {
    const field = fields.get(item);
    if (field === undefined) {
      const inner = members(item);
      return (bases) => `{${inner(bases)}}`;
    }
    const { form, depth, relative } = field;
    return (bases) => form.json(values[(bases[depth] ?? 0) + relative] ?? 0);
  };
  const table = (item: LayoutItem): Text => {
    const entry = one(item);
    const { occurs } = item;
    const { relative = 0, stride = 0 } = tables.get(item) ?? {};
    const counter = occurs?.counter == null ? undefined : fields.get(occurs.counter);
    const maximum = occurs?.maximum ?? 0;
    return (bases) => {
      const count = counter === undefined ? maximum : (values[(bases[counter.depth] ?? 0) + counter.relative] ?? 0);
      const start = (bases.at(-1) ?? 0) + relative;
      let text = '';
      for (let index = 0; index < count; index++) {
        const next = entry([...bases, start + index * stride]);
        text = index === 0 ? next : `${text},${next}`;
      }
      return `[${text}]`;
    };
  };

  const whole = members(record.root);
  return () => `{${whole([0])}}`;
}
