import type { BitsKernel } from '../kernel.ts';
import type { FunctionSource } from './function-source.ts';
import { digitsOf, generateLong, generateShort } from './generate-integer.ts';

const wordBits = 32;
const longBitsRead = 64;
const shortestWord = wordBits - 7; // bits that lie in 4 bytes wherever they start

/** Where something is read: an expression for the address of its first byte, and the bit of that byte at which it starts. */
export interface BitSite {
  readonly address: string;
  readonly bit: string | number;
}

/** Read a bit item and write its value. */
export function generateBits(f: FunctionSource, site: BitSite, { bits, scale, limit }: BitsKernel): void {
  const form = { scale, limit, most: digitsOf(2n ** BigInt(bits) - 1n) };
  if (isShort(site, bits)) {
    generateShort(f, f.constant(shortBits(site, bits)), null, form);
    return;
  }
  const long = f.constant(longBits(site, bits));
  const half = (shift: string): string => `Number(BigInt.asUintN(32, ${long}${shift}))`;
  generateLong(f, half(' >> 32n'), half(''), null, form);
}

/** Whether bits lie in 4 bytes. */
export function isShort({ bit }: BitSite, bits: number): boolean {
  return typeof bit === 'number' ? bit + bits <= wordBits : bits <= shortestWord;
}

/** An expression for bits that lie in 4 bytes. */
export function shortBits({ address, bit }: BitSite, bits: number): string {
  return `(v.getInt32(${address}) << ${bit}) >>> ${wordBits - bits}`;
}

/** An expression for up to 64 bits as a BigInt. They may lie in 9 bytes. */
export function longBits({ address, bit }: BitSite, bits: number): string {
  const last = `BigInt(b[${address} + 8] >> (8 - ${bit}))`;
  const left = `(v.getBigUint64(${address}) << BigInt(${bit}) | ${last})`;
  return `(BigInt.asUintN(${longBitsRead}, ${left}) >> ${longBitsRead - bits}n)`;
}
