/** Where the digits of a number of up to 16 characters go. */
export interface NumberLanes {
  /** For each character the digit that stands there; −1: a zero, or the decimal point. */
  readonly sources: readonly number[];
  /** The character that is the decimal point; −1: none is. */
  readonly point: number;
  /** The last digit before the point, which is written even when it is a leading zero. */
  readonly keep: number;
}

/** Lay out the characters of a number, leading zeros included (DECODING, "Numbers": all decimals, P positions as zeros). */
export function numberLanes(digits: number, scale: number): NumberLanes {
  const indexes = Array.from({ length: digits }, (_, index) => index);
  const zeros = (count: number): readonly number[] => Array.from({ length: Math.max(count, 0) }, () => -1);
  if (scale <= 0) return { sources: [...indexes, ...zeros(-scale)], point: -1, keep: digits - scale - 1 };
  const all = [...zeros(scale + 1 - digits), ...indexes];
  const whole = all.length - scale;
  return { sources: [...all.slice(0, whole), -1, ...all.slice(whole)], point: whole, keep: whole - 1 };
}
