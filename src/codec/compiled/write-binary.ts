import type { BitSite } from './bit-site.ts';
import type { Emission, Site } from './emission.ts';
import type { BinaryKernel, BitsKernel } from './kernel.ts';
import { isShort, loadBits } from './load-bits.ts';
import type { LongNumbers } from './long-numbers.ts';
import { numberLanes } from './number-lanes.ts';
import type { SmallNumbers } from './small-numbers.ts';
import { splitInt, splitLong, twentyDigits } from './split-digits.ts';
import { i32, i64, v128 } from './wasm/instructions.ts';
import { writeNumber } from './write-number.ts';

const lanesInVector = 16;

/** Read a binary field of up to 8 bytes and write its value. */
export function writeBinary(emission: Emission, site: Site, kernel: BinaryKernel, long: LongNumbers): void {
  const { length, signed, scale, limit } = kernel;
  const most = mostDigits(length, signed);
  const digits = limit === 0 ? most : Math.min(limit, most);
  if (length <= 4) loadInt(emission, site, kernel);
  else loadLong(emission, site, kernel);
  writeInteger(emission, { wide: length > 4, signed, digits, bounded: digits < most, scale }, long);
}

/** Read a bit item and write its value. */
export function writeBits(
  emission: Emission,
  site: BitSite,
  kernel: BitsKernel,
  long: LongNumbers,
  small: SmallNumbers,
): void {
  const { f, scratch } = emission;
  const { bits, scale, limit } = kernel;
  const most = digitsOf(2n ** BigInt(bits) - 1n);
  const digits = limit === 0 ? most : Math.min(limit, most);
  const wide = !isShort(bits);
  loadBits(emission, site, bits);
  f.set(wide ? scratch.long : scratch.number);
  if (scale === 0 && small.holds(bits)) {
    small.write(emission, scratch.number);
    return;
  }
  writeInteger(emission, { wide, signed: false, digits, bounded: digits < most, scale }, long);
  emission.settle();
}

interface IntegerForm {
  /** It is in the scratch variable `long` rather than `number`. */
  readonly wide: boolean;
  readonly signed: boolean;
  /** More digits than these it does not have, or it is unusual (`bounded`). */
  readonly digits: number;
  readonly bounded: boolean;
  readonly scale: number;
}

function writeInteger(emission: Emission, form: IntegerForm, long: LongNumbers): void {
  const { f, scratch } = emission;
  const { wide, signed, digits, bounded, scale } = form;
  const negative = signed ? scratch.sign : null;
  if (signed) takeSign(emission, wide);
  if (bounded) {
    if (wide)
      f.get(scratch.long)
        .long(10n ** BigInt(digits))
        .do(i64.geU);
    else
      f.get(scratch.number)
        .int(10 ** digits)
        .do(i32.geU);
    f.int(31).do(i32.shl);
    emission.suspect();
  }
  const lanes = numberLanes(digits, scale);
  if (lanes.sources.length > lanesInVector || digits > 16) {
    if (!wide) f.get(scratch.number).do(i64.extendU).set(scratch.long);
    const count = twentyDigits(emission, long);
    long.write(emission, count, scale, negative);
    return;
  }
  const made = wide ? splitLong(emission) : splitInt(emission, digits);
  // The digits stand at the end of what was made; each lane wants one of them, or a zero.
  const first = made.length - digits;
  const wanted: number[] = [];
  let moved = false;
  for (let lane = 0; lane < lanesInVector; lane++) {
    const digit = lanes.sources[lane] ?? -1;
    const from = digit < 0 ? -1 : (made[digit + first] ?? -1);
    if (from < 0 ? lane < made.length : from !== lane) moved = true;
    wanted.push(from);
  }
  if (moved) {
    f.get(scratch.digits);
    emission.pick(wanted).f.set(scratch.digits);
  }
  writeNumber(emission, lanes, scratch.digits, negative);
}

/** Leave 1 for a negative number in `sign`, and its magnitude. */
function takeSign({ f, scratch }: Emission, wide: boolean): void {
  if (wide) {
    f.get(scratch.long).long(63).do(i64.shrS).tee(scratch.high).get(scratch.long).do(i64.xor);
    f.get(scratch.high).do(i64.sub).set(scratch.long);
    f.get(scratch.high).do(i32.wrapLong).int(1).do(i32.and).set(scratch.sign);
  } else {
    f.get(scratch.number).int(31).do(i32.shrS).tee(scratch.mask).get(scratch.number).do(i32.xor);
    f.get(scratch.mask).do(i32.sub).set(scratch.number);
    f.get(scratch.mask).int(1).do(i32.and).set(scratch.sign);
  }
}

/** Load up to 4 bytes into `number`, with their sign. */
export function loadInt(emission: Emission, site: Site, { length, order, signed }: BinaryKernel): void {
  const { f, scratch } = emission;
  const { number } = scratch;
  if (length === 1) {
    emission.load(signed ? i32.load8S : i32.load8, site).f.set(number);
  } else if (order === 'little' && length !== 3) {
    emission.load(length === 4 ? i32.load : signed ? i32.load16S : i32.load16, site).f.set(number);
  } else if (length === 4) {
    emission.loadVector(v128.loadInt, site).pick([3, 2, 1, 0]).f.extractInt(0).set(number);
  } else if (length === 2) {
    // The second byte comes into place with zeros, the first one with the sign above it.
    emission.load(i32.load8, site, 1).load(signed ? i32.load8S : i32.load8, site);
    f.int(8).do(i32.shl, i32.or).set(number);
  } else {
    emission.load(i32.load, site).f.do(i64.extendU).vector(v128.splatLong);
    takeBytes(emission, length, order);
    f.long(8 * (8 - length))
      .do(signed ? i64.shrS : i64.shrU, i32.wrapLong)
      .set(number);
  }
}

/** Load 5 to 8 bytes into `long`. */
function loadLong(emission: Emission, site: Site, { length, order, signed }: BinaryKernel): void {
  const { f, scratch } = emission;
  if (length === 8 && order === 'little') {
    emission.load(i64.load, site).f.set(scratch.long);
    return;
  }
  emission.loadVector(v128.loadLong, site);
  takeBytes(emission, length, order);
  if (length < 8) f.long(8 * (8 - length)).do(signed ? i64.shrS : i64.shrU);
  f.set(scratch.long);
}

/** Turn the first bytes of the vector on the stack into a 64-bit integer, in its high bytes. */
function takeBytes(emission: Emission, length: number, order: BinaryKernel['order']): void {
  const places: number[] = [];
  for (let lane = 0; lane < 8; lane++) {
    const at = lane - (8 - length); // little-endian place of the byte, the least significant first
    if (at < 0) places.push(-1);
    else places.push(order === 'big' ? length - 1 - at : at);
  }
  emission.pick(places).f.extractLong(0);
}

/** Digits of the largest magnitude of a binary number. */
function mostDigits(length: number, signed: boolean): number {
  // 2ⁿ is no power of ten, so that 2ⁿ − 1 has as many digits.
  return Math.floor((signed ? 8 * length - 1 : 8 * length) * Math.log10(2)) + 1;
}

function digitsOf(value: bigint): number {
  return value.toString().length;
}
