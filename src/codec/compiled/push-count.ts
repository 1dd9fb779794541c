import type { BitSite } from './bit-site.ts';
import type { Emission, Site } from './emission.ts';
import type { Kernel, PackedKernel, ZonedKernel } from './kernel.ts';
import { isShort, loadBits } from './load-bits.ts';
import { i32 } from './wasm/instructions.ts';
import { loadInt } from './write-binary.ts';

const mostDigits = 9; // of a 32-bit integer

/**
 * Push the value of a counter as an integer; what is negative or bad is −1 or anything, since the field itself is checked too. False, and
 * nothing is pushed, for kernels that this is not done for.
 */
export function pushCount(emission: Emission, site: BitSite, kernel: Kernel): boolean {
  const { f, scratch } = emission;
  switch (kernel.kind) {
    case 'binary':
      if (kernel.length > 4 || kernel.scale !== 0) return false;
      loadInt(emission, site, kernel);
      f.get(scratch.number);
      return true;
    case 'bits':
      if (!isShort(kernel.bits)) return false;
      loadBits(emission, site, kernel.bits);
      return true;
    case 'zoned':
      if (kernel.digits > mostDigits || kernel.scale !== 0) return false;
      pushZoned(emission, site, kernel);
      return true;
    case 'packed':
      if (2 * kernel.length > mostDigits + 1 || kernel.scale !== 0) return false;
      pushPacked(emission, site, kernel);
      return true;
    default:
      return false;
  }
}

function pushZoned({ f }: Emission, { base, offset }: Site, kernel: ZonedKernel): void {
  const { start, digits, sign, signAt, zone } = kernel;
  const nibble = (at: number): void => {
    f.get(base)
      .memory(i32.load8, offset + start + at)
      .int(15)
      .do(i32.and);
  };
  nibble(0);
  for (let at = 1; at < digits; at++) {
    f.int(10).do(i32.mul);
    nibble(at);
    f.do(i32.add);
  }
  if (sign === 'none' || sign === 'plus') return;
  f.get(base).memory(i32.load8, offset + signAt);
  if (sign === 'overpunch') f.int(4).do(i32.shrU).int(0x0d);
  else f.int(zone === 0xf0 ? 0x60 : 0x2d);
  minusOneIfEqual(f);
}

function pushPacked({ f }: Emission, { base, offset }: Site, { length, sign }: PackedKernel): void {
  const nibble = (at: number): void => {
    f.get(base).memory(i32.load8, offset + (at >> 1));
    if (at % 2 === 0) f.int(4).do(i32.shrU);
    else f.int(15).do(i32.and);
  };
  const digits = 2 * length - (sign === 'none' ? 0 : 1);
  nibble(0);
  for (let at = 1; at < digits; at++) {
    f.int(10).do(i32.mul);
    nibble(at);
    f.do(i32.add);
  }
  if (sign !== 'signed') return;
  nibble(digits);
  f.int(0x0d);
  minusOneIfEqual(f);
}

/** Turn the third value on the stack into −1 when the two above it are equal. */
function minusOneIfEqual(f: Emission['f']): void {
  f.do(i32.eq).int(-1).do(i32.mul, i32.or);
}
