const tabStop = 8;

/** Where the areas of a fixed-format line lie: 0-based indexes into the line, tabs counted to their stops. */
export interface LineAreas {
  /** The character in column 7, a blank when the line is shorter or a tab covers it. */
  readonly indicator: string;
  readonly indicatorIndex: number;
  /** First character of columns 8–72. */
  readonly textStart: number;
  /** Behind the last character of columns 8–72. */
  readonly textEnd: number;
  /** Columns that are missing up to column 72. */
  readonly missing: number;
}

/** Find the areas of a fixed-format line: 1–6 sequence, 7 indicator, 8–72 text. A tab moves to the next multiple of 8. */
export function lineAreas(line: string): LineAreas {
  let column = 0; // characters shown so far
  let index = 0;
  let indicator = ' ';
  let indicatorIndex = line.length;
  let textStart = -1;
  for (; index < line.length && column < 72; index++) {
    const from = column;
    column = line[index] === '\t' ? column - (column % tabStop) + tabStop : column + 1;
    if (from <= 6 && column > 6) {
      indicatorIndex = index;
      if (column === 7) indicator = line[index] ?? ' ';
    }
    if (from >= 7 && textStart < 0) textStart = index;
  }
  if (textStart < 0) textStart = index;
  return { indicator, indicatorIndex, textStart, textEnd: index, missing: Math.max(0, 72 - column) };
}

/** Index of the first character of the line that is no blank, from `start`; the line's length when there is none. */
export function firstInk(line: string, start = 0): number {
  let index = start;
  while (index < line.length && isBlank(line.charCodeAt(index))) index++;
  return index;
}

/** 1-based column of an index with tabs counted to their stops. */
export function columnOf(line: string, index: number): number {
  let column = 0;
  for (let i = 0; i < index; i++) column = line[i] === '\t' ? column - (column % tabStop) + tabStop : column + 1;
  return column + 1;
}

/** Whether a character separates words: blank, tab, line ends, vertical tab, form feed, no-break space. */
export function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x85;
}

/** Read the line that starts at `start`: where it ends, and where the next one starts. Ends are LF, CRLF and CR. */
export function lineEnd(text: string, start: number): { readonly end: number; readonly next: number } {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x0a) return { end: index, next: index + 1 };
    if (code === 0x0d) return { end: index, next: text.charCodeAt(index + 1) === 0x0a ? index + 2 : index + 1 };
  }
  return { end: text.length, next: text.length + 1 };
}
