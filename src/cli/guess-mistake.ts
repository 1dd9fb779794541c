/** What a run looked like when it was over. */
export interface RunShape {
  readonly format: string;
  /** The first bytes of the input, some 64 KiB at most. */
  readonly sample: Uint8Array;
  readonly ebcdic: boolean;
  readonly records: number;
  readonly bad: number;
  readonly garbage: number;
  /** Record length of a fixed format, when there is one. */
  readonly recordLength: number | null;
  /** Bytes of a last record that is too short; 0 when none is. */
  readonly remainder: number;
  /** Lengths of records vary with their counters. */
  readonly varies: boolean;
}

/** Say in one line what is probably wrong and what to try; `null` when nothing stands out. */
export function guessMistake(shape: RunShape): string | null {
  const { format, sample, records, bad, garbage, recordLength, remainder } = shape;
  const mostlyBad = records > 0 && bad * 2 > records;
  if (format === 'quarantine' || (bad === 0 && garbage === 0)) return null;
  const suspicious = mostlyBad || remainder > 0 || garbage > 0;
  if (!suspicious) return null;
  if (format === 'fixed') {
    if (readsAsBlocks(sample)) return 'the file reads as blocks of records (BDW and RDW): try --format bdw';
    if (readsAsWords(sample, false)) return 'the file reads as records with descriptor words (RDW): try --format rdw';
    if (readsAsWords(sample, true))
      return 'the file reads as records with little-endian RDWs: try --format rdw --rdw-endian little';
  }
  if (shape.ebcdic && looksAscii(sample)) {
    const lines = sample.includes(0x0a) && format !== 'text' ? ' --format text' : '';
    return `the file looks like ASCII, not EBCDIC: try --codepage ascii${lines}`;
  }
  if (!shape.ebcdic && looksEbcdic(sample)) return 'the file looks like EBCDIC: try --codepage cp037';
  if (format === 'fixed' && shape.varies)
    return 'records of this copybook vary in length: try --record-length odo, or --odo maximum';
  if (remainder > 0 && recordLength !== null) {
    return `the file is no multiple of the record length ${recordLength}: ${remainder} bytes are left; is it the right copybook, --dialect or --record-length?`;
  }
  if ((format === 'rdw' || format === 'bdw') && garbage > 0) {
    return 'a descriptor word is impossible: try --format fixed, --rdw-endian little or --no-rdw-inclusive';
  }
  return mostlyBad ? 'most records are bad: is it the right copybook, --codepage, --dialect or --format?' : null;
}

/** Whether inclusive words chain through the sample at least three times and up to its end. */
function readsAsWords(sample: Uint8Array, little: boolean): boolean {
  let at = 0;
  let words = 0;
  while (at + 4 <= sample.length) {
    const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = sample.subarray(at, at + 4);
    const zeros = little ? b0 + b1 : b2 + b3;
    const length = little ? b3 * 256 + b2 + 4 : b0 * 256 + b1;
    if (zeros !== 0 || length < 5) return false;
    at += length;
    words += 1;
  }
  return words >= 3;
}

function readsAsBlocks(sample: Uint8Array): boolean {
  const block = (sample[0] ?? 0) * 256 + (sample[1] ?? 0);
  if (block < 12 || (sample[2] ?? 1) !== 0 || (sample[3] ?? 1) !== 0) return false;
  let at = 4;
  while (at + 4 <= Math.min(block, sample.length)) {
    const length = (sample[at] ?? 0) * 256 + (sample[at + 1] ?? 0);
    if (length < 4 || sample[at + 2] !== 0 || sample[at + 3] !== 0) return false;
    at += length;
  }
  return at === block || (at > sample.length && block > sample.length);
}

function looksAscii(sample: Uint8Array): boolean {
  return share(sample, (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d) > 0.9;
}

function looksEbcdic(sample: Uint8Array): boolean {
  return (
    share(
      sample,
      (byte) => byte === 0x40 || byte >= 0xf0 || (byte >= 0xc1 && byte <= 0xe9) || (byte >= 0x81 && byte <= 0xa9),
    ) > 0.7
  );
}

function share(sample: Uint8Array, test: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of sample) if (test(byte)) count += 1;
  return sample.length === 0 ? 0 : count / sample.length;
}
