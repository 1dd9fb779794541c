import type { Emission, Site } from './emission.ts';
import type { PackedKernel } from './kernel.ts';
import type { LongNumbers } from './long-numbers.ts';
import { numberLanes } from './number-lanes.ts';
import { suspectSign } from './suspect-sign.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32, v128 } from './wasm/instructions.ts';
import { writeNumber } from './write-number.ts';

const lanesInVector = 16;
const shortLength = 8; // bytes that are loaded with zeros behind them
const sideBySide = Array.from({ length: lanesInVector }, (_, lane) => (lane >> 1) + (lane % 2) * lanesInVector);

/** Read a COMP-3 or COMP-6 field and write its value. */
export function writePacked(emission: Emission, site: Site, kernel: PackedKernel, long: LongNumbers): void {
  const { digits, scale, length, sign } = kernel;
  const { f } = emission;
  const pad = 2 * length - (sign === 'none' ? 0 : 1) - digits;
  const lanes = numberLanes(digits, scale);
  const negative = readSign(emission, site, kernel);
  if (pad > 0) {
    f.int(15);
    emission.load(i32.load8, site).f.do(i32.sub);
    emission.suspect();
  }
  const fits = lanes.sources.length <= lanesInVector && length <= shortLength;
  if (fits) {
    readNibbles(
      emission,
      site,
      lanes.sources.map((digit) => (digit < 0 ? -1 : digit + pad)),
    );
    writeNumber(emission, lanes, emission.scratch.digits, negative);
    return;
  }
  for (let first = 0; first < digits; first += lanesInVector) {
    const start = (first + pad) >> 1;
    const nibbles = Array.from({ length: lanesInVector }, (_, lane) => first + lane + pad - 2 * start);
    const own = nibbles.map((nibble, lane) => (first + lane < digits ? nibble : -1));
    readNibbles(emission, { base: site.base, offset: site.offset + start }, own);
    long.keep(emission, first);
  }
  long.write(emission, digits, scale, negative);
}

/** Put nibbles into the lanes that ask for them; the others are zero. */
function readNibbles(emission: Emission, site: Site, sources: readonly number[]): void {
  const { f, scratch } = emission;
  const all: number[] = [];
  const masks: number[] = [];
  let short = true;
  let moved = false;
  for (let lane = 0; lane < lanesInVector; lane++) {
    const nibble = sources[lane] ?? -1;
    all.push(nibble);
    masks.push(nibble < 0 ? 0 : 0x0f);
    if (nibble >= 2 * shortLength) short = false;
    if (nibble >= 0 && nibble !== lane) moved = true;
  }
  emission.loadVector(short ? v128.loadLong : v128.load, site).f.tee(scratch.bytes);
  f.int(4).vector(v128.shrShortU).get(scratch.bytes);
  if (short) {
    // Side by side in one step; then to their places, without those that nobody asks for, as the sign.
    f.shuffle(sideBySide);
    if (moved) emission.pick(all).repeated(0x0f);
    else emission.constant(masks);
    f.vector(v128.and);
  } else {
    f.shuffle(all.map((nibble) => (nibble < 0 ? 0 : (nibble >> 1) + (nibble % 2) * lanesInVector)));
    emission.constant(masks).f.vector(v128.and);
  }
  emission.keepDigits();
}

function readSign(emission: Emission, site: Site, { length, sign }: PackedKernel): Local | null {
  if (sign === 'none') return null;
  const { f, scratch } = emission;
  emission.load(i32.load8, site, length - 1);
  f.int(15).do(i32.and).set(scratch.sign);
  return suspectSign(emission, sign);
}
