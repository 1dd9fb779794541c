/**
 * Cut a file that GnuCOBOL wrote with RECORD IS VARYING into its records.
 *
 * offset  length  name
 * 0       2       length of the record, big-endian, without these 4 bytes
 * 2       2       zero
 */
export function varyingRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    const length = view.getUint16(at);
    records.push(file.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return records;
}
