import { closeSync, openSync, writeSync } from 'node:fs';
import { type Codec, createCodec } from 'overpunch/codec';
import { findItem, layoutOf, parseCopybook } from 'overpunch/copybook';
import type { DecodeCase } from './decode-case.ts';
import { RecordFiller } from './fill-record.ts';
import { Random } from './random.ts';

const seed = 12_345;
const mostBytes = 16 << 20; // of different records
const pieceBytes = 1 << 20;
const wordLength = 4;

/** Make the codec of a case. */
export function codecOf({ copybook, options = {} }: DecodeCase, file: string): Codec {
  return createCodec(layoutOf(parseCopybook(copybook, { file })), options);
}

/** Write a file of at most `size` bytes of records, the same for the same size. Returns how many bytes and records it has. */
export function writeSamples(
  sample: DecodeCase,
  codec: Codec,
  size: number,
  path: string,
): { readonly bytes: number; readonly records: number } {
  const random = new Random(seed);
  const filler = new RecordFiller(sample.contents, random, codec.options.codepage);
  const pool = recordPool(sample, codec, random, filler);
  const [record] = codec.records;
  const refreshed = record === undefined || sample.refreshed === undefined ? null : findItem(record, sample.refreshed);
  const file = openSync(path, 'w');
  try {
    const piece = Buffer.alloc(pieceBytes);
    let used = 0;
    let bytes = 0;
    let records = 0;
    for (;;) {
      const next = pool[random.whole(0, pool.length - 1)];
      if (next === undefined || bytes + used + next.length > size) break;
      if (used + next.length > piece.length) {
        writeSync(file, piece, 0, used);
        bytes += used;
        used = 0;
      }
      piece.set(next, used);
      if (refreshed !== null) filler.fill(piece, used + refreshed.offset, refreshed);
      used += next.length;
      records++;
    }
    writeSync(file, piece, 0, used);
    return { bytes: bytes + used, records };
  } finally {
    closeSync(file);
  }
}

/** Different records, framed as the case has them. */
function recordPool(
  { framing, record }: DecodeCase,
  { records, maximumLength }: Codec,
  random: Random,
  filler: RecordFiller,
): readonly Uint8Array[] {
  const names = records.map(({ name }) => name);
  const before = framing === 'rdw' ? wordLength : 0;
  const count = Math.min(65_536, Math.floor(mostBytes / maximumLength));
  const whole = Buffer.alloc(maximumLength + before);
  return Array.from({ length: count }, () => {
    const name = record?.(names, random) ?? names[0];
    const root = records.find((found) => found.name === name)?.root;
    if (root === undefined) throw new Error(`there is no record ${name}`);
    const end = filler.fill(whole, before, root);
    if (before > 0) whole.writeUInt16BE(end);
    return Uint8Array.prototype.slice.call(whole, 0, end);
  });
}
