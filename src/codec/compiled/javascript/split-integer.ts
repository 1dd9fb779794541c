const groups = 10_000; // numbers of four digits

/** For each number below 10,000 its four digits, a byte each, the first one in the highest; see `prepareDigits`. */
export const fourDigits: Int32Array = new Int32Array(groups);

/** Fill the table of digits, unless that was done. */
export function prepareDigits(): void {
  if (fourDigits[1] !== 0) return;
  for (let number = 0; number < groups; number++) {
    const [ones, tens, hundreds, thousands] = [number, number / 10, number / 100, number / 1000].map(
      (value) => Math.floor(value) % 10,
    ) as [number, number, number, number];
    fourDigits[number] = (thousands << 24) | (hundreds << 16) | (tens << 8) | ones;
  }
}

/** Where `splitInteger` leaves digits. */
export const splitDigits: DataView = new DataView(new ArrayBuffer(24)); // 20, and what is read behind them

/** How many digits `splitInteger` leaves. */
export const digitsSplit = 20;

/** Leave the 20 digits of an unsigned integer of two 32-bit halves in `splitDigits`, a byte each. */
export function splitInteger(high: number, low: number): void {
  const upper = high >>> 0;
  const lower = low >>> 0;
  let eights: readonly [number, number, number]; // digits: the last 8, those before them, and those above the last 16
  if (upper < 2 ** 21) {
    const whole = upper * 2 ** 32 + lower; // a number, and its quotient too, holds what is below 2⁵³
    const above = Math.floor(whole / 1e8);
    eights = [whole - above * 1e8, above, 0];
  } else {
    const whole = (BigInt(upper) << 32n) | BigInt(lower);
    const above = whole / 100_000_000n;
    eights = [Number(whole % 100_000_000n), Number(above % 100_000_000n), Number(above / 100_000_000n)];
  }
  splitDigits.setInt32(0, fourDigits[eights[2]] ?? 0);
  splitEight(4, eights[1]);
  splitEight(12, eights[0]);
}

function splitEight(at: number, number: number): void {
  const four = Math.floor(number / groups);
  splitDigits.setInt32(at, fourDigits[four] ?? 0);
  splitDigits.setInt32(at + 4, fourDigits[number - four * groups] ?? 0);
}
