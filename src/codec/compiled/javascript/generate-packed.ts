import type { PackedKernel } from '../kernel.ts';
import type { FunctionSource } from './function-source.ts';
import { generateNumber } from './generate-number.ts';

/** Read a COMP-3 or COMP-6 field at an address and write its value. */
export function generatePacked(f: FunctionSource, address: string, kernel: PackedKernel): void {
  const { length, digits, sign } = kernel;
  const pad = 2 * length - (sign === 'none' ? 0 : 1) - digits;
  const negative = readSign(f, `${address} + ${length - 1}`, sign);
  if (pad > 0) f.refuseIf(`b[${address}] > 15`);
  const source = {
    digits: (_: FunctionSource, first: number, count: number) => nibbles(f, address, first + pad, count),
    doubtful: true,
  };
  generateNumber(f, kernel, source, negative);
}

/** An expression for up to 4 nibbles, a byte each. */
function nibbles(f: FunctionSource, address: string, first: number, count: number): string {
  const at = `${address} + ${first >> 1}`;
  const before = first & 1;
  const end = before + count;
  if (count === 1) return before === 1 ? `(b[${at}] & 15)` : `(b[${at}] >> 4)`;
  const [word, width] = end <= 2 ? [`b[${at}]`, 2] : end <= 4 ? [`v.getUint16(${at})`, 4] : [`v.getInt32(${at})`, 8];
  const shift = 4 * (width - end);
  const shifted = shift === 0 ? word : `${word} >>> ${shift}`;
  const all = f.constant(before === 0 && width < 8 ? shifted : `${shifted} & ${16 ** count - 1}`);
  const pairs = count <= 2 ? all : f.constant(`(${all} | ${all} << 8) & ${0x00ff00ff}`);
  return `((${pairs} | ${pairs} << 4) & ${0x0f0f0f0f})`;
}

function readSign(f: FunctionSource, address: string, sign: PackedKernel['sign']): string | null {
  switch (sign) {
    case 'none':
      return null;
    case 'unsigned':
      f.refuseIf(`(b[${address}] & 15) !== 15`);
      return null;
    case 'signed': {
      const nibble = f.constant(`b[${address}] & 15`);
      f.refuseIf(`(${nibble} | 1) !== 13`);
      return f.constant(`${nibble} & 1`);
    }
  }
}
