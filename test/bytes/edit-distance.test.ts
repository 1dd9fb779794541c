import { expect, it } from 'vitest';
import { editDistance } from '../../src/bytes/edit-distance.ts';

it.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['where', 'where', 0],
  ['wher', 'where', 1],
  ['wehre', 'where', 1],
  ['decoed', 'decode', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('%j and %j are %i edits apart, either way', (one, other, edits) => {
  expect(editDistance(one, other)).toBe(edits);
  expect(editDistance(other, one)).toBe(edits);
});
