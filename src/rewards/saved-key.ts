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
} as const;

/** A key: its kind and whole numbers below 2^48, high byte first, so that keys of a kind are in the order of their numbers. */
export function numberedKey(kind: number, ...numbers: readonly number[]): Uint8Array {
  const key = Buffer.alloc(1 + 6 * numbers.length);
  key[0] = kind;
  for (const [index, number] of numbers.entries()) key.writeUIntBE(number, 1 + 6 * index, 6);
  return new Uint8Array(key.buffer, key.byteOffset, key.length);
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

/** A value as the JSON that it is kept as. */
export function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

/** Put a value under a key, or delete what is there; `null`: it is gone. */
export function saveUnder(table: Table, key: Uint8Array, value: Uint8Array | null): void {
  if (value === null) table.delete(key);
  else table.put(key, value);
}

/** Read a value that is kept as JSON. */
export function readJson(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
}
