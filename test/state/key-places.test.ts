import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyPlaces } from '../../src/state/key-places.ts';
import { keyBytes, keyText } from '../../src/state/key-text.ts';

const keys = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 3 }),
  fc.uint8Array({ minLength: 1, maxLength: 40 }),
  fc.integer({ min: 0, max: 9 }).map((fill) => new Uint8Array(1024).fill(fill)),
);
const changes = fc.array(
  fc.record({
    isPut: fc.boolean(),
    key: keys,
    block: fc.integer({ min: 0, max: 2 ** 40 }),
    at: fc.nat(),
    length: fc.nat(),
  }),
  { maxLength: 400 },
);

test('places of keys are those of a map, whatever comes and goes', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const places = new KeyPlaces();
      const model = new Map<string, readonly [block: number, at: number, length: number]>();
      for (const { isPut, key, block, at, length } of list) {
        const text = keyText(key);
        if (isPut) {
          places.set(key, block, at, length);
          model.set(text, [block % 2 ** 32, at, length]);
        } else expect(places.delete(key)).toBe(model.delete(text));
      }
      expect(places.size).toBe(model.size);
      for (const [text, place] of model) {
        expect(places.find(keyBytes(text))).toBe(true);
        expect([places.block, places.at, places.length]).toEqual(place);
      }
      expect(Array.from(places.keys(), keyText).sort()).toEqual([...model.keys()].sort());
      for (const { key } of list) expect(places.find(key)).toBe(model.has(keyText(key)));
    }),
  );
});

test('a hundred thousand keys that come and go in a row leave room for the next ones', () => {
  const places = new KeyPlaces();
  const keyOf = (number: number): Uint8Array => Buffer.from(`bet-${number}`);
  const kept = 1000;
  for (let number = 0; number < 100_000; number++) {
    places.set(keyOf(number), number, 2 * number, 3);
    if (number >= kept) expect(places.delete(keyOf(number - kept))).toBe(true);
  }
  expect(places.size).toBe(kept);
  for (let number = 99_000; number < 100_000; number++) {
    expect(places.find(keyOf(number))).toBe(true);
    expect(places.at).toBe(2 * number);
  }
  expect(places.find(keyOf(98_999))).toBe(false);
});
