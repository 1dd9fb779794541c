import type { Emission } from './emission.ts';
import type { LongNumbers } from './long-numbers.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';

const tenThousand = 10_000;
const hundredMillions = 100_000_000;
const byTenThousand = 3_518_437_209; // 2⁴⁵ / 10⁴, exact for 32 bits
const byHundredMillions = 2_882_303_762; // 2⁵⁸ / 10⁸, exact for 32 bits

/**
 * Split the scratch variable `number` into decimal digits, a byte each, in the vector `digits`; gives how many there are: 4, 8 or 10.
 *
 * Several digits are divided at once, in lanes of one integer (SWAR). Divisions by constants are multiplications with
 * reciprocals that are exact for the numbers that occur.
 */
export function eightDigits(emission: Emission, digits: number): number {
  const { f, scratch, zero } = emission;
  const { number, mask, long, high } = scratch;
  if (digits > 8) {
    f.get(number).do(i64.extendU).long(byHundredMillions).do(i64.mul).long(58).do(i64.shrU, i32.wrapLong).tee(mask);
    f.int(-hundredMillions).do(i32.mul).get(number).do(i32.add).set(number);
    splitEight(emission, number);
    twoDigits(emission, mask);
    f.get(long).long(16).do(i64.shl, i64.or).vector(v128.splatLong);
    f.get(long).long(48).do(i64.shrU).replaceLong(1).set(scratch.digits);
    return 10;
  }
  if (digits > 4) splitEight(emission, number);
  else {
    // Four digits: hundreds below, the rest above, then both by ten.
    f.get(number).int(5243).do(i32.mul).int(19).do(i32.shrU).tee(mask);
    f.get(number).get(mask).int(100).do(i32.mul, i32.sub).int(16).do(i32.shl, i32.or).do(i64.extendU).tee(long);
    splitTens(f, long, high, 0x000f_000fn);
    f.set(long);
  }
  f.get(zero).get(long).replaceLong(0).set(scratch.digits);
  return digits > 4 ? 8 : 4;
}

/** Split the scratch variable `long`, of at most 16 digits, into 16 digits; gives their number. */
export function sixteenDigits(emission: Emission): number {
  const { f, scratch } = emission;
  const { number, mask, long } = scratch;
  f.get(long).long(hundredMillions).do(i64.divU, i32.wrapLong).tee(mask).do(i64.extendU);
  f.long(-hundredMillions).do(i64.mul).get(long).do(i64.add, i32.wrapLong).set(number);
  splitEight(emission, mask);
  f.get(long).vector(v128.splatLong).set(scratch.digits);
  splitEight(emission, number);
  f.get(scratch.digits).get(long).replaceLong(1).set(scratch.digits);
  return 16;
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
  eightDigits(emission, 4);
  kept.keep(emission, 0);
  f.get(low).set(long);
  sixteenDigits(emission);
  kept.keep(emission, 4);
  return 20;
}

/** Split eight digits of an integer below 10⁸ into the bytes of `long`, the first digit in the lowest one. */
function splitEight({ f, scratch }: Emission, from: Local): void {
  const { long, high } = scratch;
  // Groups of four: the first in the low half, the second in the high half.
  f.get(from).do(i64.extendU).long(byTenThousand).do(i64.mul).long(45).do(i64.shrU).tee(high);
  f.get(from).do(i64.extendU).get(high).long(tenThousand).do(i64.mul, i64.sub).long(32).do(i64.shl, i64.or).tee(long);
  // Groups of two.
  f.long(10_486).do(i64.mul).long(20).do(i64.shrU).long(0x7f_0000_007fn).do(i64.and).tee(high);
  f.get(long).get(high).long(100).do(i64.mul, i64.sub).long(16).do(i64.shl, i64.or).tee(long);
  splitTens(f, long, high, 0x000f_000f_000f_000fn);
  f.set(long);
}

/** Split lanes of 16 bits, below 100 each, into two bytes; the lanes are on the stack and in `lanes`. */
function splitTens(f: Emission['f'], lanes: Local, tens: Local, mask: bigint): void {
  f.long(103).do(i64.mul).long(10).do(i64.shrU).long(mask).do(i64.and).tee(tens);
  f.get(lanes).get(tens).long(10).do(i64.mul, i64.sub).long(8).do(i64.shl, i64.or);
}

/** Push the two digits of an integer below 100 as two bytes. */
function twoDigits({ f, scratch }: Emission, from: Local): void {
  const { high } = scratch;
  f.get(from).int(103).do(i32.mul).int(10).do(i32.shrU, i64.extendU).tee(high);
  f.get(from).do(i64.extendU).get(high).long(10).do(i64.mul, i64.sub).long(8).do(i64.shl, i64.or);
}
