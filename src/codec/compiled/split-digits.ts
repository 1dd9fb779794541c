import type { Emission } from './emission.ts';
import type { LongNumbers } from './long-numbers.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';

const hundredMillions = 100_000_000;
const byTenThousand = 3_518_437_209; // 2⁴⁵ / 10⁴, exact for 32 bits
const byHundredMillions = 2_882_303_762; // 2⁵⁸ / 10⁸, exact for 32 bits
// A quotient q goes to the lower half of a lane, and what is left of x to the upper one: (x << half) − q × ((divisor << half) − 1).
const tenThousandApart = 2 ** 32 * 10_000 - 1;
const hundredApart = 2 ** 16 * 100 - 1;
const tenApart = 2 ** 8 * 10 - 1;

/** Lanes of the vector `digits` that hold the digits of a number, the most significant first. */
type DigitLanes = readonly number[];

const lanesFrom = (first: number, count: number): DigitLanes =>
  Array.from({ length: count }, (_, lane) => first + lane);

/**
 * Split the scratch variable `number` into decimal digits, a byte each, in the vector `digits`: 4, 8, 9 or 10 of them, as many as are
 * needed for `digits`.
 *
 * Several digits are divided at once, in lanes of one integer (SWAR). Divisions by constants are multiplications with
 * reciprocals that are exact for the numbers that occur.
 */
export function splitInt(emission: Emission, digits: number): DigitLanes {
  const lanes = digits > 8 ? digits : digits > 4 ? 8 : 4;
  emission.f.sequence(`${lanes} digits`, () => writeSplitInt(emission, lanes));
  return digits > 8 ? [...lanesFrom(8, digits - 8), ...lanesFrom(0, 8)] : lanesFrom(0, lanes);
}

function writeSplitInt(emission: Emission, digits: number): void {
  const { f, scratch, zero } = emission;
  const { number, mask, long, high } = scratch;
  if (digits > 8) {
    f.get(number).do(i64.extendU).long(byHundredMillions).do(i64.mul).long(58).do(i64.shrU, i32.wrapLong).tee(mask);
    f.int(-hundredMillions).do(i32.mul).get(number).do(i32.add).set(number);
    splitEight(emission, number);
    f.get(zero).get(long).replaceLong(0);
    if (digits === 9) f.get(mask).replaceByte(8).set(scratch.digits);
    else {
      // Tens and ones: the tens in the lower byte.
      f.get(mask)
        .int(8)
        .do(i32.shl)
        .get(mask)
        .int(103)
        .do(i32.mul)
        .int(10)
        .do(i32.shrU)
        .int(tenApart)
        .do(i32.mul, i32.sub);
      f.replaceShort(4).set(scratch.digits);
    }
    return;
  }
  if (digits > 4) splitEight(emission, number);
  else {
    // Four digits: hundreds below, the rest above, then both by ten.
    f.get(number)
      .int(16)
      .do(i32.shl)
      .get(number)
      .int(5243)
      .do(i32.mul)
      .int(19)
      .do(i32.shrU)
      .int(hundredApart)
      .do(i32.mul, i32.sub);
    f.do(i64.extendU).tee(long);
    splitTens(f, long, high, 0x000f_000fn);
    f.set(long);
  }
  f.get(zero).get(long).replaceLong(0).set(scratch.digits);
}

/** Split the scratch variable `long`, of at most 16 digits, into 16 digits. */
export function splitLong(emission: Emission): DigitLanes {
  emission.f.sequence('16 digits', () => writeSplitLong(emission));
  return lanesFrom(0, 16);
}

function writeSplitLong(emission: Emission): void {
  const { f, scratch } = emission;
  const { number, mask, long } = scratch;
  f.get(long).long(hundredMillions).do(i64.divU, i32.wrapLong).tee(mask).do(i64.extendU);
  f.long(-hundredMillions).do(i64.mul).get(long).do(i64.add, i32.wrapLong).set(number);
  splitEight(emission, mask);
  f.get(long).vector(v128.splatLong).set(scratch.digits);
  splitEight(emission, number);
  f.get(scratch.digits).get(long).replaceLong(1).set(scratch.digits);
}

/** Split the scratch variable `long` into 20 digits where long numbers are kept; gives their number. */
export function twentyDigits(emission: Emission, kept: LongNumbers): number {
  const { f, scratch } = emission;
  const { number, long, low } = scratch;
  f.get(long)
    .long(10n ** 16n)
    .do(i64.divU)
    .tee(low)
    .do(i32.wrapLong)
    .set(number);
  f.get(long)
    .get(low)
    .long(10n ** 16n)
    .do(i64.mul, i64.sub)
    .set(low);
  splitInt(emission, 4);
  kept.keep(emission, 0);
  f.get(low).set(long);
  splitLong(emission);
  kept.keep(emission, 4);
  return 20;
}

/** Split eight digits of an integer below 10⁸ into the bytes of `long`, the first digit in the lowest one. */
function splitEight(emission: Emission, from: Local): void {
  emission.f.sequence(`eight digits of ${from.index}`, () => writeSplitEight(emission, from));
}

function writeSplitEight({ f, scratch }: Emission, from: Local): void {
  const { long, high } = scratch;
  // Groups of four: the first in the low half, the second, which is what is left, in the high half.
  f.get(from).do(i64.extendU).tee(long).long(32).do(i64.shl).get(long).long(byTenThousand).do(i64.mul).long(45);
  f.do(i64.shrU).long(tenThousandApart).do(i64.mul, i64.sub).tee(long);
  // Groups of two.
  f.long(16).do(i64.shl).get(long).long(10_486).do(i64.mul).long(20).do(i64.shrU).long(0x7f_0000_007fn).do(i64.and);
  f.long(hundredApart).do(i64.mul, i64.sub).tee(long);
  splitTens(f, long, high, 0x000f_000f_000f_000fn);
  f.set(long);
}

/** Split lanes of 16 bits, below 100 each, into two bytes; the lanes are on the stack and in `lanes`. */
function splitTens(f: Emission['f'], lanes: Local, tens: Local, mask: bigint): void {
  f.long(103).do(i64.mul).long(10).do(i64.shrU).long(mask).do(i64.and).set(tens);
  f.get(lanes).long(8).do(i64.shl).get(tens).long(tenApart).do(i64.mul, i64.sub);
}
