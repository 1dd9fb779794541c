import { fromHex } from '../bytes/hex.ts';
import type { ResolvedOptions } from '../codec/codec-options.ts';
import { decimalText, parseDecimal } from '../codec/decimal.ts';
import type { NumberForm } from '../codec/number-form.ts';
import { trimText } from '../codec/trim-text.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import type { Literal } from '../copybook/syntax.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import type { FieldModel } from './record-model.ts';

/**
 * The values that the level 88 entries of a field name, as `decode` gives them: trimmed, numbers at their scale.
 *
 * `null` when there are none, or when they cannot be listed: a range, a value of another kind, a float or national field.
 */
export function conditionValues(model: FieldModel, options: ResolvedOptions): readonly (string | number)[] | null {
  const { conditions } = model.item;
  if (conditions.length === 0) return null;
  const values = new Set<string | number>();
  for (const { from, through } of conditions.flatMap((condition) => condition.values)) {
    if (through !== null) return null;
    const value =
      model.form.kind === 'number' ? numberValue(from, model.form, model.item) : textValue(from, model, options);
    if (value === null) return null;
    values.add(value);
  }
  return [...values];
}

function numberValue(literal: Literal, form: NumberForm, { type }: LayoutItem): string | number | null {
  const text =
    literal.kind === 'number' ? literal.text : literal.kind === 'figurative' && literal.word === 'ZERO' ? '0' : '';
  const decimal = parseDecimal(text);
  // A literal goes by the picture, whatever its stored digits stand for.
  const scale = type !== null && 'scale' in type ? type.scale : type?.kind === 'bits' ? 0 : form.scale;
  if (decimal === null || form.float || form.moreDecimals || decimal.scale > scale) return null;
  const digits = decimal.digits + '0'.repeat(scale - decimal.scale);
  const exact = decimalText(decimal.negative, digits, form.scale);
  if (form.given === 'number') return Number(exact);
  return form.given === 'string' ? exact : null;
}

function textValue(literal: Literal, model: FieldModel, options: ResolvedOptions): string | null {
  const { item, settings, form } = model;
  const { type, length } = item;
  if (form.kind !== 'text' || form.digits !== null || type?.kind !== 'text' || type.encoding !== 'single-byte')
    return null;
  const page = codePage(settings.codepage, { nel: options.nel });
  if (page.kind !== 'single-byte' || type.justified) return null;
  const text = characters(literal, length, (bytes) => page.decode(bytes).text);
  if (text === null || text.length > length) return null;
  const rule = settings.trim === 'justified' ? 'right' : settings.trim;
  return trimText(text.padEnd(length), rule, false);
}

function characters(literal: Literal, length: number, decode: (bytes: Uint8Array) => string): string | null {
  const filled = (byte: number): string => decode(new Uint8Array(length).fill(byte));
  switch (literal.kind) {
    case 'number':
      return /^[0-9]+$/.test(literal.text) ? literal.text : null;
    case 'string':
    case 'all': {
      const text = quoted(literal.form, literal.text, decode);
      if (literal.kind === 'string' || text === null || text === '') return text;
      return text.repeat(Math.ceil(length / text.length)).slice(0, length);
    }
    case 'figurative':
      switch (literal.word) {
        case 'SPACE':
          return '';
        case 'ZERO':
          return '0'.repeat(length);
        case 'QUOTE':
          return '"'.repeat(length);
        case 'LOW-VALUE':
          return filled(0);
        case 'HIGH-VALUE':
          return filled(0xff);
        case 'NULL':
          return null;
      }
  }
}

function quoted(form: string, text: string, decode: (bytes: Uint8Array) => string): string | null {
  if (form === 'alphanumeric') return text;
  const bytes = form === 'hex' ? fromHex(text) : null;
  return bytes === null ? null : decode(bytes);
}
