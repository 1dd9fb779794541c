/** What the bytes of a written file are. */
export interface WrittenAccount {
  records: number;
  words: number;
  /** In the place of what the `skip` options pass over. */
  skipped: number;
  lineEnds: number;
  /** X'00' behind records that are shorter than those of the file. */
  padding: number;
}

/** Start an account with nothing in it. */
export function emptyWritten(): WrittenAccount {
  return { records: 0, words: 0, skipped: 0, lineEnds: 0, padding: 0 };
}

/** The bytes of all terms together. */
export function writtenBytes({ records, words, skipped, lineEnds, padding }: Readonly<WrittenAccount>): number {
  return records + words + skipped + lineEnds + padding;
}

/** Write an account as `output N = records N + words N + …`; padding only when there is any. `output` is counted apart. */
export function formatWritten(output: number, account: Readonly<WrittenAccount>): string {
  const { records, words, skipped, lineEnds, padding } = account;
  const terms = `records ${records} + words ${words} + skipped ${skipped} + line ends ${lineEnds}`;
  return `output ${output} = ${terms}${padding === 0 ? '' : ` + padding ${padding}`}`;
}
