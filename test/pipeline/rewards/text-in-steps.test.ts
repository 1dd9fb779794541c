import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textInSteps } from '../../../src/pipeline/rewards/text-in-steps.ts';
import { runSteps } from '../../../src/rewards/run-steps.ts';

const long = 1 << 20;

test('a text that is decoded in steps is what a decoder makes of all of it, wherever it is cut', () => {
  const character = fc.constantFrom('a', 'é', 'ÿ', '€', '漢', '🐎', '\ufeff');
  fc.assert(
    fc.property(fc.array(character, { maxLength: 6 }), fc.nat({ max: 8 }), (characters, before) => {
      const text = `${'x'.repeat(long - before)}${characters.join('')}${'y'.repeat(before)}`;
      const bytes = new TextEncoder().encode(text);
      expect(runSteps(textInSteps(bytes)) === new TextDecoder().decode(bytes)).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('it has no mark of the byte order, and what is no UTF-8 is refused', () => {
  expect(runSteps(textInSteps(Buffer.from('\ufeffabc')))).toBe('abc');
  expect(runSteps(textInSteps(new Uint8Array(0)))).toBe('');
  expect(() => runSteps(textInSteps(Buffer.from('abc\xe9', 'latin1')))).toThrow(TypeError);
});
