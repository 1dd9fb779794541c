/** What a run looked like when it was over. */
export interface RunShape {
  readonly format: string;
  /** The first bytes of the input, some 64 KiB at most. */
  readonly sample: Uint8Array;
  readonly ebcdic: boolean;
  /** The code page of text. */
  readonly codepage: string;
  /** There are packed, binary or floating-point fields, which no conversion of text leaves as they are. */
  readonly hasBinary: boolean;
  /** Records that were read, and how many of them were bad. */
  readonly records: number;
  readonly bad: number;
  readonly garbage: number;
  /** Bytes of the input. */
  readonly size: number;
  /** Record length of a fixed format, when there is one. */
  readonly recordLength: number | null;
  /** Bytes of a last record that is too short; 0 when none is. */
  readonly remainder: number;
  /** Lengths of records vary with their counters. */
  readonly varies: boolean;
}

/** What a run itself showed, without what the options say about its input. */
export type RunFacts = Pick<RunShape, 'sample' | 'records' | 'bad' | 'garbage' | 'size' | 'remainder'> & {
  /** Frames of no type of the catalog. */
  readonly untyped: number;
};

/** Says in one line what is probably wrong and what to try; `null` when it does not look like that. */
export type Guess = (shape: RunShape) => string | null;

/** Whether most records are bad. */
export function mostlyBad({ records, bad }: RunShape): boolean {
  return records > 0 && bad * 2 > records;
}

/** The share of bytes that pass a test. */
export function share(bytes: Uint8Array, test: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (test(byte)) count += 1;
  return bytes.length === 0 ? 0 : count / bytes.length;
}
