import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BetBook, betStates } from '../../src/rewards/bet-book.ts';

describe('a book of bets', () => {
  it('does not know what is older than the horizon, which has not left yet', () => {
    const book = new BetBook();
    for (let bet = 0; bet < 100; bet++) {
      expect(book.find(`bet ${bet}`)).toBe(-1);
      book.add(bet, betStates.plain);
    }
    book.horizon = 50;
    expect(book.first).toBe(0);
    expect(book.find('bet 50')).toBe(50);
    expect(book.find('bet 49')).toBe(-1);
    expect(book.add(60, betStates.plain)).toBe(100);
    expect(book.find('bet 49')).toBe(100);
    while (book.first < 50) book.forget();
    expect(book.find('bet 49')).toBe(100);
    expect(book.find('bet 99')).toBe(99);
  });

  it('has each bet at its number when it grows in the middle of any lap', () => {
    for (const first of [0, 700, 1024, 1500, 2 ** 33 + 1700]) {
      const book = new BetBook();
      book.begin(first);
      for (let bet = 0; bet < 5000; bet++) {
        expect(book.find(`bet ${bet}`)).toBe(-1);
        expect(book.add(bet, betStates.plain)).toBe(first + bet);
      }
      for (let bet = 0; bet < 5000; bet++) {
        expect(book.find(`bet ${bet}`)).toBe(first + bet);
        expect([book.id(first + bet), book.time(first + bet)]).toEqual([`bet ${bet}`, bet]);
      }
    }
  });

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
            book.add(time - behind, betStates.plain);
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
