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
  const sources: number[] = [];
  const zeros = scale > 0 ? Math.max(scale + 1 - digits, 0) : 0; // that lead
  for (let zero = 0; zero < zeros; zero++) sources.push(-1);
  for (let digit = 0; digit < digits; digit++) sources.push(digit);
  if (scale <= 0) {
    for (let zero = 0; zero < -scale; zero++) sources.push(-1);
    return { sources, point: -1, keep: digits - scale - 1 };
  }
  const whole = sources.length - scale;
  sources.splice(whole, 0, -1);
  return { sources, point: whole, keep: whole - 1 };
}
