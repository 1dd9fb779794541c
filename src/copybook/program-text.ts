import type { SourcePosition } from './source-position.ts';
import type { TextWord } from './text-word.ts';

/** A piece of program text that stands unbroken in one line of the file. */
interface Segment {
  /** Where it starts in the program text. */
  readonly offset: number;
  readonly line: number;
  readonly lineStart: number;
  readonly lineEnd: number;
  /** Index in the line of the segment's first character. */
  readonly index: number;
}

/** The text of one file without its sequence numbers, comments and continuations, and the way back to its lines. */
export class ProgramText {
  readonly file: string;
  readonly text: string;
  /** Words that stand for whole lines: ++INCLUDE, -INC, and lines that are wrong. Ascending by offset. */
  readonly marks: readonly { readonly offset: number; readonly word: TextWord }[];
  readonly #raw: string;
  readonly #segments: readonly Segment[];
  #current = 0;
  #lineText = '';
  #lineTextOf = -1;

  constructor(
    file: string,
    raw: string,
    text: string,
    segments: readonly Segment[],
    marks: readonly { readonly offset: number; readonly word: TextWord }[],
  ) {
    this.file = file;
    this.text = text;
    this.marks = marks;
    this.#raw = raw;
    this.#segments = segments;
  }

  /** Say where a character of the program text stands in the file. Cheap as long as offsets ascend. */
  positionAt(offset: number): SourcePosition {
    const segments = this.#segments;
    if ((segments[this.#current]?.offset ?? 0) > offset) this.#current = 0;
    while ((segments[this.#current + 1]?.offset ?? Number.POSITIVE_INFINITY) <= offset) this.#current++;
    const segment = segments[this.#current];
    if (segment === undefined) return { file: this.file, line: 1, column: 1, lineText: '' };
    if (this.#lineTextOf !== segment.lineStart) {
      this.#lineText = this.#raw.slice(segment.lineStart, segment.lineEnd);
      this.#lineTextOf = segment.lineStart;
    }
    // Padding to column 72 lies behind the line.
    const index = Math.min(segment.index + offset - segment.offset, segment.lineEnd - segment.lineStart);
    return { file: this.file, line: segment.line, column: index + 1, lineText: this.#lineText };
  }
}
