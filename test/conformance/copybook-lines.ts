const cardLength = 80;

/**
 * Decode an EBCDIC copybook (§10). Lines end with X'15' or X'25', a X'0D' before it is dropped; without any, every 80 bytes are
 * a line.
 */
export function copybookLines(bytes: Uint8Array, table: readonly string[]): string {
  const text = (line: Uint8Array): string => Array.from(line, (byte) => table[byte] ?? '').join('');
  const lines: string[] = [];
  if (!bytes.some(isLineEnd)) {
    for (let at = 0; at < bytes.length; at += cardLength) lines.push(text(bytes.subarray(at, at + cardLength)));
    return lines.join('\n');
  }
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    const byte = bytes[end];
    if (byte !== undefined && !isLineEnd(byte)) continue;
    lines.push(text(bytes.subarray(start, end > start && bytes[end - 1] === 0x0d ? end - 1 : end)));
    start = end + 1;
  }
  return lines.join('\n');
}

function isLineEnd(byte: number): boolean {
  return byte === 0x15 || byte === 0x25;
}
