import type { ASTNode } from '@marcbachmann/cel-js';
import { plainDigits } from '../../codec/plain-number.ts';
import { type ConditionType, conditionType } from './condition-values.ts';
import type { EventField } from './event-field.ts';
import type { ScopedField } from './event-scope.ts';
import { isList } from './found-value.ts';
import type { FrameSource } from './frame-source.ts';

/** Asks whether a condition holds. */
export type Asked = (own: FrameSource, pair: FrameSource) => boolean;

/**
 * Make the short way to ask a checked condition that compares fields outside of tables with literal integers or texts, by == and != and
 * with && between them: it gives what CEL gives. `null` for all others. `fieldNamed` finds the field that a variable stands for.
 */
export function simpleCondition(node: ASTNode, fieldNamed: (name: string) => ScopedField | null): Asked | null {
  if (node.op === '&&') {
    const [one, other] = node.args.map((part) => simpleCondition(part, fieldNamed));
    if (one == null || other == null) return null;
    return (own, pair) => one(own, pair) && other(own, pair);
  }
  if (node.op !== '==' && node.op !== '!=') return null;
  const [left, right] = node.args;
  const [variable, literal] = left.op === 'id' ? [left, right] : [right, left];
  if (variable.op !== 'id' || literal.op !== 'value') return null;
  const found = fieldNamed(variable.args);
  if (found === null || found.field.depth > 0) return null;
  const isEqual = equality(conditionType(found.field.form), literal.args, found.field);
  if (isEqual === null) return null;
  const wanted = node.op === '==';
  return found.side === 'own' ? (own) => isEqual(own) === wanted : (_own, pair) => isEqual(pair) === wanted;
}

/** Whether a field equals a literal; `null` where it has no value, which equals nothing and differs from nothing. */
function equality(
  type: ConditionType,
  literal: unknown,
  field: EventField,
): ((source: FrameSource) => boolean | null) | null {
  if (type === 'string' && typeof literal === 'string') {
    return (source) => {
      const found = field.find(source);
      return found === null || isList(found) || typeof found.value !== 'string' ? null : found.value === literal;
    };
  }
  if (type !== 'int' || typeof literal !== 'bigint') return null;
  const number = Number(literal);
  if (!Number.isSafeInteger(number)) return null;
  const { plain } = field;
  const form = plain?.field.number ?? null;
  const start = plain?.start ?? 0;
  const end = plain?.end ?? 0;
  return (source) => {
    if (form !== null && source.from + end <= source.to) {
      const digits = plainDigits(form, source.bytes, source.from + start, source.from + end);
      if (!Number.isNaN(digits)) return digits === number; // an integer has no decimals
    }
    const found = field.find(source);
    if (found === null || isList(found)) return null;
    const { value, digits } = found;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value === number;
    return digits === null ? null : BigInt(digits) === literal;
  };
}
