import type { Picture } from '../copybook/picture.ts';
import type { Decimal } from './decimal.ts';

/**
 * Edit a number as MOVE does: the text a numeric-edited item of this picture would hold.
 *
 * Implements zero suppression (Z, *), simple (B 0 / ,), special (.), fixed and floating insertion (+ - CR DB currency) of the
 * Enterprise COBOL Language Reference, "Editing rules". Digits that the picture has no place for are cut off on both sides.
 * Returns `null` where no text is the only right one: an overpunched sign (S), and external floats (E).
 */
export function editNumber(value: Decimal, picture: Picture, blankWhenZero: boolean): string | null {
  if (picture.runs.some(({ symbol }) => symbol === 'S' || symbol === 'E')) return null;
  const symbols = picture.runs.flatMap(({ symbol, count }) => Array.from({ length: count }, () => symbol));
  const stored = storedDigits(value, picture);
  const zero = /^0*$/.test(stored);
  const negative = value.negative && !zero;
  const point = picture.decimalComma ? ',' : '.';
  const floating = ['+', '-', '¤'].find((symbol) => symbols.indexOf(symbol) !== symbols.lastIndexOf(symbol)) ?? '';
  const suppressed = symbols.filter((symbol) => symbol === 'Z' || symbol === '*' || symbol === floating);
  const fill = suppressed.includes('*') ? '*' : ' ';
  if (zero && (blankWhenZero || (suppressed.length > 0 && !symbols.includes('9')))) {
    if (blankWhenZero || fill === ' ') return ' '.repeat(picture.size);
    return symbols
      .map((symbol) => (symbol === point ? point : symbol === 'V' || symbol === 'P' ? '' : '*'.repeat(symbol.length)))
      .join('');
  }
  const inserted = insertion(floating, negative, picture);
  const out: string[] = [];
  let state: 'before' | 'suppressing' | 'digits' = 'before';
  let floated = false;
  let digit = 0;
  // The floating character takes the place directly left of the first digit or of the decimal point.
  const settle = (): void => {
    if (state === 'suppressing' && floated) out.splice(out.length - inserted.length, inserted.length, ...inserted);
    state = 'digits';
  };
  for (const symbol of symbols) {
    if (symbol === 'V' || symbol === 'P') continue;
    if (symbol === '9') {
      settle();
      out.push(stored.charAt(digit++));
    } else if (symbol === 'Z' || symbol === '*' || (symbol === floating && floated)) {
      if (state === 'before') state = 'suppressing';
      const character = stored.charAt(digit++);
      if (state === 'suppressing' && character === '0') {
        out.push(fill);
      } else {
        settle();
        out.push(character);
      }
    } else if (symbol === floating) {
      floated = true;
      state = 'suppressing';
      out.push(...' '.repeat(inserted.length));
    } else if (symbol === point) {
      settle();
      out.push(symbol);
    } else if (symbol === 'B' || symbol === '0' || symbol === '/' || symbol === ',' || symbol === '.') {
      out.push(state === 'suppressing' ? fill : symbol === 'B' ? ' ' : symbol);
    } else {
      out.push(...insertion(symbol, negative, picture));
    }
  }
  return out.join('');
}

/** What a sign or currency symbol puts into the text. */
function insertion(symbol: string, negative: boolean, picture: Picture): string {
  if (symbol === '+') return negative ? '-' : '+';
  if (symbol === '-') return negative ? '-' : ' ';
  if (symbol === '¤') return picture.currency;
  return negative ? symbol : ' '.repeat(symbol.length);
}

/** The digits of the picture's digit positions, in order. */
function storedDigits(value: Decimal, picture: Picture): string {
  const shift = picture.scale - value.scale;
  const integer =
    shift >= 0 ? value.digits + '0'.repeat(Math.min(shift, picture.digits)) : value.digits.slice(0, shift);
  return integer.padStart(picture.digits, '0').slice(-picture.digits);
}
