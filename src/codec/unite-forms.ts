import type { FieldForm } from './field-form.ts';
import type { NumberRange } from './number-form.ts';

/**
 * Find the form that the values of two fields have in common: wide enough for both. `null` when one is text and the other a number, or
 * when their numbers are not given as the same kind of value.
 */
export function uniteForms(one: FieldForm, other: FieldForm): FieldForm | null {
  if (one.kind === 'text') {
    if (other.kind !== 'text') return null;
    const digits = one.digits === other.digits ? one.digits : null;
    return { kind: 'text', digits, maximumLength: Math.max(one.maximumLength, other.maximumLength) };
  }
  if (other.kind !== 'number' || one.given !== other.given) return null;
  const scale = Math.max(one.scale, other.scale);
  return {
    kind: 'number',
    given: one.given,
    float: one.float || other.float,
    scale,
    moreDecimals: one.moreDecimals || other.moreDecimals || (one.given !== 'number' && one.scale !== other.scale),
    range: unitedRange(atScale(one.range, scale - one.scale), atScale(other.range, scale - other.scale)),
    checked: one.checked || other.checked,
  };
}

function atScale(range: NumberRange | null, more: number): NumberRange | null {
  if (range === null) return null;
  const factor = 10n ** BigInt(more);
  return { low: range.low * factor, high: range.high * factor };
}

function unitedRange(one: NumberRange | null, other: NumberRange | null): NumberRange | null {
  if (one === null || other === null) return null;
  return { low: one.low < other.low ? one.low : other.low, high: one.high > other.high ? one.high : other.high };
}
