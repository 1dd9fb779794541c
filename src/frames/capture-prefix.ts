/** Bytes that stand before each frame of a capture. */
export const prefixLength = 12;

const twoTo32 = 0x100000000;
const earliest = Date.UTC(1990, 0) * 1000; // microseconds: a frame before it, or from 2100 on, is misread framing
const latest = Date.UTC(2100, 0) * 1000;
const earliestHigh = Math.floor(earliest / twoTo32);
const latestHigh = Math.floor(latest / twoTo32);

// offset  length  name    encoding
//      0       4  length  bytes of the frame, big-endian
//      4       8  time    of the capture, microseconds since 1970-01-01T00:00:00Z, big-endian

/**
 * Read the length in the prefix at a place, where 12 bytes are: 0 when it is no prefix, because the length is 0 or beyond `maximum`
 * (less than 2^31), or the time not from 1990 to 2099.
 */
export function prefixedLength(bytes: Uint8Array, at: number, maximum: number): number {
  const length = word(bytes, at);
  if (length <= 0 || length > maximum) return 0; // as a signed number a larger one is negative
  const high = word(bytes, at + 4);
  if (high > earliestHigh && high < latestHigh) return length; // whole numbers: this is done for every frame
  return isCaptureTime(prefixedTime(bytes, at)) ? length : 0;
}

/** Read the capture time in the prefix at a place, in microseconds. */
export function prefixedTime(bytes: Uint8Array, at: number): number {
  return (word(bytes, at + 4) >>> 0) * twoTo32 + (word(bytes, at + 8) >>> 0);
}

/** Whether a time in microseconds is from 1990 to 2099. */
export function isCaptureTime(time: number): boolean {
  return time >= earliest && time < latest;
}

/** Write the prefix of a frame of `length` bytes at a place of a buffer; the time is rounded to a microsecond. */
export function writeCapturePrefix(target: Uint8Array, at: number, length: number, microseconds: number): void {
  const time = Math.round(microseconds);
  putWord(target, at, length);
  putWord(target, at + 4, Math.floor(time / twoTo32));
  putWord(target, at + 8, time);
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

function putWord(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24; // `>>>` takes the value modulo 2^32
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}
