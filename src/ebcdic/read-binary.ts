/** How a binary field is written; negative values are two's complement. */
export interface BinaryOptions {
  readonly order: 'big' | 'little';
  readonly signed: boolean;
}

/** Read a binary field of any length exactly. */
export function readBinary(bytes: Uint8Array, options: BinaryOptions): bigint {
  let value = 0n;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[options.order === 'big' ? index : bytes.length - 1 - index] ?? 0;
    value = value * 256n + BigInt(byte);
  }
  return options.signed ? BigInt.asIntN(8 * bytes.length, value) : value;
}

/**
 * Read a binary field of at most 6 bytes, those from `start` to `end`, which every double holds exactly. Throws a RangeError for longer
 * ones.
 */
export function readBinaryNumber(
  bytes: Uint8Array,
  { order, signed }: BinaryOptions,
  start = 0,
  end: number = bytes.length,
): number {
  const length = end - start;
  if (length > 6) throw new RangeError(`${length} bytes may not fit a number`);
  let value = 0;
  if (order === 'big') for (let at = start; at < end; at++) value = value * 256 + (bytes[at] ?? 0);
  else for (let at = end - 1; at >= start; at--) value = value * 256 + (bytes[at] ?? 0);
  const limit = 2 ** (8 * length);
  return signed && value >= limit / 2 ? value - limit : value;
}
