import type { Kernel, PackedKernel, ZonedKernel } from '../kernel.ts';
import { shortInteger } from './generate-binary.ts';
import { type BitSite, isShort, shortBits } from './generate-bits.ts';

const mostDigits = 9; // of a 32-bit integer

/**
 * An expression for the value of a counter; what is negative or bad is −1 or anything, since the field itself is checked too. `null` for
 * kernels that this is not done for. `named` gives a kernel a name.
 */
export function countExpression(
  kernel: Kernel,
  site: BitSite,
  named: (kernel: ZonedKernel | PackedKernel) => string,
): string | null {
  switch (kernel.kind) {
    case 'binary':
      return kernel.length <= 4 && kernel.scale === 0 ? shortInteger(site.address, kernel) : null;
    case 'bits':
      return kernel.bits < 32 && kernel.scale === 0 && isShort(site, kernel.bits) ? shortBits(site, kernel.bits) : null;
    case 'zoned':
      if (kernel.digits > mostDigits || kernel.scale !== 0) return null;
      return `readCount(b, ${site.address}, ${named(kernel)})`;
    case 'packed':
      if (2 * kernel.length > mostDigits + 1 || kernel.scale !== 0) return null;
      return `readCount(b, ${site.address}, ${named(kernel)})`;
    case 'text':
    case 'reference':
      return null;
  }
}
