import { digitFields, digitsOf } from './field-number.ts';
import { headerField } from './header-field.ts';
import type { HeaderSource } from './header-source.ts';

/** Count the digits of a protocol's keys where the text of each is its number in so many digits, with leading zeros; 0 where it is not. */
export function keyDigits({ header }: HeaderSource): number {
  const fields = digitFields(headerField(header, header.fields.key), (item) => headerField(header, item));
  return fields === null ? 0 : fields.reduce((sum, field) => sum + digitsOf(field), 0);
}
