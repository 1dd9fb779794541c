import type { FieldForm } from '../../codec/field-form.ts';
import type { EventField } from './event-field.ts';
import { type Found, isList } from './found-value.ts';

/**
 * The types that fields have in conditions. Numbers without decimals are `int`, of any number of digits; others are `double` as long as
 * that is exact. With more than 15 digits they are `decimal`: text, which can be told equal but has no order.
 */
export type ConditionType = 'string' | 'int' | 'double' | 'decimal';

const exactDigits = 15; // every decimal of 15 digits survives the way through a double

/** Say what type the values of a field have in conditions. */
export function conditionType(form: FieldForm): ConditionType {
  if (form.kind === 'text') return 'string';
  const { float, moreDecimals, scale, range } = form;
  if (float || range === null) return 'double';
  if (scale <= 0 && !moreDecimals) return 'int';
  const most = range.high > -range.low ? range.high : -range.low;
  return Math.max(String(most).length, scale) <= exactDigits ? 'double' : 'decimal';
}

/** A value in a condition; `undefined` where there is none. */
export type ConditionValue = string | number | bigint | readonly ConditionValue[] | undefined;

/** Make what turns what was found of a field into the value of its type. */
export function conditionValue({ form }: EventField): (found: Found) => ConditionValue {
  const scalar = scalarValue(conditionType(form));
  const value = (found: Found): ConditionValue => {
    if (found === null) return undefined;
    return isList(found) ? found.map(value) : scalar(found.value, found.digits);
  };
  return value;
}

/** Made once: codes and counts are mostly small. */
const smallIntegers: readonly bigint[] = Array.from({ length: 100 }, (_, value) => BigInt(value));

type ScalarValue = (value: unknown, digits: string | null) => string | number | bigint | undefined;

function scalarValue(type: ConditionType): ScalarValue {
  switch (type) {
    case 'string':
      return (value) => (typeof value === 'string' ? value : undefined);
    case 'int':
      return (value, digits) => {
        if (typeof value === 'number' && Number.isSafeInteger(value)) return smallIntegers[value] ?? BigInt(value);
        return digits === null ? undefined : BigInt(digits);
      };
    case 'double':
      return (_, digits) => (digits === null ? undefined : Number(digits));
    case 'decimal':
      return (_, digits) => digits ?? undefined;
  }
}
