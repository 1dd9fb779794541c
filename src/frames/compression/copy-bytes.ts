const few = 128; // bytes: a view to copy from costs more than copying them one by one

/** Copy the bytes from `from` to `to` to a place in a target. */
export function copyBytes(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): void {
  if (to - from > few) {
    target.set(bytes.subarray(from, to), at);
    return;
  }
  let out = at;
  for (let next = from; next < to; next += 1) target[out++] = bytes[next] ?? 0;
}

/** Put the same byte `length` times at a place in a target. */
export function fillBytes(target: Uint8Array, at: number, length: number, byte: number): void {
  const until = at + length;
  if (length > few) {
    target.fill(byte, at, until);
    return;
  }
  for (let out = at; out < until; out += 1) target[out] = byte;
}
