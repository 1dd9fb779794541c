import { fromHex, toHex } from '../bytes/hex.ts';
import type { Issue } from '../codec/issue.ts';
import { type Code, codes } from '../errors.ts';
import type { FrameProblem, Origin } from './piece.ts';

/** A bad record, or framing garbage (`record` null), on its way to the quarantine. */
export interface QuarantineEntry {
  readonly file: string;
  readonly record: number | null;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly issues: readonly Issue[];
}

/** Write a quarantine line, `{_file,_record,_offset,_length,_raw,_issues}`, without its line end. */
export function quarantineLine(entry: QuarantineEntry): string {
  const { file, record, offset, bytes, issues } = entry;
  const place = `{"_file":${JSON.stringify(file)},"_record":${record},"_offset":${offset},"_length":${bytes.length}`;
  return `${place},"_raw":"${toHex(bytes)}","_issues":${JSON.stringify(issues)}}`;
}

/** The issue that stands for a problem of the framing: it concerns the whole frame. */
export function frameIssue(problem: FrameProblem, bytes: Uint8Array): Issue {
  return {
    code: problem.code,
    severity: 'error',
    path: '',
    offset: 0,
    length: bytes.length,
    hex: toHex(bytes.subarray(0, 256)),
    expected: problem.message,
  };
}

/**
 * What a quarantine line holds.
 *
 * `problem` is that of framing garbage, or of a record that the input cut: only the line knows of that. It is over when
 * someone has changed the number of bytes.
 */
export interface QuarantineContent {
  readonly origin: Origin;
  readonly bytes: Uint8Array;
  readonly problem: FrameProblem | null;
}

/** Read a quarantine line back; a text says what is wrong with it. */
export function readQuarantineLine(text: string): QuarantineContent | string {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return 'the line is not JSON';
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return 'the line is not a JSON object';
  const { _file, _record, _offset, _length, _raw, _issues } = line as Record<string, unknown>;
  if (typeof _raw !== 'string') return '_raw is not a text';
  const bytes = fromHex(_raw);
  if (bytes === null) return '_raw is not hexadecimal';
  if (typeof _file !== 'string') return '_file is not a text';
  if (!isCount(_offset)) return '_offset is not a byte offset';
  if (_record !== null && !isCount(_record)) return '_record is neither a record number nor null';
  const origin = { file: _file, record: _record, offset: _offset };
  const framing = framingProblem(_issues);
  const cut = framing.code === 'FRAME_CUT' && _length === bytes.length ? framing : null;
  return { origin, bytes, problem: _record === null ? framing : cut };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function framingProblem(issues: unknown): FrameProblem {
  const first: unknown = Array.isArray(issues) ? issues[0] : null;
  const { code, expected } = (typeof first === 'object' && first !== null ? first : {}) as Record<string, unknown>;
  if (typeof code !== 'string' || !Object.hasOwn(codes, code))
    return { code: 'QUARANTINE_LINE', message: 'framing garbage' };
  return { code: code as Code, message: typeof expected === 'string' ? expected : 'framing garbage' };
}
