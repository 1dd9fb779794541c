import { toHex } from '../bytes/hex.ts';
import { csvSafeText } from '../codec/csv.ts';
import type { Issue } from '../codec/issue.ts';
import { jsonOfValue, jsonText } from '../codec/json-text.ts';
import type { RecordReading } from '../codec/reading.ts';

/** A decoded record on its way to the output. */
export interface OutputRecord {
  readonly file: string;
  readonly recordNumber: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly reading: RecordReading;
  readonly issues: readonly Issue[];
}

/** The members that stand before the record's own, by `--meta` and `--raw`. */
export function memberNames(meta: boolean, raw: boolean): string[] {
  return [...(meta ? ['_file', '_record', '_offset', '_length', '_view', '_issues'] : []), ...(raw ? ['_raw'] : [])];
}

/** Write the meta and raw members as JSON, without braces; `''` for none. */
export function membersJson(record: OutputRecord, meta: boolean, raw: boolean): string {
  const members: string[] = [];
  if (meta) {
    const { file, recordNumber, offset, bytes, issues, reading } = record;
    members.push(`"_file":${jsonText(file)},"_record":${recordNumber},"_offset":${offset},"_length":${bytes.length}`);
    members.push(`"_view":${jsonOfValue(reading.view)},"_issues":${jsonOfValue(issues)}`);
  }
  if (raw) members.push(`"_raw":"${toHex(record.bytes)}"`);
  return members.join(',');
}

/** The same as texts for CSV columns. */
export function memberTexts(record: OutputRecord, meta: boolean, raw: boolean, safe: boolean): string[] {
  const { file, recordNumber, offset, bytes, issues, reading } = record;
  const texts = meta
    ? [
        safe ? csvSafeText(file) : file,
        `${recordNumber}`,
        `${offset}`,
        `${bytes.length}`,
        reading.view ?? '',
        issues.length === 0 ? '' : JSON.stringify(issues),
      ]
    : [];
  return raw ? [...texts, toHex(bytes)] : texts;
}
