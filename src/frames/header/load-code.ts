/**
 * JavaScript expressions that load bytes of a frame. The code they stand in knows `v`, a DataView, and `o`, the place of the frame in it.
 * They consist of numbers alone: nothing of a copybook gets into them.
 */

/** Bytes that one load takes. */
export type LoadSize = 1 | 2 | 4;

/** A part of a run of bytes that is loaded at once; `start` counts from the start of the frame. */
export interface Chunk {
  readonly start: number;
  readonly size: LoadSize;
}

/** Cut bytes into as few loads as can be, the longest first. */
export function chunksOf(start: number, end: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = start; at < end; ) {
    const size = end - at >= 4 ? 4 : end - at >= 2 ? 2 : 1;
    chunks.push({ start: at, size });
    at += size;
  }
  return chunks;
}

/** A chunk as a signed or unsigned integer. */
export function loadCode({ start, size }: Chunk, signed: boolean, little = false): string {
  const place = start === 0 ? 'o' : `o + ${start}`;
  return `v.get${signed ? 'Int' : 'Uint'}${8 * size}(${place}${little && size > 1 ? ', true' : ''})`;
}

/** The unsigned big-endian number of bytes; more than 53 bits of them are rounded. */
export function unsignedCode(start: number, end: number): string {
  return chunksOf(start, end).reduce((all, chunk) => {
    const load = loadCode(chunk, false);
    return all === '' ? load : `(${all} * ${2 ** (8 * chunk.size)} + ${load})`;
  }, '');
}

/** Integers of at most 32 bits that tell bytes from others: one for each 4 bytes. */
export function wordCodes(start: number, end: number): readonly string[] {
  const words: string[] = [];
  for (let at = start; at < end; at += 4) {
    const [first, second] = chunksOf(at, Math.min(at + 4, end)).map((chunk) => loadCode(chunk, chunk.size === 4));
    words.push(second === undefined ? (first ?? '0') : `(${first} << 8 | ${second})`);
  }
  return words;
}
