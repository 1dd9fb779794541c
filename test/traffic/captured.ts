import type { Catalog } from '../../src/frames/catalog/catalog.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';
import type { TrafficTally } from '../../src/traffic/tapped-line.ts';
import type { TrafficOptions } from '../../src/traffic/traffic-options.ts';
import { itcFolder } from '../frames/grow-catalog.ts';

/** The bundled sample protocol. */
export const itc: Catalog = loadCatalog(`${itcFolder}/catalog.yaml`);

/** A truth line. */
export interface TruthLine {
  readonly offset: number;
  readonly length: number;
  readonly type: string;
  readonly role: 'request' | 'response' | 'notice';
  readonly key: string;
  readonly sequence: number;
  readonly time: string;
  readonly pair?: number;
  readonly malformed?: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A whole capture in memory. */
export interface Captured {
  readonly capture: Buffer;
  readonly text: string;
  readonly lines: readonly TruthLine[];
  readonly tally: TrafficTally;
}

/** Generate a capture with its truth. */
export function captured(options: TrafficOptions, catalog: Catalog = itc): Captured {
  const blocks = generateTraffic(catalog, { truth: true, ...options });
  const parts: Buffer[] = [];
  const texts: Buffer[] = [];
  let block = blocks.next();
  for (; block.done !== true; block = blocks.next()) {
    parts.push(Buffer.from(block.value.capture)); // copies: the block is used again
    texts.push(Buffer.from(block.value.truth));
  }
  const text = Buffer.concat(texts).toString();
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TruthLine);
  return { capture: Buffer.concat(parts), text, lines, tally: block.value };
}

/** The records of a capture: capture time in microseconds, offset and length of the frame. */
export function recordsOf(capture: Buffer): { time: number; offset: number; length: number }[] {
  const records: { time: number; offset: number; length: number }[] = [];
  for (let at = 0; at < capture.length; ) {
    const length = capture.readUInt32BE(at);
    records.push({ time: Number(capture.readBigUInt64BE(at + 4)), offset: at + 12, length });
    at += 12 + length;
  }
  return records;
}
