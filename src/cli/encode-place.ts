import type { EncodeIssue } from '../codec/encode-issue.ts';
import { memberName, type NameStyle } from '../codec/member-names.ts';
import type { JsonPiece } from './json-piece.ts';
import { findInJson, type JsonPlace } from './json-scan.ts';

/** Find line and column of the value that an issue is about, counting from 1. */
export function encodePlace(
  piece: JsonPiece,
  issue: Pick<EncodeIssue, 'code' | 'path'>,
  style: NameStyle,
): { line: number; column: number } {
  const found: JsonPlace = findInJson(piece.text, steps(issue.path, style));
  return placeAt(piece, issue.code === 'ENCODE_UNKNOWN_FIELD' ? found.key : found.value);
}

/** Turn an offset in the text of a record into line and column. */
export function placeAt({ text, line, column }: JsonPiece, at: number): { line: number; column: number } {
  const lineEnds = text.slice(0, at).split('\n');
  const last = lineEnds.at(-1) ?? '';
  const characters = [...last].length;
  return { line: line + lineEnds.length - 1, column: (lineEnds.length === 1 ? column : 1) + characters };
}

/** `ORDER.LINE(2).PRICE` as names that members may have, and numbers of entries. */
function steps(path: string, style: NameStyle): (readonly string[] | number)[] {
  if (path === '') return [];
  return path.split('.').flatMap((part) => {
    const [, name = part, subscripts = ''] = /^(.*?)((?:\([0-9]+\))*)$/s.exec(part) ?? [];
    const entries = [...subscripts.matchAll(/[0-9]+/g)].map(([digits]) => Number(digits));
    return [[name, memberName(name, style)], ...entries];
  });
}
