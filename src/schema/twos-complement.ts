/** Write an integer as big-endian two's complement in the fewest bytes: how Avro keeps the unscaled value of a `decimal`. */
export function toTwosComplement(value: bigint): Buffer {
  let length = 1;
  for (let limit = 0x80n; value >= limit || value < -limit; limit <<= 8n) length++;
  const hex = BigInt.asUintN(8 * length, value).toString(16);
  return Buffer.from(hex.padStart(2 * length, '0'), 'hex');
}
