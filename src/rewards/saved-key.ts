import { ByteText, textPiece } from '../bytes/byte-text.ts';
import { putBig } from '../bytes/put-digits.ts';
import { writeJsonCharacters } from '../codec/json-text.ts';
import type { Table } from '../state/environment.ts';

/** First bytes of keys, by what is kept under them. */
export const recordKinds = {
  control: 1,
  campaigns: 2,
  campaign: 3,
  pool: 4,
  coupon: 5,
  terminal: 6,
  terminalUse: 7,
  dayUse: 8,
  marks: 9,
  race: 10,
  raceUse: 11,
  bets: 12,
  bet: 13,
  counters: 14,
  couponFates: 15,
} as const;

/** A key: its kind and whole numbers below 2^48, high byte first, so that keys of a kind are in the order of their numbers. */
export function numberedKey(kind: number, ...numbers: readonly number[]): Uint8Array {
  const key = new Uint8Array(1 + 6 * numbers.length);
  key[0] = kind;
  for (let index = 0; index < numbers.length; index++) putBig(key, 1 + 6 * index, 6, numbers[index] as number);
  return key;
}

const firstDay = -800_000; // before the year 1

/** A day as a number of a key. */
export function dayKey(day: number): number {
  return day - firstDay;
}

/** The day of such a number. */
export function keyDay(number: number): number {
  return number + firstDay;
}

/** The numbers of such a key. */
export function keyNumbers(key: Uint8Array): readonly number[] {
  const bytes = Buffer.from(key.buffer, key.byteOffset, key.length);
  const numbers: number[] = [];
  for (let at = 1; at + 6 <= bytes.length; at += 6) numbers.push(bytes.readUIntBE(at, 6));
  return numbers;
}

const json: ByteText = new ByteText();

/** A value as the JSON that it is kept as; the bytes hold until the next one. */
export function jsonBytes(value: unknown): Uint8Array {
  json.clear();
  writeJson(value, json);
  return json.bytes;
}

/** Write lists of numbers and texts, as nearly all is that is kept, piece by piece: that is several times faster than a text in between. */
function writeJson(value: unknown, out: ByteText): void {
  if (typeof value === 'number' && Number.isFinite(value)) out.number(value);
  else if (typeof value === 'string') {
    writeJsonCharacters(value, out.piece(quote));
    out.piece(quote);
  } else if (Array.isArray(value)) {
    out.piece(listStart);
    for (let at = 0; at < value.length; at++) {
      if (at > 0) out.piece(comma);
      writeJson(value[at], out);
    }
    out.piece(listEnd);
  } else if (typeof value === 'boolean') out.piece(value ? yes : no);
  else out.text(JSON.stringify(value));
}

const quote = textPiece('"');
const yes = textPiece('true');
const no = textPiece('false');
const comma = textPiece(',');
const listStart = textPiece('[');
const listEnd = textPiece(']');

/** Put a value under a key, or delete what is there; `null`: it is gone. */
export function saveUnder(table: Table, key: Uint8Array, value: Uint8Array | null): void {
  if (value === null) table.delete(key);
  else table.put(key, value);
}

/** Read a value that is kept as JSON. */
export function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
}
