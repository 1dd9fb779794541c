import { expect, it } from 'vitest';
import { didYouMean, suggest } from '../../src/cli/suggest.ts';

it('finds the name that was mistyped', () => {
  expect(suggest('copybok', ['copybook', 'codepage'])).toBe('copybook');
  expect(suggest('LIMTI', ['limit', 'skip'])).toBe('limit');
  expect(didYouMean('formt', ['format', 'floats'], '--')).toBe('; did you mean --format?');
});

it('stays silent when nothing is near', () => {
  expect(suggest('zzz', ['copybook', 'codepage'])).toBeNull();
  expect(didYouMean('x'.repeat(100_000), ['copybook'])).toBe('');
});
