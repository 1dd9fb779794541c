/** The text of one record, and where it stands. */
export interface JsonPiece {
  /** `''` for a blank line. */
  readonly text: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** What should have been there, when the text as a whole is none. */
  readonly problem: string | null;
}

/** 128 MiB: with its text and its value a longer record would take too much memory. */
export const longestJson: number = 128 * 1024 * 1024;

/** What a longer record is told. */
export const tooLongJson: string = `at most ${longestJson} bytes`;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decode the bytes of a record, which come in parts. */
export function jsonPiece(parts: readonly Uint8Array[], line: number, column: number): JsonPiece {
  const [only] = parts;
  const bytes = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  try {
    const text = utf8.decode(bytes);
    return { text: text.trim() === '' ? '' : text.replace(/\r$/, ''), line, column, problem: null };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), line, column, problem: 'text in UTF-8' };
  }
}
