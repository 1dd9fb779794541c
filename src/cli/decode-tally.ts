import { addAccount, type ByteAccount, emptyAccount, formatAccount } from '../frames/byte-account.ts';

/** What became of the records of a run. */
export interface DecodeTally {
  /** Bytes of all inputs. */
  readonly account: ByteAccount;
  records: number;
  written: number;
  quarantined: number;
  /** Not what `--where` asks for; `filteredBad` of them were bad. */
  filtered: number;
  filteredBad: number;
  /** Passed over by `--skip`. */
  skipped: number;
  /** Framed, but reading had been stopped. */
  beyond: number;
  /** Records with errors, filtered and skipped ones left out. */
  bad: number;
  /** Records without errors or notes, likewise. */
  clean: number;
  notes: number;
  /** Runs of bytes that could not be framed. */
  garbage: number;
}

/** Start a tally with nothing in it. */
export function emptyTally(): DecodeTally {
  return {
    account: emptyAccount(),
    records: 0,
    written: 0,
    quarantined: 0,
    filtered: 0,
    filteredBad: 0,
    skipped: 0,
    beyond: 0,
    bad: 0,
    clean: 0,
    notes: 0,
    garbage: 0,
  };
}

/** Enter the account of one input. */
export function addInput(tally: DecodeTally, account: Readonly<ByteAccount>): void {
  addAccount(tally.account, account);
}

/** Add one tally to another. */
export function addTally(total: DecodeTally, { account, ...counts }: DecodeTally): void {
  addAccount(total.account, account);
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) total[name] += counts[name];
}

/** Tell whether every record went to exactly one place. */
export function tallyBalances(tally: DecodeTally): boolean {
  const { records, written, quarantined, filtered, skipped, beyond } = tally;
  return records === written + quarantined + filtered + skipped + beyond;
}

/** Write the summary: records by place, bytes as an equation, good and bad, and the rate. */
export function formatTally(tally: DecodeTally, seconds: number): string {
  const { records, written, quarantined, filtered, filteredBad, skipped, beyond, account } = tally;
  const places = [`written ${written}`, `quarantined ${quarantined}`];
  if (filtered > 0) places.push(`filtered ${filtered}${filteredBad > 0 ? ` (${filteredBad} bad)` : ''}`);
  if (skipped > 0) places.push(`skipped ${skipped}`);
  if (beyond > 0) places.push(`unread ${beyond}`);
  const taken = written + quarantined;
  const good = taken - tally.bad;
  const lines = [
    `records ${records} = ${places.join(' + ')}`,
    formatAccount(account),
    [
      `${counted(taken, 'record')}: ${good} good (${tally.clean} clean), ${tally.bad} bad`,
      counted(tally.notes, 'note'),
      ...(tally.garbage > 0 ? [`${counted(tally.garbage, 'run')} of garbage`] : []),
      `${account.input.toLocaleString('en')} bytes in ${seconds.toFixed(2)} s, ${rate(account.input, seconds)}`,
    ].join('; '),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

function rate(bytes: number, seconds: number): string {
  return `${(bytes / 1e6 / Math.max(seconds, 0.001)).toFixed(1)} MB/s`;
}
