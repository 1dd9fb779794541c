import { type Codec, createCodec } from '../../src/codec/create-codec.ts';
import type { Reading } from '../../src/codec/reading.ts';

/** What became of records that were decoded and encoded again. */
export interface RoundTrip {
  readonly records: number;
  readonly bad: number;
  readonly good: number;
  /** Good records that came back byte for byte with their original. */
  readonly sameWithOriginal: number;
  readonly clean: number;
  /** Clean records that came back byte for byte without it. */
  readonly same: number;
  /** Clean records that differ in bytes that no value describes, and nowhere else: FILLER, slack, unused slots, other views. */
  readonly undescribed: number;
  /** Clean records that end before such bytes: they come back with them. */
  readonly short: number;
  /** Everything else, which should not be. */
  readonly unexplained: readonly string[];
}

/** Decode and encode records with one codec. */
export function roundTrip(codec: Codec, records: readonly Uint8Array[]): RoundTrip {
  let [bad, good, sameWithOriginal, clean, same, undescribed, short] = [0, 0, 0, 0, 0, 0, 0];
  const unexplained: string[] = [];
  for (const [index, bytes] of records.entries()) {
    const reading = codec.read(bytes);
    const value = codec.toValue(reading);
    if (reading.issues.some(({ severity }) => severity === 'error')) {
      bad++;
      continue;
    }
    good++;
    const kept = codec.encode(value, { original: bytes });
    if (kept.bytes !== null && Buffer.compare(kept.bytes, bytes) === 0) sameWithOriginal++;
    else unexplained.push(`record ${index + 1} with its original: ${difference(kept, bytes)}`);
    if (reading.issues.length > 0) continue;
    clean++;
    const made = codec.encode(value);
    if (made.bytes !== null && Buffer.compare(made.bytes, bytes) === 0) same++;
    else if (made.bytes !== null && sameWhereDescribed(reading.root, made.bytes, bytes, codec)) undescribed++;
    else if (
      made.bytes !== null &&
      sameWhereDescribed(reading.root, made.bytes.subarray(0, bytes.length), bytes, codec)
    )
      short++;
    else unexplained.push(`record ${index + 1}: ${difference(made, bytes)}`);
  }
  return { records: records.length, bad, good, sameWithOriginal, clean, same, undescribed, short, unexplained };
}

/** Add what several codecs found. */
export function totals(found: readonly RoundTrip[]): RoundTrip {
  const sum = (of: (one: RoundTrip) => number): number => found.reduce((all, one) => all + of(one), 0);
  return {
    records: sum(({ records }) => records),
    bad: sum(({ bad }) => bad),
    good: sum(({ good }) => good),
    sameWithOriginal: sum((one) => one.sameWithOriginal),
    clean: sum(({ clean }) => clean),
    same: sum(({ same }) => same),
    undescribed: sum(({ undescribed }) => undescribed),
    short: sum((one) => one.short),
    unexplained: found.flatMap(({ unexplained }) => unexplained),
  };
}

/** One line for people. */
export function roundTripText(found: RoundTrip): string {
  const { records, bad, good, sameWithOriginal, clean, same, undescribed, short, unexplained } = found;
  const cleanText = `${clean} clean: ${same} the same, ${undescribed} differ in undescribed bytes, ${short} end before some`;
  return `${records} records: ${bad} bad, ${good} good (${sameWithOriginal} the same with their original), ${cleanText}, ${unexplained.length} unexplained`;
}

function sameWhereDescribed(root: Reading, made: Uint8Array, bytes: Uint8Array, codec: Codec): boolean {
  if (made.length !== bytes.length) return false;
  const restored = Uint8Array.from(made);
  const fields = (reading: Reading): void => {
    if (reading.kind === 'group') for (const child of reading.children) fields(child);
    else if (reading.kind === 'table') for (const entry of reading.entries) fields(entry);
    else if (reading.item.name !== null || codec.options.filler === 'keep') {
      restored.set(bytes.subarray(reading.offset, reading.offset + reading.length), reading.offset);
    }
  };
  fields(root);
  // Putting the described bytes of the original in changes nothing.
  return Buffer.compare(restored, made) === 0;
}

function difference(made: ReturnType<Codec['encode']>, bytes: Uint8Array): string {
  const [issue] = made.issues;
  if (made.bytes === null) return issue === undefined ? 'no bytes' : `${issue.path} ${issue.code} ${issue.expected}`;
  const at = made.bytes.findIndex((byte, index) => byte !== bytes[index]);
  return `${made.bytes.length} bytes for ${bytes.length}, first difference at ${at}`;
}

/** The codecs of every record of a layout, with some options. */
export function codecsOf(
  layout: Parameters<typeof createCodec>[0],
  options: Parameters<typeof createCodec>[1],
): readonly Codec[] {
  return layout.records.map((record) => createCodec({ ...layout, records: [record] }, options));
}
