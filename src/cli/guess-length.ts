import { type Guess, mostlyBad, type RunShape } from './run-shape.ts';

const reach = 64; // bytes, or a quarter of the record: a copybook that is further off is another one
const longestLook = 16 * 1024; // bytes compared for each length
const longestLine = 4096; // bytes: lines of text are shorter
const lineEnds: readonly number[] = [0x0a, 0x0d, 0x15, 0x25];
const margin = 0.08; // of the bytes: what a length must fit better by

/** Records that are longer or shorter than the copybook says: columns line up at another length. */
export const guessLength: Guess = (shape) => {
  const { format, sample, size, recordLength, remainder } = shape;
  if (format !== 'fixed' || recordLength === null || !(mostlyBad(shape) || remainder > 0)) return null;
  const kinds = sample.subarray(0, longestLook).map(kindOf);
  const furthest = Math.min(reach, Math.floor(recordLength / 4));
  let best = { length: recordLength, score: likeness(kinds, recordLength) + margin };
  for (let length = recordLength - furthest; length <= recordLength + furthest; length += 1) {
    if (size % length !== 0 || sample.length < 4 * length) continue;
    const score = likeness(kinds, length);
    if (score > best.score) best = { length, score };
  }
  if (best.length === recordLength || best.score < 0.5) return null;
  const difference = Math.abs(best.length - recordLength);
  const bytes = `${difference} ${difference === 1 ? 'byte' : 'bytes'}`;
  const said = `the records seem to be ${best.length} bytes long, and the copybook describes ${recordLength}`;
  if (best.length < recordLength) return `${said}: it is ${bytes} too long; see overpunch layout for where they may be`;
  return `${said}: it is ${bytes} too short; see overpunch layout for where a field is missing or short (--record-length ${best.length} passes over bytes at the end)`;
};

/** A length that does not fit the file, for a reason that nothing shows. */
export const guessRemainder: Guess = ({ recordLength, remainder }) => {
  if (remainder === 0 || recordLength === null) return null;
  return `the file is no multiple of the record length ${recordLength}: ${remainder} bytes are left; is it the right copybook, --dialect or --record-length?`;
};

/** Nothing at all, which is rarely what was meant to be delivered. */
export const guessEmpty = ({ size }: Pick<RunShape, 'size'>): string | null =>
  size === 0 ? 'the input is empty: it holds no record' : null;

/** Text lines that never end. */
export const guessOneLine: Guess = ({ format, records, size, sample }) =>
  format === 'text' && records === 1 && size > longestLine && !sample.some((byte) => lineEnds.includes(byte))
    ? 'the whole input was read as one line: it has no line ends; try --format fixed'
    : null;

/** Fixed records of a copybook whose records vary. */
export const guessVarying: Guess = ({ format, varies }) =>
  format === 'fixed' && varies
    ? 'records of this copybook vary in length: try --record-length odo, or --odo maximum'
    : null;

/** Bad for no visible reason. */
export const guessAnything: Guess = (shape) =>
  mostlyBad(shape) ? 'most records are bad: is it the right copybook, --codepage, --dialect or --format?' : null;

/** The share of bytes that are of the same kind as those one record further on. */
function likeness(kinds: Uint8Array, length: number): number {
  let alike = 0;
  const end = kinds.length - length;
  for (let at = 0; at < end; at += 1) if (kinds[at] === kinds[at + length]) alike += 1;
  return end <= 0 ? 0 : alike / end;
}

/** Blank, low-value, digit, letter, or by its high nibble. */
function kindOf(byte: number): number {
  if (byte === 0x40 || byte === 0x20) return 0x40;
  if (byte === 0) return 1;
  if ((byte >= 0xf0 && byte <= 0xf9) || (byte >= 0x30 && byte <= 0x39)) return 2;
  const low = byte & 0x0f;
  if (low >= 1 && low <= 9 && byte >= 0x81 && byte <= 0xe9) return 3;
  return 0x80 | (byte >> 4);
}
