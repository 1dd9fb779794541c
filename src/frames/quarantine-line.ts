import { fromHex, toHex } from '../bytes/hex.ts';
import type { Issue } from '../codec/issue.ts';
import { issueHex } from '../codec/issue-hex.ts';
import { jsonOfValue, jsonText } from '../codec/json-text.ts';
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

const hexPart = 1024 * 1024; // bytes: those of a record of 256 MiB are more hexadecimal digits than a string holds

/** Write a quarantine line, `{_file,_record,_offset,_length,_raw,_issues}`, without its line end. */
export function quarantineLine(entry: QuarantineEntry): string {
  return [...quarantineLineParts(entry)].join('');
}

/** The same in parts, for records whose line is longer than a string may be. */
export function* quarantineLineParts(entry: QuarantineEntry): Generator<string> {
  const { file, record, offset, bytes, issues } = entry;
  const place = `{"_file":${jsonText(file)},"_record":${record},"_offset":${offset},"_length":${bytes.length}`;
  yield `${place},"_raw":"`;
  for (let at = 0; at < bytes.length; at += hexPart) yield toHex(bytes.subarray(at, at + hexPart));
  yield `","_issues":${jsonOfValue(issues)}}`;
}

/** The issue that stands for a problem of the framing: it concerns the whole frame. */
export function frameIssue(problem: FrameProblem, bytes: Uint8Array): Issue {
  return {
    code: problem.code,
    severity: problem.severity ?? 'error',
    path: '',
    offset: 0,
    length: bytes.length,
    hex: issueHex(bytes, 0, bytes.length),
    expected: problem.message,
  };
}

/**
 * What a quarantine line holds.
 *
 * `problem` is that of framing garbage, or of a record that the input cut or that is a segment: only the line knows of that. It
 * is over when someone has changed the number of bytes.
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
  const lasting = (framing.code === 'FRAME_CUT' || framing.code === 'RDW_SEGMENT') && _length === bytes.length;
  return { origin, bytes, problem: _record === null || lasting ? framing : null };
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
