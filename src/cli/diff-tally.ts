/** What comparing two files found. */
export interface DiffTally {
  /** Records compared, of each file. */
  left: number;
  right: number;
  /** Pairs with the same bytes. */
  equal: number;
  /** Pairs with the same values in other bytes: FILLER, slack, signs, fields that are not output. */
  otherBytes: number;
  /** Pairs with fields that differ. */
  different: number;
  leftOnly: number;
  rightOnly: number;
  /** Runs of bytes that are no records. */
  garbage: number;
  /** How often each field differs, by its path without subscripts. */
  readonly fields: Map<string, number>;
}

const shownFields = 12; // the rest is a number

/** Start a tally with nothing in it. */
export function emptyDiffTally(): DiffTally {
  return {
    left: 0,
    right: 0,
    equal: 0,
    otherBytes: 0,
    different: 0,
    leftOnly: 0,
    rightOnly: 0,
    garbage: 0,
    fields: new Map(),
  };
}

/** Write the summary: every record in exactly one place, then the fields that differ most often. */
export function formatDiffTally(tally: DiffTally): string {
  const { left, right, equal, otherBytes, different, leftOnly, rightOnly, garbage, fields } = tally;
  const pairs = `equal ${equal} + equal in other bytes ${otherBytes} + different ${different}`;
  const lines = [
    `first file: records ${left} = ${pairs} + only there ${leftOnly}`,
    `second file: records ${right} = ${pairs} + only there ${rightOnly}`,
  ];
  if (garbage > 0) lines.push(`runs of bytes that are no records, and were not compared: ${garbage}`);
  const counts = [...fields].sort(([, a], [, b]) => b - a);
  if (counts.length > 0) {
    const shown = counts.slice(0, shownFields).map(([path, count]) => `${path} ${count}`);
    const more = counts.length > shownFields ? [`and ${counts.length - shownFields} others`] : [];
    lines.push(`fields that differ: ${[...shown, ...more].join(', ')}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** The same as one line of JSON. */
export function diffTallyJson(tally: DiffTally): string {
  return `${JSON.stringify({ summary: { ...tally, fields: [...tally.fields].map(([path, count]) => ({ path, count })) } })}\n`;
}
