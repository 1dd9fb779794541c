import assert from 'node:assert/strict';
import { findItem } from '../../src/copybook/find-item.ts';
import { accountBalances } from '../../src/frames/byte-account.ts';
import { createFrameReader } from '../../src/frames/catalog/create-frame-reader.ts';
import type { FrameExplanation } from '../../src/frames/catalog/frame-reading.ts';
import { loadCatalog } from '../../src/frames/catalog/load-catalog.ts';
import { compressionSchemes } from '../../src/frames/compression/compression.ts';
import { CompressionError } from '../../src/frames/compression/compression-error.ts';
import { createCompressor } from '../../src/frames/compression/create-compressor.ts';
import { FrameCursor } from '../../src/frames/frame-cursor.ts';
import { createFramer } from '../../src/frames/framer.ts';
import { createHeaderReader } from '../../src/frames/header/create-header-reader.ts';
import { frameCheckOf } from '../../src/frames/header/frame-check-of.ts';
import { createReferenceHeaderReader } from '../../src/frames/header/reference-header-reader.ts';
import type { ProtocolFormat } from '../../src/frames/rules-of.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';
import { type RandomSource, randomSource } from '../codec/random-source.ts';
import { naiveStrings } from './compression/naive-strings.ts';
import { itcFolder } from './grow-catalog.ts';
import { valuesOf } from './header/values-of.ts';
import { naiveCapture, naiveFrames } from './naive-capture.ts';

/** What was tried so far. */
export interface SoakCounts {
  /** Bytes cut into frames, and the frames and pieces of garbage that were found. */
  bytes: number;
  frames: number;
  garbage: number;
  /** Headers read three ways. */
  headers: number;
  /** Frames read and explained, and how many of them were no frames of a type. */
  readings: number;
  unreadable: number;
  /** Bodies decompressed, and how many of them were refused. */
  bodies: number;
  refused: number;
}

/**
 * Make a soak: each call puts the traffic of one seed, with bytes changed, lost and added, through everything that reads frames, and
 * throws where two ways to read them differ, a byte is left over, or an error has no code.
 */
export function frameSoak(counts: SoakCounts): (seed: number, frames: number) => void {
  const catalog = loadCatalog(`${itcFolder}/catalog.yaml`);
  const reader = createFrameReader(catalog);
  const fast = createHeaderReader(catalog);
  const reference = createReferenceHeaderReader(catalog);
  const { codec, fields } = catalog.header;
  const named = (item: typeof fields.length): ((bytes: Uint8Array) => number) => {
    assert.ok(item !== null);
    const read = codec.fieldReader(findItem(catalog.header.record, item.path).path);
    return (bytes) => Number(read(bytes)?.digits ?? Number.NaN);
  };
  const byCodec = { length: named(fields.length), sequence: named(fields.sequence), time: named(fields.time) };

  const framing = (format: ProtocolFormat, bytes: Uint8Array, random: RandomSource): void => {
    const framer = createFramer(format);
    const pieces = [];
    for (let at = 0; at < bytes.length; ) {
      const length = random.pick([1, 7, 33, 4096, 65_536]);
      pieces.push(...framer.push(bytes.subarray(at, at + length)));
      at += length;
    }
    pieces.push(...framer.end());
    assert.ok(accountBalances(framer.account) && framer.account.input === bytes.length, 'the account does not balance');
    const cursor = new FrameCursor(format, bytes);
    const whole: [string, number, number][] = [];
    let next = 0;
    for (const piece of pieces) {
      const { offset, length } = piece;
      assert.ok(cursor.next());
      const garbage = piece.kind === 'garbage';
      assert.ok(cursor.garbage === garbage && cursor.offset === offset && cursor.length === length);
      assert.equal(offset, next + (garbage || format.format === 'frames' ? 0 : 12));
      assert.ok(Buffer.compare(piece.bytes, bytes.subarray(offset, offset + length)) === 0);
      next = offset + length;
      const last = whole.at(-1);
      if (garbage && piece.continued && last !== undefined) last[2] += length;
      else whole.push([garbage ? 'garbage' : 'frame', offset, length]);
      counts[garbage ? 'garbage' : 'frames'] += 1;
    }
    assert.ok(!cursor.next() && next === bytes.length, 'the pieces are not the input');
    const naive = (format.format === 'capture' ? naiveCapture : naiveFrames)(bytes, format.header);
    assert.deepEqual(whole, naive);
    counts.bytes += bytes.length;
  };

  const header = (frame: Uint8Array): void => {
    const values = valuesOf(fast, frame, 0);
    assert.deepEqual(values, reference.read(frame, 0));
    if (values !== null) {
      const { frameLength, sequence, time } = values;
      const expected = [byCodec.length(frame), byCodec.sequence(frame), byCodec.time(frame)];
      assert.deepEqual([frameLength, sequence, time], expected);
    }
    counts.headers += 1;
  };

  const reading = (frame: Uint8Array): void => {
    const found = reader.read(frame);
    const { type, plain, issues } = found;
    for (const { code, offset, length, expected } of issues) {
      const within = offset + length <= Math.max(plain.length, frame.length);
      assert.ok(within && code !== undefined && expected !== '', `${code} is nowhere`);
    }
    assert.ok(found.reading !== null || issues.some(({ severity }) => severity === 'error'), 'nothing, and no reason');
    if (found.reading !== null && type !== null) JSON.parse(type.codec().toJson(found.reading));
    expectTiles(reader.explain(frame));
    counts.readings += 1;
    if (found.reading === null) counts.unreadable += 1;
  };

  return (seed, frames) => {
    const random = randomSource(seed);
    const options = { seed, frames, malformed: 0.02, noise: 0.02, duplicates: 0.02 };
    const parts: Buffer[] = [];
    for (const { capture } of generateTraffic(catalog, options)) parts.push(Buffer.from(capture));
    const capture = Buffer.concat(parts);
    const check = frameCheckOf(catalog);
    const cursor = new FrameCursor({ format: 'capture', header: check }, capture);
    const all: Uint8Array[] = [];
    while (cursor.next()) if (!cursor.garbage) all.push(capture.subarray(cursor.offset, cursor.offset + cursor.length));
    const damage = random.pick([0, 1, 20, frames]);
    framing({ format: 'capture', header: check }, changed(capture, random, damage), random);
    framing({ format: 'frames', header: check }, changed(Buffer.concat(all), random, damage), random);
    for (const frame of all) {
      const other = changed(frame, random, random.integer(1, 3));
      for (const one of [frame, other]) {
        header(one);
        reading(one);
        decompression(one.subarray(Math.min(32, one.length)), random, counts);
      }
    }
  };
}

/** Bytes with some changed, left out, added or moved. */
function changed(bytes: Uint8Array, random: RandomSource, times: number): Uint8Array {
  let found: Uint8Array = Uint8Array.from(bytes);
  const most = bytes.length > 10_000 ? 3 : times; // the length of a long one changes a few times only
  for (let time = 0; time < times && found.length > 0; time++) {
    const at = random.integer(0, found.length - 1);
    const kind = time < most ? random.integer(0, 9) : 0;
    if (kind < 6) found[at] = random.pick([0x00, 0x40, 0xf0, 0xff, random.integer(0, 255)]);
    else if (kind < 7) found = found.subarray(0, at);
    else if (kind < 8) found = Buffer.concat([found.subarray(0, at), found.subarray(at + random.integer(1, 40))]);
    else {
      const from = random.integer(0, found.length - 1);
      found = Buffer.concat([
        found.subarray(0, at),
        found.subarray(from, from + random.integer(1, 60)),
        found.subarray(at),
      ]);
    }
  }
  return found;
}

function expectTiles({ explained, plain, segments }: FrameExplanation): void {
  let next = 0;
  for (const { offset, length } of segments) {
    assert.equal(offset, next);
    next += length;
  }
  if (explained === null) return;
  let bit = 0;
  for (const span of explained.spans) {
    assert.equal(8 * span.offset + span.bit, bit, 'the spans do not tile the frame');
    assert.ok(span.bits > 0);
    bit += span.bits;
  }
  assert.equal(bit, 8 * plain.length, 'the spans are not the frame');
}

/** Decompress a body by every scheme: within the limit, as the naive ways do, or with a coded error inside of it. */
function decompression(body: Uint8Array, random: RandomSource, counts: SoakCounts): void {
  const prime = random.pick([0x00, 0x40]);
  const limit = random.pick([100, 4096]);
  for (const scheme of compressionSchemes) {
    const compressor = createCompressor(scheme, { prime, limit, ...(scheme === 'cut' ? { length: limit } : {}) });
    const compressed = body.length > limit ? body : compressor.compress(body);
    const inputs = [body, compressed, changed(compressed, random, 1)];
    for (const input of inputs) {
      let found: Uint8Array | string;
      try {
        found = compressor.decompress(input);
        assert.ok(found.length <= limit);
      } catch (error) {
        if (!(error instanceof CompressionError)) throw error;
        assert.ok(error.offset <= input.length && error.hint !== undefined);
        found = error.code;
        counts.refused += 1;
      }
      counts.bodies += 1;
      if (scheme !== 'cut' && scheme !== 'bitmap') {
        const naive = naiveStrings(scheme, input, prime, limit);
        const same = typeof found === 'string' || typeof naive === 'string' ? found === naive : sameBytes(found, naive);
        assert.ok(same, `${scheme} is not read as the naive way does`);
      }
      if (input === compressed && typeof found !== 'string' && input !== body)
        assert.ok(Buffer.compare(found.subarray(0, body.length), body) === 0, `${scheme} changes bytes`);
    }
  }
}

function sameBytes(found: Uint8Array, naive: readonly number[]): boolean {
  return found.length === naive.length && found.every((byte, index) => byte === naive[index]);
}

/** Start with nothing tried. */
export function emptyCounts(): SoakCounts {
  return { bytes: 0, frames: 0, garbage: 0, headers: 0, readings: 0, unreadable: 0, bodies: 0, refused: 0 };
}
