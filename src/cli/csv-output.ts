import type { Codec } from '../codec/create-codec.ts';
import { type CsvTable, csvCell, csvHeader, csvTable } from '../codec/csv.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { OutputTarget } from './output-target.ts';
import { memberNames, memberTexts, type OutputRecord } from './record-members.ts';
import type { RecordOutput } from './record-output.ts';

/** How CSV records are put together. */
export interface CsvOutputOptions {
  readonly meta: boolean;
  readonly raw: boolean;
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
  const { meta, raw, table } = options;
  const writer = new BatchedWriter(target);
  const join = (cells: readonly string[], rest: string): string => [...cells, ...(rest === '' ? [] : [rest])].join(',');
  writer.add(`${join(memberNames(meta, raw), csvHeader(table))}\r\n`);
  return {
    add(record: OutputRecord): void {
      const row = table.row(record.reading);
      writer.add(`${meta || raw ? join(memberTexts(record, meta, raw).map(csvCell), row) : row}\r\n`);
    },
    get full(): boolean {
      return writer.full;
    },
    flush: () => writer.flush(),
    commit: () => writer.commit(),
    abandon: () => writer.abandon(),
  };
}
