import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/frames/catalog/load-catalog.ts';
import { frameCheckOf } from '../../../src/frames/header/frame-check-of.ts';
import { itcFolder } from '../grow-catalog.ts';

const { lengthAt, maximum } = frameCheckOf(loadCatalog(`${itcFolder}/catalog.yaml`));

test('garbage that says more than the longest frame is no header by that alone: no type is looked up for it', () => {
  const noise = new Uint8Array(32).fill(0xff);
  expect(lengthAt?.(noise, 0)).toBe(0xffff);
  expect(0xffff).toBeGreaterThan(maximum);
});

test('garbage that says a possible length is no header when neither its type nor its direction is one', () => {
  expect(
    lengthAt?.(
      Uint8Array.from({ length: 32 }, (_, index) => (index === 1 ? 40 : 0)),
      0,
    ),
  ).toBeNaN();
});
