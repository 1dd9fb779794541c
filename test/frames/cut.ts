import type { ByteAccount } from '../../src/frames/byte-account.ts';
import { createFramer, type FrameFormat, type SkipOptions } from '../../src/frames/framer.ts';
import type { Piece } from '../../src/frames/piece.ts';

/** Frame bytes that arrive in chunks of these sizes (over and over; all at once without any). */
export function cut(
  bytes: Uint8Array,
  format: FrameFormat,
  { skip = {}, chunks = [] }: { skip?: SkipOptions; chunks?: readonly number[] } = {},
): { pieces: Piece[]; account: Readonly<ByteAccount> } {
  const framer = createFramer(format, skip);
  const pieces: Piece[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = chunks.length === 0 ? bytes.length : (chunks[turn % chunks.length] ?? 1);
    pieces.push(...framer.push(Uint8Array.from(bytes.subarray(at, at + size))));
    at += size;
  }
  pieces.push(...framer.end());
  return { pieces, account: framer.account };
}

/** Show pieces as `offset:text`, garbage with its code in front. */
export function shown(pieces: readonly Piece[]): string[] {
  return pieces.map((piece) => {
    const text = Buffer.from(piece.bytes).toString('latin1');
    if (piece.kind === 'garbage') return `${piece.code} ${piece.offset}:${text}`;
    return `${piece.problem === null ? '' : `${piece.problem.code} `}${piece.offset}:${text}`;
  });
}
