import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BetBook, betStates } from '../../src/rewards/bet-book.ts';

describe('a book of bets', () => {
  it('knows what a map of the same bets knows, while it grows and forgets', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 5 })), {
      minLength: 3000,
      maxLength: 3000,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (all) => {
        const book = new BetBook();
        const known = new Map<string, number>();
        for (const [time, [number, behind]] of all.entries()) {
          const bet = `bet ${number}`;
          const is = known.get(bet);
          const expected = is !== undefined && is >= book.horizon;
          const found = book.find(bet);
          expect(found >= 0).toBe(expected);
          if (found >= 0) {
            expect(book.id(found)).toBe(bet);
            expect(book.time(found)).toBe(is);
          } else if (time - behind >= book.horizon) {
            book.add(bet, time - behind, betStates.plain);
            known.set(bet, time - behind);
          }
          book.horizon = Math.max(book.horizon, time - 1500);
          book.forget();
        }
        expect(book.end - book.first).toBeLessThan(1600);
      }),
      { numRuns: 3, endOnFailure: true }, // shorter histories say no more
    );
  });
});
