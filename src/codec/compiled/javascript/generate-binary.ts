import type { BinaryKernel } from '../kernel.ts';
import type { FunctionSource } from './function-source.ts';
import { digitsOf, generateLong, generateShort } from './generate-integer.ts';

/** Read a binary field of up to 8 bytes at an address and write its value. */
export function generateBinary(f: FunctionSource, address: string, kernel: BinaryKernel): void {
  const { length, signed, scale, limit } = kernel;
  const form = { scale, limit, most: digitsOf(signed ? 2n ** BigInt(8 * length - 1) : 2n ** BigInt(8 * length) - 1n) };
  if (length <= 4) {
    const value = f.constant(shortInteger(address, kernel));
    const negative = signed ? f.constant(`${value} < 0 ? 1 : 0`) : null;
    generateShort(f, signed ? f.constant(`(${value} < 0 ? -${value} : ${value}) >>> 0`) : value, negative, form);
    return;
  }
  const [high, low] = longInteger(address, kernel);
  if (!signed) {
    generateLong(f, high, low, null, form);
    return;
  }
  const upper = f.constant(`${high} | 0`);
  const lower = f.constant(low);
  const negative = f.constant(`${upper} < 0 ? 1 : 0`);
  const carried = `~${upper} + (${lower} === 0 ? 1 : 0)`;
  generateLong(
    f,
    `${negative} === 0 ? ${upper} : ${carried}`,
    `${negative} === 0 ? ${lower} : -${lower}`,
    negative,
    form,
  );
}

/** An expression for an integer of up to 4 bytes. */
export function shortInteger(address: string, kernel: Pick<BinaryKernel, 'length' | 'order' | 'signed'>): string {
  const { length, order, signed } = kernel;
  const little = order === 'little';
  const kind = signed ? 'Int' : 'Uint';
  if (length === 1) return `v.get${kind}8(${address})`;
  if (length === 3 && !little) return `v.getInt32(${address}) ${signed ? '>>' : '>>>'} 8`;
  if (length === 3) return `(v.getInt32(${address}, true) << 8) ${signed ? '>>' : '>>>'} 8`;
  return `v.get${kind}${8 * length}(${address}${little ? ', true' : ''})`;
}

/** Expressions for the halves of an integer of 5 to 8 bytes. */
function longInteger(address: string, { length, order, signed }: BinaryKernel): readonly [string, string] {
  const above = length - 4;
  const [highAt, lowAt] = order === 'big' ? [0, above] : [4, 0];
  const high = shortInteger(`${address} + ${highAt}`, { length: above, order, signed });
  return [`(${high})`, shortInteger(`${address} + ${lowAt}`, { length: 4, order, signed: false })];
}
