import type { Codec } from 'overpunch/codec';
import { type CompiledDecoder, createCompiledDecoder } from '../../dist/codec/compiled/create-compiled-decoder.js';

const pieceBytes = 64 << 10;
const wordLength = 4;

/** Takes lines of JSON; they are good until it returns. */
export type TakeLines = (lines: Uint8Array) => void;

/** Decodes a file in memory to lines of JSON and returns how many records it had. */
export type LineDecoder = (bytes: Uint8Array, take: TakeLines) => number;

/** Decode with the product's fastest decoder, as its command does: records are copied in, lines are taken out. */
export function lineDecoder(codec: Codec, framing: 'fixed' | 'rdw', engine: 'compiled' | 'reference'): LineDecoder {
  if (engine === 'reference') return referenceDecoder(codec, framing);
  const decoder = createCompiledDecoder(codec);
  if ('refused' in decoder) throw new Error(`not compiled: ${decoder.refused}`);
  return framing === 'fixed' ? fixedDecoder(decoder, codec.maximumLength) : wordDecoder(decoder);
}

function fixedDecoder(decoder: CompiledDecoder, length: number): LineDecoder {
  const { space } = decoder;
  const most = Math.max(1, Math.floor(pieceBytes / length));
  space.reserve(most * length, 0);
  return (bytes, take) => {
    const records = Math.floor(bytes.length / length);
    for (let at = 0; at < records; at += most) {
      const count = Math.min(most, records - at);
      space.input.set(bytes.subarray(at * length, (at + count) * length));
      runAll(decoder, count, take, (first) => decoder.decodeFixed(first * length, count - first, length), [
        (index) => index * length,
        () => length,
      ]);
    }
    return records;
  };
}

function wordDecoder(decoder: CompiledDecoder): LineDecoder {
  const { space } = decoder;
  space.reserve(pieceBytes, pieceBytes / wordLength);
  return (bytes, take) => {
    let records = 0;
    for (let at = 0; at < bytes.length; ) {
      const { list } = space;
      let count = 0;
      let end = at;
      for (;;) {
        const length = ((bytes[end] ?? 0) << 8) | (bytes[end + 1] ?? 0);
        if (length <= wordLength || end + length - at > pieceBytes) break;
        list[2 * count] = end + wordLength - at;
        list[2 * count + 1] = length - wordLength;
        end += length;
        count++;
      }
      if (count === 0) throw new Error(`no record at ${at}`);
      space.input.set(bytes.subarray(at, end));
      const lengthOf = (index: number): number => list[2 * index + 1] ?? 0;
      runAll(decoder, count, take, (first) => decoder.decodeListed(first, count - first), [
        (index) => list[2 * index] ?? 0,
        lengthOf,
      ]);
      at = end;
      records += count;
    }
    return records;
  };
}

/** Decode a piece of input: run after run, what is unusual by the reference decoder. */
function runAll(
  { codec, space }: CompiledDecoder,
  count: number,
  take: TakeLines,
  run: (first: number) => ReturnType<CompiledDecoder['decodeFixed']>,
  [offsetOf, lengthOf]: readonly [(index: number) => number, (index: number) => number],
): void {
  space.clear();
  for (let first = 0; first < count; ) {
    const { done, stopped } = run(first);
    first += done;
    if (stopped === 'unusual') {
      const at = offsetOf(first);
      const line = codec.toJson(codec.read(space.input.subarray(at, at + lengthOf(first))));
      if (!space.append(line)) {
        take(space.output);
        space.clear();
        if (!space.append(line)) take(Buffer.from(`${line}\n`));
      }
      first++;
    } else if (stopped === 'full') {
      take(space.output);
      space.clear();
    }
  }
  take(space.output);
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
