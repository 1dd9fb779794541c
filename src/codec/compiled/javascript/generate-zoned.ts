import type { ZonedKernel } from '../kernel.ts';
import { bigEndian, repeated } from './digit-source.ts';
import type { FunctionSource } from './function-source.ts';
import { generateNumber } from './generate-number.ts';

/** Read a numeric DISPLAY field at an address and write its value. */
export function generateZoned(f: FunctionSource, address: string, kernel: ZonedKernel): void {
  const { start, zone, signAt } = kernel;
  const negative = readSign(f, `${address} + ${signAt}`, kernel);
  const digits = (_: FunctionSource, first: number, count: number): string => {
    const read = `${bigEndian('v', `${address} + ${start + first}`, count)} ^ ${repeated(zone, count)}`;
    let mask = 0;
    for (let at = first; at < first + count; at++) mask = (mask << 8) | zoneMask(kernel, start + at);
    return mask === repeated(0xff, count) ? `(${read})` : `((${read}) & ${mask})`;
  };
  generateNumber(f, kernel, { digits, doubtful: true }, negative);
}

/** Which bits of a byte without its zone must make a digit. */
function zoneMask({ sign, signAt, lenient }: ZonedKernel, at: number): number {
  if (at === signAt && sign === 'overpunch') return 0x0f;
  return lenient && !(at === signAt && sign === 'none') ? 0x0f : 0xff;
}

/** Refuse a sign that compilers do not write; an expression that is 1 for a minus. */
function readSign(f: FunctionSource, address: string, { sign, zone }: ZonedKernel): string | null {
  const [plus, minus] = zone === 0xf0 ? [0x4e, 0x60] : [0x2b, 0x2d];
  switch (sign) {
    case 'none':
      return null;
    case 'overpunch': {
      const nibble = f.constant(`b[${address}] >> 4`);
      f.refuseIf(`(${nibble} | 1) !== 13`);
      return f.constant(`${nibble} & 1`);
    }
    case 'separate': {
      const byte = f.constant(`b[${address}]`);
      f.refuseIf(`${byte} !== ${plus} && ${byte} !== ${minus}`);
      return f.constant(`${byte} === ${minus} ? 1 : 0`);
    }
    case 'plus':
      f.refuseIf(`b[${address}] !== ${plus}`);
      return null;
  }
}
