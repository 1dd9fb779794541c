import { isAscii } from 'node:buffer';

const sliceLength = 1 << 20; // bytes, or characters: about a millisecond

/**
 * Decode UTF-8 in small steps: it yields now and then, and returns the text, without a mark of the byte order. Throws a TypeError for what is no UTF-8.
 *
 * A text of many megabytes is put together in a buffer: to join strings would make one of them again when somebody looks into it, at once.
 */
export function* textInSteps(bytes: Uint8Array): Generator<void, string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (yield* isAllAscii(buffer)) return buffer.toString('latin1');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  let length = 0;
  let isLatin = true;
  for (let at = 0; at < buffer.length; at += sliceLength) {
    const isLast = at + sliceLength >= buffer.length;
    const part = decoder.decode(buffer.subarray(at, at + sliceLength), { stream: !isLast });
    parts.push(part);
    length += part.length;
    isLatin &&= !beyondLatin.test(part);
    yield;
  }
  const encoding = isLatin ? 'latin1' : 'utf16le';
  const joined = Buffer.allocUnsafeSlow(isLatin ? length : 2 * length);
  let end = 0;
  for (const part of parts) {
    end += joined.write(part, end, encoding);
    yield;
  }
  return joined.toString(encoding);
}

const beyondLatin = /[\u0100-\uffff]/;

function* isAllAscii(buffer: Buffer): Generator<void, boolean> {
  for (let at = 0; at < buffer.length; at += sliceLength) {
    if (!isAscii(buffer.subarray(at, at + sliceLength))) return false;
    yield;
  }
  return true;
}
