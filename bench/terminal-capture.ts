import { prefixLength, writeCapturePrefix } from 'overpunch/frames';
import { typeNames } from './terminal-header.ts';

/** A capture of frames of 100 to 300 bytes with the header of the terminal protocol in front and noise for a body. */
export interface TerminalCapture {
  readonly bytes: Uint8Array;
  readonly frames: number;
}

/** Make a capture of about `size` bytes, the same for the same size. */
export function terminalCapture(size: number): TerminalCapture {
  const bytes = new Uint8Array(size);
  const random = randomIntegers(99);
  const codes = typeNames.map((name) => [...name].map(ebcdic));
  const words = new Uint32Array(bytes.buffer, 0, size >> 2);
  for (let index = 0; index < words.length; index++) words[index] = random();
  const started = Date.UTC(2026, 0, 1); // ms
  let at = 0;
  let frames = 0;
  for (; at + prefixLength + 300 <= size; frames++) {
    const length = 100 + (random() % 200);
    const time = started + frames * 3;
    writeCapturePrefix(bytes, at, length, time * 1000);
    writeHeader(bytes, at + prefixLength, length, codes[random() % codes.length] ?? [], frames, time, random());
    at += prefixLength + length;
  }
  return { bytes: bytes.subarray(0, at), frames };
}

/** Marsaglia's xorshift: whole numbers of 32 bits. */
function randomIntegers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** A capital letter or digit. */
function ebcdic(character: string): number {
  const code = character.charCodeAt(0);
  if (code <= 0x39) return 0xc0 + code;
  return character < 'J' ? code + 0x80 : character < 'S' ? code + 0x87 : code + 0x8f;
}

function writeHeader(
  bytes: Uint8Array,
  at: number,
  length: number,
  type: readonly number[],
  sequence: number,
  time: number,
  noise: number,
): void {
  bytes[at] = length >> 8;
  bytes[at + 1] = length;
  bytes.set([0xc9, 0xf1, ...type], at + 2);
  bytes[at + 8] = ebcdic(type[0] === ebcdic('T') ? 'Q' : 'R');
  bytes[at + 9] = noise & 0xe0;
  const key = String(noise % 1e10).padStart(10, '0');
  for (let digit = 0; digit < 10; digit++) bytes[at + 10 + digit] = 0xc0 + key.charCodeAt(digit);
  for (let byte = 0; byte < 4; byte++) bytes[at + 20 + byte] = sequence >>> (24 - 8 * byte);
  const packed = `${String(time).padStart(15, '0')}F`;
  for (let byte = 0; byte < 8; byte++)
    bytes[at + 24 + byte] = Number.parseInt(packed.slice(2 * byte, 2 * byte + 2), 16);
}
