import { createCompiledDecoder } from '../../src/codec/compiled/create-compiled-decoder.ts';
import { DecodingSpace } from '../../src/codec/compiled/decoding-space.ts';
import type { Codec } from '../../src/codec/index.ts';
import type { RecordReading } from '../../src/codec/reading.ts';

/** A record that the compiled decoder reads as something else than the reference decoder does. */
export class EngineDifference extends Error {}

const decodersInSpace = 50;

/** Compares what the compiled decoder makes of records with what the reference decoder does, whose readings the cases check. */
export class CompiledCheck {
  /** Records that were the same from both. */
  compiled = 0;
  /** Records that the compiled decoder left to the reference decoder, which has to. */
  refused = 0;
  #space = new DecodingSpace();
  #made = 0;

  /** Make a reader for a codec that reads as the codec does. It throws EngineDifference. */
  readerOf(codec: Codec): (bytes: Uint8Array) => RecordReading {
    // A space never shrinks: what is in it would stay for ever.
    if (++this.#made % decodersInSpace === 0) this.#space = new DecodingSpace();
    const decoder = createCompiledDecoder(codec, this.#space);
    if ('refused' in decoder) {
      return (bytes) => {
        this.refused += 1;
        return codec.read(bytes);
      };
    }
    const { space } = decoder;
    return (bytes) => {
      const reading = codec.read(bytes);
      space.reserve(bytes.length, 1);
      space.clear();
      space.input.set(bytes);
      space.list.set([0, bytes.length]);
      const { done } = decoder.decodeListed(0, 1);
      if (done === 0) {
        this.refused += 1;
        return reading;
      }
      this.compiled += 1;
      const expected = `${codec.toJson(reading)}\n`;
      const found = Buffer.from(space.output).toString('utf8');
      if (found !== expected) throw new EngineDifference(`${expected.trim()} is compiled to ${found.trim()}`);
      const [seen, wanted] = [decoder.notes, reading.issues].map((issues) => JSON.stringify(issues));
      if (seen !== wanted)
        throw new EngineDifference(`instead of the issues ${wanted} the compiled decoder has ${seen}`);
      return reading;
    };
  }
}
