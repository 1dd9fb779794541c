const maximumExponent = 10_000; // no item has more positions; a hostile exponent must not allocate

/**
 * Write a decimal in its one canonical form: no exponent, no leading or trailing zeros, no minus zero.
 *
 * Equal numbers give equal texts (`5.00` and `5`, `1e3` and `1000`). `null` when the text is no decimal.
 */
export function canonicalDecimal(text: string): string | null {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (whole + fraction === '' || Math.abs(exponent) > maximumExponent) return null;
  const point = whole.length + exponent;
  let digits = whole + fraction;
  let before = point;
  if (before < 0) {
    digits = '0'.repeat(-before) + digits;
    before = 0;
  }
  if (before > digits.length) digits = digits.padEnd(before, '0');
  const integer = digits.slice(0, before).replace(/^0+/, '');
  const decimals = digits.slice(before).replace(/0+$/, '');
  if (integer === '' && decimals === '') return '0';
  return `${sign === '-' ? '-' : ''}${integer === '' ? '0' : integer}${decimals === '' ? '' : `.${decimals}`}`;
}

/** Whether two decimal texts are the same number. */
export function sameDecimal(left: string, right: string): boolean {
  const canonical = canonicalDecimal(left);
  return canonical !== null && canonical === canonicalDecimal(right);
}

/** Order two decimal texts by value. */
export function compareDecimals(left: string, right: string): number {
  const [a, b] = [scaled(left), scaled(right)];
  const scale = Math.max(a.scale, b.scale);
  const difference = a.coefficient * 10n ** BigInt(scale - a.scale) - b.coefficient * 10n ** BigInt(scale - b.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function scaled(text: string): { coefficient: bigint; scale: number } {
  const canonical = canonicalDecimal(text) ?? '0';
  const point = canonical.indexOf('.');
  if (point < 0) return { coefficient: BigInt(canonical), scale: 0 };
  return { coefficient: BigInt(canonical.replace('.', '')), scale: canonical.length - point - 1 };
}

/** Whether two floating-point numbers are equal within a relative 1e-6. */
export function nearlySame(left: string, right: string): boolean {
  const [a, b] = [Number(left), Number(right)];
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
}
