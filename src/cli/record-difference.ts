import { printable } from '../bytes/printable.ts';
import { jsonText } from '../codec/json-text.ts';
import type { FieldDifference, FieldSide } from '../compare/compare-readings.ts';
import type { Frame } from '../frames/piece.ts';
import type { RecordKey } from './record-key.ts';

/** One record, or a pair, in which two files differ. */
export interface RecordDifference {
  readonly left: Frame | null;
  readonly right: Frame | null;
  /** `null` without `--key`. */
  readonly key: RecordKey | null;
  readonly fields: readonly FieldDifference[];
}

/** Show a difference to people: what differs on a line of its own each, the left value first. */
export function recordDifferenceText({ left, right, key, fields }: RecordDifference, files: readonly string[]): string {
  const numbers = [...new Set([left, right].flatMap((frame) => frame?.recordNumber ?? []))].join(' and ');
  const named = key === null ? '' : ` (${key.join(', ')})`;
  const lines = [`record ${numbers}${named}`];
  if (left === null) lines[0] += `: only in ${files[1]}`;
  else if (right === null) lines[0] += `: only in ${files[0]}`;
  else if (fields.length === 0) lines[0] += `: ${bytesText(left.bytes, right.bytes)}`;
  for (const { path, left: from, right: to } of fields) {
    lines.push(`  ${path === '' ? 'the 01' : path}: ${sideText(from)} -> ${sideText(to)}`);
  }
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** Where the bytes of two records with the same values differ. */
function bytesText(left: Uint8Array, right: Uint8Array): string {
  if (left.length !== right.length) return `the same values in ${left.length} and ${right.length} bytes`;
  let count = 0;
  let first = -1;
  for (let at = 0; at < left.length; at++) {
    if (left[at] === right[at]) continue;
    if (first < 0) first = at;
    count++;
  }
  return `the same values, but ${count} other ${count === 1 ? 'byte' : 'bytes'} from offset ${first}`;
}

function sideText(side: FieldSide): string {
  switch (side.state) {
    case 'absent':
      return 'absent';
    case 'unreadable':
      return `unreadable X'${side.hex}'`;
    case 'text':
      return `'${side.text}'`;
    case 'number':
      return side.digits;
  }
}

/** The same as one line of JSON. An absent value is left out; an unreadable one is null, its bytes beside it. */
export function recordDifferenceJson({ left, right, key, fields }: RecordDifference): string {
  const members = [
    `"left":${placeJson(left)}`,
    `"right":${placeJson(right)}`,
    ...(key === null ? [] : [`"key":[${key.map(jsonText).join(',')}]`]),
    `"fields":[${fields.map(fieldJson).join(',')}]`,
  ];
  return `{${members.join(',')}}\n`;
}

function placeJson(frame: Frame | null): string {
  if (frame === null) return 'null';
  return `{"record":${frame.recordNumber},"offset":${frame.offset},"length":${frame.length}}`;
}

function fieldJson({ path, left, right }: FieldDifference): string {
  return `{${[`"path":${jsonText(path)}`, ...sideJson('left', left), ...sideJson('right', right)].join(',')}}`;
}

function sideJson(name: string, side: FieldSide): readonly string[] {
  switch (side.state) {
    case 'absent':
      return [];
    case 'unreadable':
      return [`"${name}":null`, `"${name}Hex":"${side.hex}"`];
    case 'text':
      return [`"${name}":${jsonText(side.text)}`];
    case 'number':
      return [`"${name}":${side.digits}`];
  }
}
