import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteText, putText, textPiece } from '../../src/bytes/byte-text.ts';
import { DigitsPiece } from '../../src/bytes/digits-piece.ts';

/** Something that is written, and what it should be. */
interface Step {
  readonly write: (out: ByteText) => void;
  readonly text: string;
}

const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
const step: fc.Arbitrary<Step> = fc.oneof(
  texts.map((text) => ({ write: (out: ByteText) => void out.text(text), text })),
  texts.map((text) => ({ write: (out: ByteText) => void out.piece(textPiece(text)), text })),
  fc.oneof(fc.double(), fc.maxSafeNat(), fc.integer(), fc.constant(-0)).map((number) => {
    return { write: (out: ByteText) => void out.number(number), text: String(number) };
  }),
  fc.tuple(texts, fc.nat(20), fc.nat(20)).map(([text, before, behind]) => {
    const bytes = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(text), Buffer.alloc(behind, 'y')]);
    return { write: (out: ByteText) => void out.copy(bytes, before, bytes.length - behind), text };
  }),
  fc.tuple(texts, fc.nat(20)).map(([text, before]) => {
    const bytes = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(text)]);
    const write = (out: ByteText): void => {
      out.reserve(bytes.length);
      const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      out.length = putText(out.view, out.length, source, before, bytes.length);
    };
    return { write, text };
  }),
  fc.constant({ write: (out: ByteText) => void out.text('long '.repeat(9000)), text: 'long '.repeat(9000) }),
);

describe('a text of bytes', () => {
  test('holds what was written to it, one behind the other', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 12 }), { minLength: 1, maxLength: 3 }), (rounds) => {
        const out = new ByteText();
        for (const steps of rounds) {
          out.clear();
          for (const { write } of steps) write(out);
          const expected = Buffer.from(steps.map(({ text }) => text).join(''));
          expect(out.length).toBe(expected.length);
          expect(Buffer.compare(out.bytes, expected)).toBe(0);
        }
      }),
    );
  });

  test('takes numbers with leading zeros as pieces that are filled anew', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), fc.array(fc.maxSafeNat(), { maxLength: 5 }), (digits, values) => {
        const piece = new DigitsPiece(digits);
        const out = new ByteText();
        for (const value of values) {
          piece.set(value % 10 ** digits);
          out.clear();
          out.text('<').piece(piece).text('>').piece(piece);
          const text = String(value % 10 ** digits).padStart(digits, '0');
          expect(Buffer.from(out.bytes).toString()).toBe(`<${text}>${text}`);
        }
      }),
    );
  });
});
