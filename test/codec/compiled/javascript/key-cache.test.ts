import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyCache, unknownKey } from '../../../../src/codec/compiled/javascript/key-cache.ts';

describe('a cache of keys', () => {
  it('knows what it was told last, or nothing', () => {
    const word = fc.integer({ min: -3, max: 3 }).map((value) => (value * 0x10001000) | 0);
    const telling = fc.tuple(word, word, fc.integer({ min: -1, max: 5 }));
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 60 }), (all) => {
        const cache = new KeyCache();
        const told = new Map<string, number>();
        for (const [high, low, decision] of all) {
          const known = cache.lookUp(high, low);
          if (known !== unknownKey) expect(known).toBe(told.get(`${high} ${low}`));
          expect(cache.remember(high, low, decision)).toBe(decision);
          told.set(`${high} ${low}`, decision);
          expect(cache.lookUp(high, low)).toBe(decision);
        }
      }),
    );
  });
});
