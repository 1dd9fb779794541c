import { z } from 'zod';
import type { FieldForm } from '../codec/field-form.ts';
import type { NumberForm } from '../codec/number-form.ts';
import type { MemberForm, ObjectForm } from '../codec/object-form.ts';
import { decimalPattern, numberBounds } from './json-schema.ts';

/** Make a zod schema of the events of one name, as objects or read from JSON. Members that may be null may be missing. */
export function eventValidator({ members }: ObjectForm): z.ZodType<Readonly<Record<string, unknown>>> {
  const shape: Record<string, z.ZodType> = { id: z.string() };
  for (const member of members) {
    const value = memberType(member);
    shape[member.name] = member.nullable ? value.optional() : value;
  }
  return z.strictObject(shape);
}

function memberType({ form, depth, nullable }: MemberForm): z.ZodType {
  const scalar = scalarType(form);
  let type = nullable ? scalar.nullable() : scalar;
  for (let around = 0; around < depth; around++) type = nullable ? z.array(type).nullable() : z.array(type);
  return type;
}

function scalarType(form: FieldForm): z.ZodType {
  if (form.kind === 'number') return numberType(form);
  const text = z.string().max(form.maximumLength);
  return form.digits === null ? text : text.regex(form.digits === 'hex' ? /^[0-9A-F]*$/ : /^[01]*$/);
}

function numberType(form: NumberForm): z.ZodType {
  const text = (): z.ZodType => z.string().regex(new RegExp(decimalPattern(form)));
  if (form.given === 'string') return text();
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = numberBounds(form);
  const isWhole = form.scale <= 0 && !form.moreDecimals;
  const number = z
    .number()
    .refine((value) => value >= minimum && value <= maximum && (!isWhole || Number.isInteger(value)));
  if (form.given === 'number') return number;
  // In JSON a bigint is a number.
  const whole = z.union([z.bigint(), number]);
  return form.given === 'bigint' ? whole : z.union([whole, text()]);
}
