import type { Piece } from '../frames/piece.ts';
import type { SourceFrame } from '../streams/source.ts';
import { TakenFrame } from '../streams/taken-frame.ts';

/** Make what a source gives of a piece: a frame, or garbage with its reason. */
export function frameOfPiece(piece: Piece, ingested: number | null): SourceFrame {
  const { bytes } = piece;
  const problem = piece.kind === 'record' ? piece.problem : piece;
  if (problem === null || ('severity' in problem && problem.severity === 'note')) {
    return new TakenFrame(bytes, ingested);
  }
  return { bytes, ingested, garbage: { code: problem.code, message: problem.message } };
}
