import type { Framer } from './framer.ts';
import { gunzip } from './gunzip.ts';
import type { Piece } from './piece.ts';

/**
 * Read an input chunk by chunk, unpacking gzip, and give the pieces of each chunk as one array.
 *
 * Memory stays constant: a chunk, and the record that is not complete yet. Throws what the input throws, and `GZIP`.
 */
export async function* readFrames(chunks: AsyncIterable<Uint8Array>, framer: Framer): AsyncGenerator<Piece[]> {
  for await (const chunk of gunzip(chunks)) yield framer.push(chunk);
  yield framer.end();
}
