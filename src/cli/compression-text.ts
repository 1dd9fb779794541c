import { toHex } from '../bytes/hex.ts';
import type { CatalogHeader, Compression } from '../frames/catalog/catalog.ts';

/** Say how a body is compressed, and when: `nje when ITC-COMPRESSED`; `''` when it is not. */
export function compressionText(compression: Compression | null, header: CatalogHeader): string {
  if (compression === null) return '';
  const { scheme, options, flag } = compression;
  const parts: string[] = [scheme];
  const fills = scheme === 'cut' || scheme === 'bitmap';
  const primes = scheme === 'nje' || scheme === 'sna';
  if (fills && options.fill !== undefined) parts.push(`fill X'${toHex(Uint8Array.of(options.fill))}'`);
  if (primes && options.prime !== undefined) parts.push(`prime X'${toHex(Uint8Array.of(options.prime))}'`);
  if (scheme === 'bitmap' && options.fields !== undefined) parts.push(`fields of ${options.fields.join(', ')} bytes`);
  return `${parts.join(', ')}${flag === 0 ? '' : ` when ${flagNames(flag, header)} is set`}`;
}

/** The names of the bits below the flags field that a mask has; the mask itself where they have none. */
function flagNames(mask: number, { fields: { flags } }: CatalogHeader): string {
  if (flags === null) return String(mask);
  const start = 8 * flags.offset + flags.bit;
  const named = flags.children.filter(({ offset, bit, bitLength, name }) => {
    const shift = flags.bitLength - (8 * offset + bit - start) - bitLength;
    return name !== null && Math.floor(mask / 2 ** shift) % 2 ** bitLength > 0;
  });
  if (named.length === 0) return `flag X'${mask.toString(16).toUpperCase()}'`;
  return named.map(({ name }) => name).join(' or ');
}
