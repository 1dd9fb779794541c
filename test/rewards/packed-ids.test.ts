import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdIndex } from '../../src/rewards/id-index.ts';
import { PackedIds } from '../../src/rewards/packed-ids.ts';

const id = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.constantFrom(
    '',
    '1300106000001234567',
    'É'.repeat(23),
    'É'.repeat(24),
    'ÿ',
    '🐎',
    '\ud83d',
    'a\0',
    'a',
    '\0',
    'x'.repeat(200),
  ),
);

describe('packed ids', () => {
  it('give every text back, and know it from all others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 40 }), fc.integer(), (texts, seed) => {
        const ids = new PackedIds(64, seed);
        for (const [place, text] of texts.entries()) {
          ids.take(text);
          ids.put(place);
        }
        ids.grow(128, 0, texts.length);
        for (const [place, text] of texts.entries()) {
          expect(ids.text(place)).toBe(text);
          ids.take(text);
          expect(texts.map((_text, other) => ids.isAt(other))).toEqual(texts.map((other) => other === text));
        }
      }),
    );
  });

  it('stay what they are when a ring of many segments grows, wherever it begins', () => {
    const places = 1 << 17;
    for (const first of [0, 5, 70_000, places - 3, 5 * places + 65_536, 6 * places + 131_000]) {
      const ids = new PackedIds(places, 1);
      const end = first + places - 2;
      const textOf = (number: number): string => (number % 1000 === 0 ? `${number}${'x'.repeat(30)}` : `${number}`);
      const put = (number: number, size: number): void => {
        ids.take(textOf(number));
        ids.put(number & (size - 1));
      };
      for (let number = Math.max(0, first - 9); number < first; number++) put(number, places);
      for (let number = Math.max(0, first - 9); number < first; number++) ids.clear(number & (places - 1));
      for (let number = first; number < end; number++) put(number, places);
      ids.grow(2 * places, first, end);
      for (let number = end; number < end + 1000; number++) put(number, 2 * places);
      let wrong = 0;
      for (let number = first; number < end + 1000; number++) {
        if (ids.text(number & (2 * places - 1)) !== textOf(number)) wrong++;
      }
      expect(wrong).toBe(0);
    }
  });

  it('are written as JSON writes them, and take no more bytes than they said', () => {
    fc.assert(
      fc.property(id, (text) => {
        const ids = new PackedIds(1, 7);
        ids.take(text);
        ids.put(0);
        const bytes = Buffer.alloc(ids.bytesAt(0));
        const end = ids.write(0, bytes, 0);
        expect(bytes.toString('utf8', 0, end)).toBe(Buffer.from(JSON.stringify(text)).toString());
      }),
    );
  });

  it('are found while their table grows', () => {
    const index = new IdIndex();
    let wrong = 0;
    for (let number = 0; number < 20_000; number++) {
      if (index.find(`id ${number}`) !== -1) wrong++;
      index.add(`id ${number}`, number);
      const other = (number * 7919) % (number + 1);
      if (index.find(`id ${other}`) !== other || index.find(`id ${number}`) !== number) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('find what a map of the same ids finds', () => {
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 60 }), fc.array(id, { maxLength: 60 }), (texts, others) => {
        const index = new IdIndex();
        const numbers = new Map(texts.map((text, number) => [text, number * 70]));
        for (const [text, number] of numbers) index.add(text, number);
        for (const text of [...texts, ...others]) expect(index.find(text)).toBe(numbers.get(text) ?? -1);
        for (const [text, number] of numbers) expect(index.id(number)).toBe(text);
      }),
    );
  });
});
