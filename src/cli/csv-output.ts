import type { Codec } from '../codec/create-codec.ts';
import { type CsvTable, csvCell, csvHeader, csvTable } from '../codec/csv.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { OutputTarget } from './output-target.ts';
import { recordLine } from './record-line.ts';
import { type MemberChoice, memberNames, memberTexts, type OutputRecord } from './record-members.ts';
import type { RecordOutput } from './record-output.ts';

/** How CSV records are put together. */
export interface CsvOutputOptions {
  readonly members: MemberChoice;
  /** Keep spreadsheets from running a file's name as a formula. */
  readonly safe: boolean;
  readonly table: CsvTable;
}

/** Lay out the columns of everything a codec reads, or of the records of one view. Throws `USAGE` for too many. */
export function columnsOf(codec: Codec, safe: boolean, view: string | null): CsvTable {
  const shapes = codec.records.flatMap((record) => codec.shapeOf(record) ?? []);
  const only = view === null ? [] : shapes.filter((shape) => view.split('/').includes(shape.record.name));
  return csvTable(only.length > 0 ? only : shapes, { safe, view });
}

/** Write records as CSV with a header line, by RFC 4180: CRLF, UTF-8 without a byte order mark. */
export function csvOutput(target: OutputTarget, options: CsvOutputOptions): RecordOutput {
  const { members, safe, table } = options;
  const writer = new BatchedWriter(target);
  const join = (cells: readonly string[], rest: string): string => [...cells, ...(rest === '' ? [] : [rest])].join(',');
  const line = (record: OutputRecord): string => {
    const row = table.row(record.reading);
    return members.meta || members.raw ? join(memberTexts(record, members, safe).map(csvCell), row) : row;
  };
  writer.add(`${join(memberNames(members), csvHeader(table))}\r\n`);
  return {
    add(record: OutputRecord): void {
      writer.add(recordLine(record, () => line(record)));
      writer.add('\r\n');
    },
    get full(): boolean {
      return writer.full;
    },
    flush: () => writer.flush(),
    commit: () => writer.commit(),
    abandon: () => writer.abandon(),
  };
}
