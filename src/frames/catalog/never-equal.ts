import type { ConditionMistake } from '../../settings/condition-problem.ts';
import { conditionType } from './condition-values.ts';
import type { EventField } from './event-field.ts';

/** Say why a field is never equal to a literal value; `null` when it may be. */
export function neverEqual({ name, form }: EventField, literal: unknown): Omit<ConditionMistake, 'at'> | null {
  if (typeof literal !== 'string') return null;
  if (form.kind === 'text') {
    if (literal.length <= form.maximumLength) return null;
    const message = `${name} has room for ${form.maximumLength} characters, so it is never '${literal}'`;
    return { message, expected: 'a value that fits into the field' };
  }
  if (conditionType(form) !== 'decimal' || form.moreDecimals) return null;
  const [whole = '', decimals = ''] = literal.replace(/^-/, '').split('.');
  if (/^(?:0|[1-9][0-9]*)$/.test(whole) && /^[0-9]*$/.test(decimals) && decimals.length === form.scale) return null;
  const example = `0.${'0'.repeat(form.scale)}`;
  return {
    message: `${name} is never '${literal}'`,
    expected: `a number with its ${form.scale} decimals, as '${example}'`,
  };
}
