import { parseRule } from '../codec/rule-syntax.ts';
import { findItem } from '../copybook/find-item.ts';
import type { RecordLayout } from '../copybook/layout.ts';
import type { FrameType } from '../frames/catalog/catalog.ts';
import type { Exchange } from './exchange.ts';
import { randomValues } from './random-values.ts';
import type { Tote } from './tote.ts';
import { WireForm } from './wire-form.ts';

const texts = ['', 'OUI', 'NON', 'PARIS', 'LYON', 'ÉTÉ', 'COURSE', 'TOTAL DU JOUR', 'À VÉRIFIER', 'X'];

/**
 * A question, and its answer if it has one, of types that the simulation knows nothing of: random values that decode without a problem.
 * `null` for types that cannot be filled in so.
 */
export function backgroundExchange(tote: Tote, request: FrameType, response: FrameType | null): Exchange | null {
  const ask = backgroundFrame(tote, request);
  const answer = response === null ? null : backgroundFrame(tote, response);
  if (ask === null || (response !== null && answer === null)) return null;
  return { ask, answer: () => answer?.() ?? null };
}

/** Make frames of a type with random values; `null` for a redefined area of which no rule says what it holds. */
export function backgroundFrame(tote: Tote, type: FrameType): (() => WireForm) | null {
  const codec = type.codec();
  const [record] = codec.records;
  if (record === undefined) return null;
  const areas = record.items.filter(({ views }) => views.length > 1);
  const rules = chosenViews(record, codec.options.view);
  if (rules === null || areas.some((area) => !area.views.some(({ name }) => rules.views.has(name ?? '')))) return null;
  const { words, random } = tote;
  const wire = new WireForm(tote.catalog, type, words, { digits: new Set(), views: rules.views });
  const fields = wire.form.fields.filter(({ form }) => {
    return form.item.offset >= wire.headerLength && !rules.values.has(form.item.name ?? '');
  });
  for (const { form } of fields) wire.form.field(form.item.name ?? '');
  for (const [name, value] of rules.values) {
    const field = wire.form.field(name);
    if (field === undefined || field.strides.length > 0) return null;
    wire.form.values[field.index] = field.form.meaning === 'word' ? words.word(value) : Number(value) || 0;
  }
  const pool = texts.map((text) => words.word(text)) as [number, ...number[]];
  return () => {
    randomValues(wire.form, fields, pool, random);
    return wire;
  };
}

/** For every redefined area the view of its first rule, and what its field must hold. */
function chosenViews(
  record: RecordLayout,
  options: readonly string[],
): { readonly views: ReadonlySet<string>; readonly values: ReadonlyMap<string, string> } | null {
  const views = new Set<string>();
  const values = new Map<string, string>();
  const areas = new Set<number>();
  for (const option of options) {
    const { field, values: allowed, target } = parseRule(option);
    const view = findItem(record, target);
    let area = view;
    while (area.redefines !== null) area = area.redefines;
    if (areas.has(area.index) || view.name === null) continue;
    const name = field === null ? null : findItem(record, field).name;
    if (name !== null) {
      // One field may choose for several areas: then its value is settled.
      const settled = values.get(name);
      if (settled !== undefined && !allowed.includes(settled)) return null;
      if (settled === undefined) values.set(name, allowed[0] ?? '');
    }
    areas.add(area.index);
    views.add(view.name);
  }
  return { views, values };
}
