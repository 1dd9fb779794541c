/** Where something stands in a text. */
export interface TextPlace {
  /** 1-based. */
  readonly line: number;
  /** 1-based, at most just behind the line. */
  readonly column: number;
  /** Without its line end. */
  readonly lineText: string;
}

/** Make the function from UTF-16 offsets in a text to lines and columns. Lines are found when the first is asked for. */
export function placesIn(text: string): (offset: number) => TextPlace {
  let starts: number[] | null = null;
  return (offset) => {
    if (starts === null) {
      starts = [0];
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    }
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const start = starts[low] ?? 0;
    const end = text.indexOf('\n', start);
    const lineText = text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
    return { line: low + 1, column: Math.min(offset - start, lineText.length) + 1, lineText };
  };
}
