import type { Codec } from 'overpunch/codec';
import {
  type CompiledDecoder,
  createCompiledDecoder,
  type RunResult,
} from '../../dist/codec/compiled/create-compiled-decoder.js';
import { decodePiece } from './decode-piece.ts';
import type { TakeLines } from './take-lines.ts';

const pieceBytes = 64 << 10;
const wordLength = 4;

/** Decodes a file in memory to lines of JSON and returns how many records it had. */
export interface LineDecoder {
  (bytes: Uint8Array, take: TakeLines): number;
  /** Memory for a file of so many bytes, where this one wants it in a place of its own: good until lines are decoded. */
  readonly room?: (size: number) => Uint8Array;
}

/** Decode with the product's fastest decoder, as its command does: a file is read into its memory, and lines are taken from there. */
export function lineDecoder(codec: Codec, framing: 'fixed' | 'rdw', engine: 'compiled' | 'reference'): LineDecoder {
  if (engine === 'reference') return referenceDecoder(codec, framing);
  const decoder = createCompiledDecoder(codec);
  if ('refused' in decoder) throw new Error(`not compiled: ${decoder.refused}`);
  return framing === 'fixed' ? fixedDecoder(decoder, codec.maximumLength) : wordDecoder(decoder);
}

function fixedDecoder(decoder: CompiledDecoder, length: number): LineDecoder {
  const most = Math.max(1, Math.floor(pieceBytes / length));
  const decode = (bytes: Uint8Array, take: TakeLines): number => {
    const records = Math.floor(bytes.length / length);
    for (let at = 0; at < records; at += most) {
      const start = at * length;
      const count = Math.min(most, records - at);
      const run = (first: number): RunResult => decoder.decodeFixed(start + first * length, count - first, length);
      decodePiece(decoder.space, count, take, run, (index) => lineAt(decoder, start + index * length, length));
    }
    return records;
  };
  return Object.assign(decode, { room: roomIn(decoder, 0) });
}

function wordDecoder(decoder: CompiledDecoder): LineDecoder {
  const { space } = decoder;
  const decode = (bytes: Uint8Array, take: TakeLines): number => {
    const size = bytes.length;
    let records = 0;
    for (let at = 0; at < size; ) {
      const { input, list } = space; // it may have grown
      let count = 0;
      const end = Math.min(at + pieceBytes, size);
      while (at < end) {
        const length = ((input[at] ?? 0) << 8) | (input[at + 1] ?? 0);
        if (length <= wordLength) throw new Error(`no record at ${at}`);
        list[2 * count] = at + wordLength;
        list[2 * count + 1] = length - wordLength;
        at += length;
        count++;
      }
      const run = (first: number): RunResult => decoder.decodeListed(first, count - first);
      decodePiece(space, count, take, run, (index) => {
        return lineAt(decoder, space.list[2 * index] ?? 0, space.list[2 * index + 1] ?? 0);
      });
      records += count;
    }
    return records;
  };
  return Object.assign(decode, { room: roomIn(decoder, pieceBytes / wordLength) });
}

/** Read files into the memory of a decoder, with room for a list of so many records. */
function roomIn({ space }: CompiledDecoder, records: number): (size: number) => Uint8Array {
  return (size) => {
    space.reserve(size, records);
    return space.input.subarray(0, size);
  };
}

/** The line of a record by the reference decoder. */
function lineAt({ codec, space }: CompiledDecoder, at: number, length: number): string {
  return codec.toJson(codec.read(space.input.subarray(at, at + length)));
}

function referenceDecoder(codec: Codec, framing: 'fixed' | 'rdw'): LineDecoder {
  return (bytes, take) => {
    let records = 0;
    for (let at = 0; at < bytes.length; records++) {
      const word = framing === 'rdw' ? wordLength : 0;
      const length = word > 0 ? ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0) : codec.maximumLength;
      const line = codec.toJson(codec.read(bytes.subarray(at + word, at + length)));
      take(Buffer.from(`${line}\n`));
      at += length;
    }
    return records;
  };
}
