import type { Emission, Site } from './emission.ts';
import type { ZonedKernel } from './kernel.ts';
import type { LongNumbers } from './long-numbers.ts';
import { numberLanes } from './number-lanes.ts';
import { suspectSign } from './suspect-sign.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import { writeNumber } from './write-number.ts';

const lanesInVector = 16;

/** Read a numeric DISPLAY field and write its value. */
export function writeZoned(emission: Emission, site: Site, kernel: ZonedKernel, long: LongNumbers): void {
  const { digits, scale } = kernel;
  const lanes = numberLanes(digits, scale);
  const negative = readSign(emission, site, kernel);
  if (lanes.sources.length > lanesInVector) {
    for (let first = 0; first < digits; first += lanesInVector) {
      const sources = Array.from({ length: lanesInVector }, (_, lane) => (first + lane < digits ? first + lane : -1));
      readDigits(emission, site, kernel, first, sources);
      long.keep(emission, first);
    }
    long.write(emission, digits, scale, negative);
    return;
  }
  readDigits(emission, site, kernel, 0, lanes.sources);
  writeNumber(emission, lanes, emission.scratch.digits, negative);
}

/** Put digits into the lanes that ask for them, the first one of the field being that at `first`. */
function readDigits(
  emission: Emission,
  site: Site,
  kernel: ZonedKernel,
  first: number,
  sources: readonly number[],
): void {
  const { start, zone, digits } = kernel;
  const places: number[] = [];
  let moved = false;
  for (let lane = 0; lane < lanesInVector; lane++) {
    const digit = sources[lane] ?? -1;
    const place = digit < 0 ? -1 : digit - first;
    if (first + lane < digits && place !== lane) moved = true;
    places.push(place);
  }
  const masks: number[] = [];
  let masked = false;
  for (let lane = 0; lane < lanesInVector; lane++) {
    // What is behind the digits is not theirs; when they are moved, it does not come along.
    const mask = first + lane < digits ? zoneMask(kernel, start + first + lane) : moved ? 0xff : 0;
    if (mask !== 0xff) masked = true;
    masks.push(mask);
  }
  emission.loadVector(v128.load, site, start + first);
  emission.repeated(zone).f.vector(v128.xor);
  if (masked) emission.constant(masks).f.vector(v128.and);
  if (moved) emission.pick(places);
  emission.keepDigits();
}

/** Which bits of a byte without its zone must make a digit. */
function zoneMask({ sign, signAt, lenient }: ZonedKernel, at: number): number {
  if (at === signAt && sign === 'overpunch') return 0x0f;
  return lenient && !(at === signAt && sign === 'none') ? 0x0f : 0xff;
}

function readSign(emission: Emission, site: Site, { sign, signAt, zone }: ZonedKernel): Local | null {
  if (sign === 'none') return null;
  const { f, scratch } = emission;
  const [plus, minus] = zone === 0xf0 ? [0x4e, 0x60] : [0x2b, 0x2d];
  emission.load(i32.load8, site, signAt);
  switch (sign) {
    case 'overpunch':
      f.int(4).do(i32.shrU).set(scratch.sign);
      return suspectSign(emission, 'signed');
    case 'separate':
      f.tee(scratch.sign).int(minus).do(i32.eq).tee(scratch.mask);
      f.get(scratch.sign).int(plus).do(i32.eq, i32.or, i32.eqz).int(31).do(i32.shl);
      emission.suspect();
      f.get(scratch.mask).set(scratch.sign);
      return scratch.sign;
    case 'plus':
      f.int(plus).do(i32.ne).int(31).do(i32.shl);
      emission.suspect();
      return null;
  }
}
