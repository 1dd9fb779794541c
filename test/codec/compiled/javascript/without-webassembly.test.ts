import { expect, it, vi } from 'vitest';
import { codecOf } from '../../codec-of.ts';
import { compiledOf } from '../compare-decoders.ts';

// What is said of compiled decoders holds for those in JavaScript too, word for word.
vi.mock('../../../../src/codec/compiled/wasm/web-assembly.ts', () => ({ webAssembly: null }));

it('is JavaScript that these tests are about', () => {
  expect(compiledOf(codecOf('01 R. 05 A PIC X.')).engine).toBe('javascript');
});

await import('../create-compiled-decoder.test.ts');
await import('../long-text.test.ts');
await import('../bits.test.ts');
