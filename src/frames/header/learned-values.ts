import type { Classifier } from './classifier.ts';
import type { HeaderField } from './header-field.ts';
import { wordCodes } from './load-code.ts';

/** Words of 4 bytes that a value is looked up by, at most. */
const maximumWords = 4;

const unseen = -1000; // no result

/**
 * A classifier that remembers: what it gave for bytes follows from them alone, however many ways there are to write a value.
 *
 * It remembers a bounded number of values and starts afresh when these are used up, so that noise cannot fill it for good.
 */
export interface LearnedValues {
  /** Words by which a value is looked up, and results in the same order; open addressing by `slotCode`. */
  readonly words: Int32Array;
  readonly results: Int32Array;
  /** Ask the classifier, and remember what it gave for these words in a free slot. */
  learn(bytes: Uint8Array, offset: number, slot: number, words: readonly number[]): number;
  /** The body of a function of `v`, `o`, `words`, `results` and `learn` that returns the result. */
  readonly code: readonly string[];
}

/** Let a classifier of some fields remember; `null` when their bytes are too many. */
export function learnedValues(
  fields: readonly HeaderField[],
  rows: number,
  classify: Classifier,
): LearnedValues | null {
  const keys = fields.flatMap(({ start, end }) => wordCodes(start, end));
  if (keys.length === 0 || keys.length > maximumWords) return null;
  const direct = fields.length === 1 && fields[0] !== undefined && fields[0].end - fields[0].start === 1;
  const bits = direct ? 8 : Math.min(24, Math.ceil(Math.log2(Math.max(64, rows) * 4)));
  const size = 2 ** bits;
  const words = new Int32Array(size * keys.length);
  const results = new Int32Array(size).fill(unseen);
  let count = 0;
  return {
    words,
    results,
    learn(bytes, offset, slot, found) {
      const result = classify(bytes, offset);
      if (count >= size / 2 && !direct) {
        results.fill(unseen);
        count = 0;
      } else {
        words.set(found, slot * keys.length);
        results[slot] = result;
        count++;
      }
      return result;
    },
    code: direct ? directCode(keys[0] ?? '0') : lookUpCode(keys, bits),
  };
}

/** One byte is its own slot. */
function directCode(key: string): readonly string[] {
  return [
    `const byte = ${key}, result = results[byte];`,
    `return result === ${unseen} ? learn(this.bytes, this.offset, byte, [byte]) : result;`,
  ];
}

/** A table look-up by multiplicative hashing: the slots of one value follow one another. */
function lookUpCode(keys: readonly string[], bits: number): readonly string[] {
  const names = keys.map((_, index) => `w${index}`);
  const factors = [-1640531535, -2048144789, -1028477379, 668265263]; // odd, without pattern in their bits
  const mixed = names.map((name, index) => `Math.imul(${name}, ${factors[index]})`).join(' ^ ');
  const same = names.map((name, index) => `words[slot * ${keys.length} + ${index}] === ${name}`).join(' && ');
  return [
    ...names.map((name, index) => `const ${name} = ${keys[index]};`),
    `for (let slot = (${mixed}) >>> ${32 - bits}; ; slot = (slot + 1) & ${2 ** bits - 1}) {`,
    'const result = results[slot];',
    `if (result === ${unseen}) return learn(this.bytes, this.offset, slot, [${names.join(', ')}]);`,
    `if (${same}) return result;`,
    '}',
  ];
}
