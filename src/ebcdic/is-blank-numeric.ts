/** Whether a numeric field is wholly blank or wholly X'00': what the `blank` policy decides on. */
export function isBlankNumeric(bytes: Uint8Array, blank: number): boolean {
  if (bytes.length === 0) return false;
  return bytes.every((byte) => byte === blank) || bytes.every((byte) => byte === 0);
}
