import { digitsIn } from './digit-source.ts';
import type { FunctionSource } from './function-source.ts';
import { generateNumber, writeGroups } from './generate-number.ts';
import { digitsSplit } from './split-integer.ts';

/** How an integer is written. */
export interface IntegerForm {
  readonly scale: number;
  /** Values of more digits are refused; 0: none are. */
  readonly limit: number;
  /** Digits of the largest one. */
  readonly most: number;
}

/** Write an unsigned integer below 2³². */
export function generateShort(f: FunctionSource, value: string, negative: string | null, form: IntegerForm): void {
  const { scale, limit, most } = form;
  const digits = limit === 0 ? most : Math.min(limit, most);
  if (digits < most) f.refuseIf(`${value} >= ${10 ** digits}`);
  if (scale !== 0) {
    f.add(`splitInteger(0, ${value});`);
    generateNumber(f, { digits, scale }, digitsIn('split', digitsSplit - digits), negative);
    return;
  }
  const groups: string[] = [];
  let left = value;
  for (let count = Math.ceil(digits / 4); count > 1; count--) {
    const above = f.constant(`(${left} / 10000) >>> 0`);
    groups.unshift(f.constant(`four[${left} - ${above} * 10000]`));
    left = above;
  }
  groups.unshift(f.constant(`four[${left}]`));
  writeGroups(f, groups, negative);
}

/** Write an unsigned integer of two halves. */
export function generateLong(
  f: FunctionSource,
  high: string,
  low: string,
  negative: string | null,
  form: IntegerForm,
): void {
  const { scale, limit, most } = form;
  const digits = limit === 0 ? most : Math.min(limit, most);
  f.add(`splitInteger(${high}, ${low});`);
  const { digits: read } = digitsIn('split', 0);
  const above: string[] = [];
  for (let at = 0; at < digitsSplit - digits; at += 4) above.push(read(f, at, Math.min(4, digitsSplit - digits - at)));
  if (digits < most) f.refuseIf(`(${above.join(' | ')}) !== 0`);
  generateNumber(f, { digits, scale }, digitsIn('split', digitsSplit - digits), negative);
}

/** How many digits a number has. */
export function digitsOf(value: bigint): number {
  return value.toString().length;
}
