import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecOf } from '../codec-of.ts';
import { compareDecoders, compiledOf, emptyComparison } from './compare-decoders.ts';

const lengths = [1, 15, 16, 17, 31, 32, 33, 47, 63, 64, 65, 79, 80, 81, 100, 200];

describe('text of any length', () => {
  it.each(['right', 'none', 'left', 'both', 'nul'] as const)('reads the same in both decoders, trimmed %s', (trim) => {
    const copybook = (length: number): string =>
      `01 R. 05 A PIC X(3). 05 T PIC X(${length}). 05 B PIC X(7). 05 N PIC 9(2). 05 C PIC X.`;
    const decoders = lengths.map((length) => compiledOf(codecOf(copybook(length), { trim, codepage: 'cp1147' })));
    const byte = fc.oneof(
      { weight: 8, arbitrary: fc.constant(0x40) },
      { weight: 4, arbitrary: fc.integer({ min: 0xc1, max: 0xc9 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) },
    );
    const seen = emptyComparison();
    fc.assert(
      fc.property(
        fc.nat({ max: lengths.length - 1 }),
        fc.array(byte, { minLength: 214, maxLength: 214 }),
        (index, bytes) => {
          const decoder = decoders[index];
          const length = 13 + (lengths[index] ?? 0);
          if (decoder === undefined) return;
          const record = Uint8Array.from(bytes.slice(0, length));
          record.set([0xf1, 0xf2], length - 3);
          const plain = record.map((value) => ((value >= 0xc1 && value <= 0xc9) || value >= 0xf0 ? value : 0x40));
          compareDecoders(decoder, [record, plain, record], seen);
        },
      ),
      { numRuns: 400 },
    );
    expect(seen.records).toBe(1200);
    expect(seen.cleanRefused).toBe(0);
  });
});
