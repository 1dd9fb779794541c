import { isUtf8 } from 'node:buffer';
import { fromHex, toHex } from '../bytes/hex.ts';
import { jsonText } from '../codec/json-text.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameReader } from '../frames/catalog/frame-reading.ts';
import type { TopicRecord } from '../runtime/embedded/record-block.ts';

/** A record and where it comes from. */
export interface PlacedRecord extends TopicRecord {
  readonly topic: string;
  readonly partition: number;
}

const places: Readonly<Record<string, (record: PlacedRecord) => string>> = {
  t: ({ topic }) => topic,
  p: ({ partition }) => String(partition),
  o: ({ offset }) => String(offset),
  k: ({ key }) => Buffer.from(key).toString(),
  s: ({ value }) => Buffer.from(value).toString(),
  S: ({ value }) => String(value.length),
  T: ({ time }) => String(time ?? -1),
  '%': () => '%',
};
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\' };

/** Make what writes records by a format of kcat. Throws USAGE. */
export function recordFormat(format: string): (record: PlacedRecord) => string {
  const parts = [...format.matchAll(/%(.)|\\(.)|[^%\\]+|./gs)].map(([text, place, character]) => {
    if (place !== undefined) {
      const write = Object.hasOwn(places, place) ? places[place] : undefined;
      if (write !== undefined) return write;
    } else if (character !== undefined) {
      if (Object.hasOwn(escapes, character)) return () => escapes[character] ?? '';
    } else if (text !== '%' && text !== '\\') return () => text;
    throw new OverpunchError('USAGE', `-f: ${text} means nothing`, {
      hint: 'topic %t, partition %p, offset %o, key %k, value %s, its length %S, time in milliseconds %T, %%; \\n \\t \\r \\0 \\\\',
    });
  });
  return (record) => parts.map((write) => write(record)).join('');
}

/**
 * Write a record as a line `{partition,offset,key,time,value}`; a value that is JSON stays as it is, a frame becomes `{raw}` in hexadecimal, any
 * other value a text.
 */
export function recordLine({ partition, offset, key, time, value }: PlacedRecord): string {
  const text = textOf(value);
  const shown = isJson(text) ? text : jsonText(text);
  const keyText = jsonText(Buffer.from(key).toString());
  const timeText = time === null ? null : jsonText(new Date(time).toISOString());
  return `{"partition":${partition},"offset":${offset},"key":${keyText},"time":${timeText},"value":${shown}}\n`;
}

/** Put what the frame in a value says in the place of its bytes, `raw` or `_raw`; other values stay as they are. */
export function decodedRecord(record: PlacedRecord, reader: FrameReader): PlacedRecord {
  const text = textOf(record.value);
  const found = /"_?raw":"([0-9A-F]*)"/.exec(text);
  const bytes = found === null ? null : fromHex(found[1] ?? '');
  if (found === null || bytes === null || !isJson(text)) return record;
  const { type, reading } = reader.read(bytes);
  const decoded = type === null || reading === null ? 'null' : type.codec().toJson(reading);
  const value = `${text.slice(0, found.index)}"value":${decoded}${text.slice(found.index + found[0].length)}`;
  return { ...record, value: Buffer.from(value) };
}

/** The text of a value; of bytes that are none an object that says so. */
function textOf(value: Uint8Array): string {
  return isUtf8(value) && !value.includes(0) ? Buffer.from(value).toString() : `{"raw":"${toHex(value)}"}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
