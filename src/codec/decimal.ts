/** An exact decimal: (−1)^negative × digits × 10^−scale. */
export interface Decimal {
  readonly negative: boolean;
  /** Without leading zeros; `0` for zero. */
  readonly digits: string;
  readonly scale: number;
}

const maximumExponent = 400; // beyond every double, and small enough to write out

/**
 * Write stored digits at a scale: exactly `scale` decimals, zeros for P positions, no exponent, no minus on zero.
 *
 * `digits` may have leading zeros. A scale of 7 gives `0.0012345`, one of −3 gives `12000`.
 */
export function decimalText(negative: boolean, digits: string, scale: number): string {
  let first = 0;
  while (first < digits.length && digits.charCodeAt(first) === 48) first++;
  const zero = first === digits.length;
  const minus = negative && !zero ? '-' : '';
  if (scale === 0) return zero ? '0' : minus + digits.slice(first);
  if (scale < 0) return zero ? '0' : minus + digits.slice(first) + '0'.repeat(-scale);
  const point = digits.length - scale;
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${digits}`;
  const whole = first >= point ? '0' : digits.slice(first, point);
  return `${minus}${whole}.${digits.slice(point)}`;
}

/** Read a decimal as people and JavaScript write it (`-12.50`, `.5`, `1e+21`); `null` for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return null;
  const shift = Number(exponent);
  if (Math.abs(shift) > maximumExponent) return null;
  let digits = (whole + fraction).replace(/^0+/, '');
  let scale = fraction.length - shift;
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end--;
  scale -= digits.length - end;
  digits = digits.slice(0, end);
  if (digits === '') return { negative: false, digits: '0', scale: 0 };
  return { negative: sign === '-', digits, scale };
}

/** Compare by value: negative, 0 or positive. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  return a.negative ? compareSizes(b, a) : compareSizes(a, b);
}

/** Whether two decimals as text are the same number. */
export function sameDecimal(a: string, b: string): boolean {
  const left = parseDecimal(a);
  const right = parseDecimal(b);
  return left !== null && right !== null && compareDecimals(left, right) === 0;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '0' || b.digits === '0') return Number(b.digits === '0') - Number(a.digits === '0');
  // Neither has leading zeros, so the one whose first digit stands further left is larger.
  const place = a.digits.length - a.scale - (b.digits.length - b.scale);
  if (place !== 0) return place;
  const length = Math.max(a.digits.length, b.digits.length);
  const left = a.digits.padEnd(length, '0');
  const right = b.digits.padEnd(length, '0');
  return left < right ? -1 : left > right ? 1 : 0;
}
