import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Catalog, createFrameReader, loadCatalog, prefixLength } from 'overpunch/frames';
import { generateTraffic } from 'overpunch/traffic';
import { createCompiledFrames } from '../../dist/frames/catalog/create-compiled-frames.js';
import { scalarFrames } from '../c/generate-frames.ts';
import { scalarTables } from '../c/generate-scalar.ts';
import { decodePiece } from './decode-piece.ts';
import type { LineDecoder } from './line-decoder.ts';
import type { Subject } from './subject.ts';
import type { TakeLines } from './take-lines.ts';

const catalogFile = fileURLToPath(new URL('../../copybooks/itc/catalog.yaml', import.meta.url));
const pieceBytes = 64 << 10;
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

/** Frames are read to where they are decoded as they lie in the capture, lines are taken out, as the command does. */
function compiledFrames(catalog: Catalog): LineDecoder {
  const reader = createFrameReader(catalog);
  const frames = createCompiledFrames(catalog, {
    refuse: ({ name }, reason) => void process.stderr.write(`${name} is not compiled: ${reason}\n`),
  });
  const { space } = frames;
  let size = 0;

  /** Decode what was read; a view of it is not good for long, since compiling the decoder of a type may move it. */
  const decode = (_: Uint8Array, take: TakeLines): number => {
    let all = 0;
    for (let at = 0; at < size; ) {
      const { input, list } = space;
      let count = 0;
      let end = at;
      while (end < size && end - at < pieceBytes) {
        const length = lengthAt(input, end);
        list[2 * count] = end + prefixLength;
        list[2 * count + 1] = length;
        end += prefixLength + length;
        count++;
      }
      decodePiece(space, count, take, (first) => frames.decodeListed(first, count - first), lineOf);
      at = end;
      all += count;
    }
    return all;
  };
  const room = (length: number): Uint8Array => {
    size = length;
    space.reserve(length, pieceBytes / catalog.header.length);
    return space.input.subarray(0, length);
  };
  return Object.assign(decode, { room });

  function lineOf(index: number): string {
    const [offset = 0, length = 0] = space.list.subarray(2 * index, 2 * index + 2);
    const { type, reading } = reader.read(space.input.subarray(offset, offset + length));
    if (type === null || reading === null) throw new Error(`frame ${index} of a piece cannot be read`);
    return type.codec().toJson(reading);
  }
}
