import type { Emission, Site } from './emission.ts';
import type { PackedKernel, ZonedKernel } from './kernel.ts';
import type { Label } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';

const size = 16;

/**
 * Branch when a decimal surely cannot be read, which is an error: a nibble of a digit is over 9, and the field is not blank, which would
 * only be a note. Not branching says nothing.
 */
export function branchIfUnreadable(
  emission: Emission,
  kernel: PackedKernel | ZonedKernel,
  site: Site,
  label: Label,
): void {
  if (kernel.length > size) return;
  const { f, scratch } = emission;
  const { base, offset } = site;
  f.get(base).vectorMemory(v128.load, offset).set(scratch.bytes);
  if (kernel.kind === 'zoned') zonedDigits(emission, kernel);
  else packedDigits(emission, kernel);
  emission.repeated(9).f.vector(v128.gtU, v128.anyTrue);
  // Blanks and low-values are one byte repeated.
  const all = (1 << kernel.length) - 1;
  f.get(scratch.bytes).get(base).vectorMemory(v128.loadRepeated, offset).vector(v128.eq, v128.bitmask);
  f.int(all).do(i32.and).int(all).do(i32.ne, i32.and).branchIf(label);
}

/** Push bytes that are over 9 where a digit is bad. */
function zonedDigits(emission: Emission, { length, start, digits, zone, lenient, signAt }: ZonedKernel): void {
  const { f, scratch } = emission;
  f.get(scratch.bytes);
  emission.repeated(zone).f.vector(v128.xor);
  const masks = Array.from({ length: size }, (_, lane) => {
    if (lane < start || lane >= start + digits || lane >= length) return 0;
    return lenient || lane === signAt ? 0x0f : 0xff;
  });
  emission.constant(masks).f.vector(v128.and);
}

function packedDigits(emission: Emission, { length, sign }: PackedKernel): void {
  const { f, scratch } = emission;
  const own = (last: number): readonly number[] => Array.from({ length: size }, (_, lane) => (lane < last ? 0x0f : 0));
  f.get(scratch.bytes).int(4).vector(v128.shrShortU);
  emission.constant(own(length)).f.vector(v128.and).get(scratch.bytes);
  emission.constant(own(sign === 'none' ? length : length - 1)).f.vector(v128.and, v128.maxU);
}
