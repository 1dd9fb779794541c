import { toHex } from '../bytes/hex.ts';
import { csvSafeText } from '../codec/csv.ts';
import { jsonOfValue, jsonText } from '../codec/json-text.ts';
import type { FrameHead } from '../frames/catalog/frame-reading.ts';
import type { ReadRecord } from './record-decoder.ts';

/** A decoded record on its way to the output. */
export interface OutputRecord extends ReadRecord {
  readonly file: string;
  readonly recordNumber: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Which members stand before a record's own. */
export interface MemberChoice {
  readonly meta: boolean;
  readonly raw: boolean;
  /** The records are frames of a catalog, of which `meta` tells more. */
  readonly frames: boolean;
}

const metaNames = ['_file', '_record', '_offset', '_length', '_view', '_issues'];
const frameNames = ['_type', '_role', '_key', '_sequence', '_time'];

/** The members that stand before the record's own, by `--meta` and `--raw`. */
export function memberNames({ meta, raw, frames }: MemberChoice): string[] {
  return [...(meta ? metaNames : []), ...(meta && frames ? frameNames : []), ...(raw ? ['_raw'] : [])];
}

/** Write the meta and raw members as JSON, without braces; `''` for none. */
export function membersJson(record: OutputRecord, { meta, raw, frames }: MemberChoice): string {
  const members: string[] = [];
  if (meta) {
    const { file, recordNumber, offset, bytes, issues, reading } = record;
    members.push(`"_file":${jsonText(file)},"_record":${recordNumber},"_offset":${offset},"_length":${bytes.length}`);
    members.push(`"_view":${jsonOfValue(reading.view)},"_issues":${jsonOfValue(issues)}`);
    if (frames) {
      const { type, role, key, sequence, time } = headMembers(record.head);
      members.push(`"_type":${jsonOfValue(type)},"_role":${jsonOfValue(role)},"_key":${jsonOfValue(key)}`);
      members.push(`"_sequence":${sequence},"_time":${jsonOfValue(time)}`);
    }
  }
  if (raw) members.push(`"_raw":"${toHex(record.bytes)}"`);
  return members.join(',');
}

/** The same as texts for CSV columns. */
export function memberTexts(record: OutputRecord, choice: MemberChoice, safe: boolean): string[] {
  const { file, recordNumber, offset, bytes, issues, reading } = record;
  const safely = (text: string): string => (safe ? csvSafeText(text) : text);
  const texts: string[] = [];
  if (choice.meta) {
    texts.push(safely(file), `${recordNumber}`, `${offset}`, `${bytes.length}`, reading.view ?? '');
    texts.push(issues.length === 0 ? '' : JSON.stringify(issues));
    if (choice.frames) {
      const { type, role, key, sequence, time } = headMembers(record.head);
      texts.push(type ?? '', role ?? '', safely(key ?? ''), `${sequence ?? ''}`, time ?? '');
    }
  }
  return choice.raw ? [...texts, toHex(bytes)] : texts;
}

interface HeadMembers {
  readonly type: string | null;
  readonly role: string | null;
  readonly key: string | null;
  readonly sequence: number | null;
  readonly time: string | null;
}

function headMembers(head: FrameHead | null): HeadMembers {
  if (head === null) return { type: null, role: null, key: null, sequence: null, time: null };
  const { type, role, key, sequence, time } = head;
  return { type: type?.name ?? null, role, key, sequence, time: timeText(time) };
}

const latest = 8.64e15; // milliseconds: no Date is further from 1970

/** Write a time as ISO 8601, UTC, with milliseconds; `null` for none. */
export function timeText(milliseconds: number | null): string | null {
  if (milliseconds === null || !(Math.abs(milliseconds) <= latest)) return null;
  return new Date(milliseconds).toISOString();
}
