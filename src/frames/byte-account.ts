/** What every byte of an input was: the terms of the equation printed at the end of a run. */
export interface ByteAccount {
  /** Bytes that came in. Counted apart from the other terms, so that the equation proves something. */
  input: number;
  /** Bytes of records. */
  records: number;
  /** Record and block descriptor words. */
  words: number;
  /** Bytes passed over by the `skip` options. */
  skipped: number;
  /** Line ends, those of empty lines too. */
  lineEnds: number;
  /** Bytes that could not be framed. */
  garbage: number;
  /** Bytes that were read but not framed because reading stopped early. */
  unread: number;
}

/** Start an account with nothing in it. */
export function emptyAccount(): ByteAccount {
  return { input: 0, records: 0, words: 0, skipped: 0, lineEnds: 0, garbage: 0, unread: 0 };
}

/** Add the terms of one account to another. */
export function addAccount(total: ByteAccount, part: ByteAccount): void {
  total.input += part.input;
  total.records += part.records;
  total.words += part.words;
  total.skipped += part.skipped;
  total.lineEnds += part.lineEnds;
  total.garbage += part.garbage;
  total.unread += part.unread;
}

/** Tell whether every byte of the input is in exactly one of the other terms. */
export function accountBalances(account: ByteAccount): boolean {
  const { input, records, words, skipped, lineEnds, garbage, unread } = account;
  return input === records + words + skipped + lineEnds + garbage + unread;
}

/** Write an account as `input N = records N + words N + …`; `unread` only when there is any. */
export function formatAccount(account: ByteAccount): string {
  const { input, records, words, skipped, lineEnds, garbage, unread } = account;
  const terms = `records ${records} + words ${words} + skipped ${skipped} + line ends ${lineEnds} + garbage ${garbage}`;
  return `input ${input} = ${terms}${unread === 0 ? '' : ` + unread ${unread}`}`;
}
