import { numberLanes } from '../number-lanes.ts';
import { type DigitSource, repeated } from './digit-source.ts';
import type { FunctionSource } from './function-source.ts';

const size = 4; // digits in a group: the bytes of an integer
const zeros = repeated(0x30, size);
const overNine = repeated(6, size); // added to a digit over 9 it sets the high half of its byte
const highHalves = repeated(0xf0, size);
const minus = 0x2d;
const point = 0x2e;

/**
 * Write a number of so many digits. `negative`: an expression that is 1 for a minus, `null` for what has no sign; a minus zero is refused.
 *
 * Digits are taken four at a time. The first group that is not zero is moved by its leading zeros; those behind it are written whole.
 */
export function generateNumber(
  f: FunctionSource,
  { digits, scale }: { readonly digits: number; readonly scale: number },
  source: DigitSource,
  negative: string | null,
): void {
  const { sources, point } = numberLanes(digits, scale);
  const whole = point < 0 ? sources : sources.slice(0, point);
  const decimals = point < 0 ? [] : sources.slice(point + 1);
  const groups: string[] = [];
  const first = whole.length % size;
  if (first > 0) groups.push(group(f, whole.slice(0, first), first, source));
  for (let at = first; at < whole.length; at += size) groups.push(group(f, whole.slice(at, at + size), size, source));
  const behind: string[] = [];
  for (let at = 0; at < decimals.length; at += size) behind.push(group(f, decimals.slice(at, at + size), size, source));
  const all = [...groups, ...behind].filter((name) => name !== '0');
  if (source.doubtful && all.length > 0) {
    f.refuseIf(`((${all.map((name) => `${name} | ${name} + ${overNine}`).join(' | ')}) & ${highHalves}) !== 0`);
  }
  if (negative !== null) f.refuseIf(`${negative} !== 0 && (${all.join(' | ') || '0'}) === 0`);
  writeGroups(f, groups, negative);
  if (point >= 0) writeDecimals(f, behind, decimals.length);
}

/** Write an integer of groups without its leading zeros, but at least one digit. */
export function writeGroups(f: FunctionSource, groups: readonly string[], negative: string | null): void {
  if (negative !== null) {
    f.add(`b[${f.out()}] = ${minus};`);
    f.advance(0, negative);
  }
  for (const [index, name] of groups.entries()) {
    const zeroBytes = `Math.clz32(${index === groups.length - 1 ? `${name} | 1` : name}) >> 3`;
    // Without a branch: all bits are set when the groups before are zero, and none otherwise.
    const isLeading = index === 0 ? null : `((${groups.slice(0, index).join(' | ')}) - 1 >> 31)`;
    const skipped = f.constant(isLeading === null ? zeroBytes : `${zeroBytes} & ${isLeading}`);
    f.add(`v.setInt32(${f.out()}, (${name} | ${zeros}) << (${skipped} << 3));`);
    f.advance(size, `-${skipped}`);
  }
}

function writeDecimals(f: FunctionSource, groups: readonly string[], digits: number): void {
  f.add(`b[${f.out()}] = ${point};`);
  for (const [index, name] of groups.entries()) f.add(`v.setInt32(${f.out(1 + size * index)}, ${name} | ${zeros});`);
  f.passLater(1 + digits);
}

/** The constant of a group of digits, that of the first in the highest of `width` bytes. */
function group(f: FunctionSource, lanes: readonly number[], width: number, source: DigitSource): string {
  const places = lanes.flatMap((digit, place) => (digit < 0 ? [] : [place]));
  const [from] = places;
  const to = places.at(-1);
  const digit = from === undefined ? undefined : lanes[from];
  if (from === undefined || to === undefined || digit === undefined) return '0';
  const shift = 8 * (width - 1 - to);
  const read = source.digits(f, digit, to - from + 1);
  return f.constant(shift === 0 ? read : `${read} << ${shift}`);
}
