/** Where something stands in a copybook, for messages. */
export interface SourcePosition {
  /** The file as the user named it, or `<copybook>` for text given directly. */
  readonly file: string;
  /** 1-based line. */
  readonly line: number;
  /** 1-based column of the line as written, tabs counted as one character. */
  readonly column: number;
  /** The line as written, without its line end. */
  readonly lineText: string;
}

/** Move a position to the right, at most to just behind its line: a continued word is longer than what is left of it. */
export function columnsOn(position: SourcePosition, columns: number): SourcePosition {
  if (columns === 0) return position;
  return { ...position, column: Math.min(position.column + columns, position.lineText.length + 1) };
}
