import type { FieldType } from '../../src/copybook/layout.ts';
import { canonicalDecimal } from './decimal.ts';

type EditedType = Extract<FieldType, { kind: 'edited' }>;

/**
 * Read the number an edited item shows (§5): blanks, `*`, currency and grouping signs are dropped, a `-`, `CR` or `DB` anywhere
 * makes it negative, an implied V divides by the digit positions after it.
 *
 * `null` without a digit. `text` has the whole item with a sign overpunched on its last digit already taken off.
 */
export function editedNumber(text: string, type: EditedType): string | null {
  const { picture } = type;
  if (picture.category === 'external-float') return canonicalDecimal(text.replaceAll(' ', ''));
  const point = picture.decimalComma ? ',' : '.';
  let rest = text.toUpperCase();
  if (picture.currency !== '') rest = rest.replaceAll(picture.currency.toUpperCase(), '');
  const negative = /-|CR|DB/.test(rest);
  const kept = [...rest.replaceAll(/CR|DB/g, '')].filter(
    (character) => !' *.,+-/$¤\0'.includes(character) || character === point,
  );
  const digits = kept.map((character) => (character === point ? '.' : character)).join('');
  if (!/[0-9]/.test(digits)) return type.blankWhenZero && text.trim() === '' ? '0' : null;
  return canonicalDecimal(`${negative ? '-' : ''}${digits}e${impliedExponent(type, point)}`);
}

/** Powers of ten that the text does not show: digit positions behind an implied V, or P positions. */
function impliedExponent({ picture }: EditedType, point: string): number {
  const { runs } = picture;
  const count = (symbols: string, from: number): number =>
    runs.slice(from).reduce((sum, run) => sum + (symbols.includes(run.symbol) ? run.count : 0), 0);
  const v = runs.findIndex((run) => run.symbol === 'V');
  if (v >= 0) return -count('9Z*P', v);
  if (runs.some((run) => run.symbol === point)) return 0;
  const leading = runs.find((run) => '9Z*P'.includes(run.symbol))?.symbol === 'P';
  return leading ? -count('9Z*P', 0) : count('P', 0);
}
