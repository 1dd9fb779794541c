import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Codec } from 'overpunch/codec';
import {
  type Catalog,
  createFrameReader,
  createHeaderReader,
  type FrameType,
  loadCatalog,
  prefixLength,
} from 'overpunch/frames';
import { generateTraffic } from 'overpunch/traffic';
import { type CompiledDecoder, createCompiledDecoder } from '../../dist/codec/compiled/create-compiled-decoder.js';
import { DecodingSpace } from '../../dist/codec/compiled/decoding-space.js';
import { type BodyCompressor, bodyCompressor } from '../../dist/frames/catalog/body-compressor.js';
import { scalarFrames } from '../c/generate-frames.ts';
import { scalarTables } from '../c/generate-scalar.ts';
import type { LineDecoder } from './line-decoder.ts';
import type { Subject } from './subject.ts';

const catalogFile = fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url));
const pieceBytes = 64 << 10; // of plain frames
const mostFrames = 1 << 30;

/** Traffic of the sample protocol, all types of it mixed, without faults. */
export const terminalFrames: Subject = {
  name: 'itc',
  title: 'frames of the sample protocol, all types mixed',
  floor: 0.9,
  goal: 1.3,
  write: writeCapture,
  scalar() {
    const catalog = loadCatalog(catalogFile);
    return { tables: scalarTables(catalog.header.codepage), decoder: scalarFrames(catalog), framing: 2 };
  },
  parser: false,
};

/** Decode captures of the sample protocol from memory. */
export function terminalDecoder(engine: 'compiled' | 'reference' | 'binary-parser'): LineDecoder {
  if (engine === 'binary-parser') throw new Error('binary-parser decompresses nothing');
  const catalog = loadCatalog(catalogFile);
  return engine === 'compiled' ? compiledFrames(catalog) : referenceFrames(catalog);
}

function writeCapture(path: string, size: number): { readonly bytes: number; readonly records: number } {
  const file = openSync(path, 'w');
  let bytes = 0;
  let records = 0;
  try {
    // A block holds whole frames.
    for (const { capture } of generateTraffic(loadCatalog(catalogFile), { seed: 1, frames: mostFrames, clean: true })) {
      let end = 0;
      for (let next = 0; next < capture.length; ) {
        next += prefixLength + lengthAt(capture, next);
        if (bytes + next > size) break;
        end = next;
        records++;
      }
      writeSync(file, capture, 0, end);
      bytes += end;
      if (end < capture.length) break;
    }
  } finally {
    closeSync(file);
  }
  return { bytes, records };
}

function lengthAt(capture: Uint8Array, at: number): number {
  return ((capture[at + 2] ?? 0) << 8) | (capture[at + 3] ?? 0);
}

function referenceFrames(catalog: Catalog): LineDecoder {
  const reader = createFrameReader(catalog);
  return (bytes, take) => {
    let frames = 0;
    for (let at = 0; at < bytes.length; frames++) {
      const length = lengthAt(bytes, at);
      const { type, reading } = reader.read(bytes.subarray(at + prefixLength, at + prefixLength + length));
      if (type === null || reading === null) throw new Error(`the frame at ${at} cannot be read`);
      take(Buffer.from(`${type.codec().toJson(reading)}\n`));
      at += prefixLength + length;
    }
    return frames;
  };
}

/** A type that frames were seen of. */
interface Prepared {
  readonly codec: Codec;
  /** `null` when it could not be compiled. */
  readonly decoder: CompiledDecoder | null;
  readonly compressor: BodyCompressor | null;
  /** Bits of the flags of which one is set in compressed frames; 0: all are compressed. */
  readonly flag: number;
}

function compiledFrames(catalog: Catalog): LineDecoder {
  const { header, types } = catalog;
  const view = createHeaderReader(catalog);
  const space = new DecodingSpace();
  space.reserve(pieceBytes + header.maximumFrame, pieceBytes / header.length);
  const prepared: (Prepared | undefined)[] = types.map(() => undefined);
  const prepare = (type: FrameType): Prepared => {
    const codec = type.codec();
    const compiled = createCompiledDecoder(codec, space);
    const decoder = 'refused' in compiled ? null : compiled;
    if ('refused' in compiled) process.stderr.write(`${type.name} is not compiled: ${compiled.refused}\n`);
    const { compression } = type;
    const compressor = compression === null ? null : bodyCompressor(compression, header.length, codec);
    const made = { codec, decoder, compressor, flag: compression?.flag ?? 0 };
    prepared[type.index] = made;
    return made;
  };
  const typeOf: number[] = [];

  return (bytes, take) => {
    let frames = 0;
    for (let at = 0; at < bytes.length; ) {
      let count = 0;
      let used = 0;
      while (at < bytes.length && used < pieceBytes) {
        const length = lengthAt(bytes, at);
        const start = at + prefixLength;
        at = start + length;
        const type = view.at(bytes, start) ? types[view.type] : undefined;
        if (type === undefined || view.frameLength !== length) throw new Error(`the frame at ${start} cannot be read`);
        const { compressor, flag } = prepared[type.index] ?? prepare(type);
        let frame = bytes.subarray(start, at);
        if (compressor !== null && (flag === 0 || (view.flags & flag) !== 0)) frame = compressor.decompress(frame);
        const { input, list } = space;
        input.set(frame, used);
        list[2 * count] = used;
        list[2 * count + 1] = frame.length;
        typeOf[count++] = type.index;
        used += frame.length;
      }
      decodePiece(count, take);
      frames += count;
    }
    return frames;
  };

  /** Frames of one type in a row are decoded at once. */
  function decodePiece(count: number, take: (lines: Uint8Array) => void): void {
    space.clear();
    for (let first = 0; first < count; ) {
      const type = typeOf[first] ?? 0;
      const found = prepared[type];
      if (found === undefined) throw new Error(`type ${type} is not prepared`);
      const { codec, decoder } = found;
      let end = first + 1;
      while (end < count && typeOf[end] === type) end++;
      const { done, stopped } = decoder?.decodeListed(first, end - first) ?? { done: 0, stopped: 'unusual' };
      first += done;
      if (stopped === 'end') continue;
      if (stopped === 'unusual') {
        const [offset = 0, length = 0] = space.list.subarray(2 * first, 2 * first + 2);
        const line = codec.toJson(codec.read(space.input.subarray(offset, offset + length)));
        if (space.append(line)) {
          first++;
          continue;
        }
      }
      take(space.output);
      space.clear();
    }
    take(space.output);
  }
}
