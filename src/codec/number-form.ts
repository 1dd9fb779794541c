import type { LayoutItem } from '../copybook/layout.ts';
import type { Picture } from '../copybook/picture.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { FieldSettings } from './field-settings.ts';
import { bitsStyle, type NumberStyle, numberStyle } from './number-value.ts';
import { scaledType } from './scaled-type.ts';

/** What the numbers of a field have in common. */
export interface NumberForm {
  readonly kind: 'number';
  /** How the value is given. `bigint-or-string`: an edited text may have decimals that its picture has not. */
  readonly given: 'number' | 'string' | 'bigint' | 'bigint-or-string';
  /** Floating-point: no number of decimals, no bounds. */
  readonly float: boolean;
  /** Decimals; negative where P stands on the right. Edited texts may have more of them when `moreDecimals`. */
  readonly scale: number;
  readonly moreDecimals: boolean;
  /** Bounds of value × 10^scale; `null` without any. */
  readonly range: NumberRange | null;
  /** A number that is refused when it is not exact. */
  readonly checked: boolean;
}

/** Both ends are included. */
export interface NumberRange {
  readonly low: bigint;
  readonly high: bigint;
}

/** Work out the form of a numeric item's values (DECODING, "Numbers"). The bounds hold for every bit pattern, not for the picture. */
export function numberForm(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): NumberForm {
  const { length } = item;
  const type = item.type === null ? null : scaledType(item.type, settings);
  const { numbers } = settings;
  if (settings.as === 'packed-unsigned') {
    const scale = settings.scale ?? (type !== null && 'scale' in type ? type.scale : 0);
    const precision = Math.max(2 * length, 2 * length - scale, scale);
    const style = numberStyle({ kind: 'packed', precision }, 0, numbers, false);
    return exact(style, scale, { low: 0n, high: nines(2 * length) });
  }
  switch (type?.kind) {
    case 'zoned':
      return exact(numberStyle(type, 0, numbers, false), type.scale, bothSigns(type.digits));
    case 'packed': {
      const range = type.signNibble ? bothSigns(type.digits) : { low: 0n, high: nines(type.digits) };
      return exact(numberStyle(type, 0, numbers, false), type.scale, range);
    }
    case 'binary': {
      const native = type.native || options.trunc === 'bin';
      return exact(numberStyle(type, length, numbers, native), type.scale, binaryRange(8 * length, type.signed));
    }
    case 'bits':
      return exact(bitsStyle(type.bits, settings), settings.scale ?? 0, binaryRange(type.bits, false));
    case 'edited':
      return editedForm(
        type.picture,
        numberStyle({ kind: 'edited', precision: type.picture.precision }, 0, numbers, false),
      );
    default:
      return float(numbers === 'string' ? 'string' : 'number');
  }
}

function exact(style: NumberStyle, scale: number, range: NumberRange): NumberForm {
  const base = { kind: 'number', float: false, scale, moreDecimals: false } as const;
  if (style !== 'checked') return { ...base, given: givenAs(style, scale), range, checked: false };
  const most = scaled(BigInt(Number.MAX_SAFE_INTEGER), scale);
  const low = range.low < -most ? -most : range.low;
  return { ...base, given: 'number', range: { low, high: range.high > most ? most : range.high }, checked: true };
}

/** Of an edited text all characters may be digits, and more of them may stand behind the point than the picture has. */
function editedForm(picture: Picture, style: NumberStyle): NumberForm {
  if (picture.category === 'external-float') {
    return float(style === 'string' ? 'string' : style === 'bigint' ? 'bigint-or-string' : 'number');
  }
  const { scale, size } = picture;
  const moreDecimals = picture.runs.some(({ symbol }) => symbol === (picture.decimalComma ? ',' : '.'));
  const range = bothSigns(moreDecimals ? size + Math.max(0, scale) : size);
  const plain = givenAs(style, scale);
  const given = plain === 'bigint' && moreDecimals ? 'bigint-or-string' : plain;
  return { kind: 'number', given, float: false, scale, moreDecimals, range, checked: false };
}

function float(given: NumberForm['given']): NumberForm {
  return { kind: 'number', given, float: true, scale: 0, moreDecimals: true, range: null, checked: false };
}

function givenAs(style: NumberStyle, scale: number): NumberForm['given'] {
  if (style === 'bigint') return scale <= 0 ? 'bigint' : 'string';
  return style === 'string' ? 'string' : 'number';
}

function bothSigns(digits: number): NumberRange {
  return { low: -nines(digits), high: nines(digits) };
}

function nines(digits: number): bigint {
  return 10n ** BigInt(digits) - 1n;
}

function binaryRange(bits: number, signed: boolean): NumberRange {
  const values = 1n << BigInt(bits);
  return signed ? { low: -values / 2n, high: values / 2n - 1n } : { low: 0n, high: values - 1n };
}

/** value × 10^scale, rounded towards zero. */
function scaled(value: bigint, scale: number): bigint {
  return scale >= 0 ? value * 10n ** BigInt(scale) : value / 10n ** BigInt(-scale);
}
