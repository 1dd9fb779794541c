import type { FieldReading, RecordReading } from '../../src/codec/reading.ts';
import { parsePicture } from '../../src/copybook/parse-picture.ts';
import type { Copybook, DataEntry } from '../../src/copybook/syntax.ts';
import { type CaseDecoder, caseDecoder, type DecoderSettings } from './case-decoder.ts';
import { UnknownKeyError } from './case-schema.ts';
import { foldName } from './fold-name.ts';
import { tableText } from './item-value.ts';
import { walkReadings } from './readings.ts';
import { trimText } from './trim-text.ts';

/** TABLE → value of its counter → entries (§12 `odo_counts`). */
export type OdoCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A decoder whose counters may be text, and what tells these counters from other items. */
export interface CountedDecoder extends CaseDecoder {
  readonly isCounter: (reading: FieldReading) => boolean;
}

const widestBinary = 4; // bytes: a wider counter is written in digits, which then have room enough

/**
 * Make a decoder for tables whose DEPENDING ON item is looked up.
 *
 * COBOL counts by numbers only, so the counter is laid out as a number of the same length, and in a copy of each record the
 * count is written where its text stands. A counter behind another such table is found once that one is counted.
 */
export function countedDecoder(settings: DecoderSettings, counts: OdoCounts, table: readonly string[]): CountedDecoder {
  const counters = new Map<string, ReadonlyMap<string, number>>();
  const decoder = caseDecoder({ ...settings, rewrite: (copybook) => withNumericCounters(copybook, counts, counters) });
  const isCounter = (reading: FieldReading): boolean => counters.has(foldName(reading.item.name ?? ''));

  const read = (bytes: Uint8Array): readonly RecordReading[] => {
    const patched = Uint8Array.from(bytes);
    const done = new Set<number>();
    for (;;) {
      const readings = decoder.read(patched);
      const open = readings
        .flatMap(({ root }) => [...walkReadings(root)])
        .filter(
          (reading): reading is FieldReading =>
            reading.kind === 'field' && isCounter(reading) && !done.has(reading.offset),
        );
      // Counters that stand behind an uncounted table would be read at the wrong place: one at a time, in record order.
      const next = open.toSorted((a, b) => a.offset - b.offset)[0];
      if (next === undefined) return readings;
      done.add(next.offset);
      if (next.length < next.item.length) continue;
      const text = trimText(tableText(bytes.subarray(next.offset, next.offset + next.length), table), 'both');
      const count = counters.get(foldName(next.item.name ?? ''))?.get(text);
      patched.set(countBytes(count, next, table['0'.charCodeAt(0)] === '0' ? 0x30 : 0xf0), next.offset);
    }
  };
  return { ...decoder, read, isCounter };
}

/** The bytes that make a counter say `count`; without one something no table can hold, which counts as the maximum. */
function countBytes(count: number | undefined, { item }: FieldReading, zero: number): Uint8Array {
  const { length, type } = item;
  if (count === undefined) return new Uint8Array(length).fill(0xff);
  if (type?.kind === 'binary')
    return Uint8Array.from({ length }, (_, at) => Math.floor(count / 256 ** (length - 1 - at)) % 256);
  return Uint8Array.from(String(count).padStart(length, '0'), (digit) => zero + Number(digit));
}

function withNumericCounters(
  copybook: Copybook,
  counts: OdoCounts,
  counters: Map<string, ReadonlyMap<string, number>>,
): Copybook {
  const entries = copybook.records.flatMap((record) => record.entries.flatMap(allEntries));
  for (const [table, map] of counts) {
    const counter = entries.find((entry) => foldName(entry.name ?? '') === foldName(table))?.occurs?.dependingOn?.[0];
    if (counter === undefined) throw new UnknownKeyError(`odo_counts.${table}`, 'is no table with DEPENDING ON');
    const known = counters.get(foldName(counter));
    if (known !== undefined && known !== map)
      throw new UnknownKeyError(`odo_counts.${table}`, `${counter} counts two tables`);
    counters.set(foldName(counter), map);
  }
  const rewrite = (entry: DataEntry): DataEntry => {
    const children = entry.children.map(rewrite);
    return counters.has(foldName(entry.name ?? ''))
      ? { ...numeric(entry, copybook), children }
      : { ...entry, children };
  };
  return {
    ...copybook,
    records: copybook.records.map((record) => ({ ...record, entries: record.entries.map(rewrite) })),
  };
}

function allEntries(entry: DataEntry): readonly DataEntry[] {
  return [entry, ...entry.children.flatMap(allEntries)];
}

function numeric(entry: DataEntry, options: Copybook): DataEntry {
  const { picture, usage } = entry;
  if (picture === null || (usage !== null && usage !== 'DISPLAY')) {
    throw new UnknownKeyError('odo_counts', `${entry.name ?? 'FILLER'} is no DISPLAY item`);
  }
  const { size } = parsePicture(picture.text, picture.position, options);
  const binary = size <= widestBinary;
  return {
    ...entry,
    picture: { ...picture, text: binary ? `X(${size})` : `9(${size})` },
    usage: binary ? 'COMP-X' : 'DISPLAY',
    justified: false,
    value: null,
    conditions: [],
  };
}
