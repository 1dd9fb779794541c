import { formatWritten, type WrittenAccount, writtenBytes } from '../frames/written-account.ts';

/** What became of the lines of a run. */
export interface EncodeTally {
  lines: number;
  written: number;
  bad: number;
  blank: number;
  /** Bytes given to the output. Counted apart from the account, so that the equation proves something. */
  output: number;
  /** Records of the original; `null` without one, or when it was not read to its end. */
  originals: number | null;
}

/** Tell whether every line went to exactly one place, and the account explains every byte. */
export function encodeBalances(tally: EncodeTally, account: Readonly<WrittenAccount>): boolean {
  const { lines, written, bad, blank, output } = tally;
  return lines === written + bad + blank && output === writtenBytes(account);
}

/** Write the summary: lines by place, records of the original, bytes as an equation. */
export function formatEncodeTally(tally: EncodeTally, account: Readonly<WrittenAccount>): string {
  const { lines, written, bad, blank, output, originals } = tally;
  const texts = [`lines ${lines} = written ${written} + bad ${bad}${blank === 0 ? '' : ` + blank ${blank}`}`];
  if (originals !== null) texts.push(`originals ${originals}`);
  texts.push(formatWritten(output, account));
  return texts.map((text) => `${text}\n`).join('');
}
