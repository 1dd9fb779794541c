import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DecodingSpace } from '../../../src/codec/compiled/decoding-space.ts';
import type { Local } from '../../../src/codec/compiled/wasm/function-writer.ts';
import { ModuleWriter } from '../../../src/codec/compiled/wasm/module-writer.ts';
import { webAssembly } from '../../../src/codec/compiled/wasm/web-assembly.ts';
import { headerSlots } from '../../../src/frames/catalog/header-slots.ts';

const headerLength = 40;
const range = fc
  .tuple(fc.nat({ max: headerLength - 5 }), fc.integer({ min: 1, max: 5 }))
  .map(([start, length]) => ({ start, end: start + length }));

it('learned headers are known by their decisive bytes, until there is no room', () => {
  fc.assert(
    fc.property(
      fc.array(range, { minLength: 1, maxLength: 6 }),
      fc.array(fc.uint8Array({ minLength: headerLength, maxLength: headerLength, max: 5 }), { maxLength: 60 }),
      fc.nat({ max: 700 }),
      (decisive, headers, others) => {
        if (webAssembly === null) throw new Error('no WebAssembly');
        const space = new DecodingSpace(webAssembly);
        space.reserve(headerLength, 1);
        const start = space.allocate(0).address;
        const module = new ModuleWriter(start);
        const slots = headerSlots(module, decisive, 10);
        const kind = module.function(['i32'], ['i32']);
        slots.pushKind(kind, kind.parameters[0] as Local);
        const learn = module.function(['i32', 'i32'], ['i32']);
        slots.pushLearned(learn, learn.parameters[0] as Local, learn.parameters[1] as Local);
        module.export('kind', kind);
        module.export('learn', learn);
        const bytes = module.finish();
        space.allocate(module.end - start);
        const instance = new webAssembly.Instance(new webAssembly.Module(bytes), { env: { memory: space.memory } });
        const made = instance.exports as {
          readonly kind: (address: number) => number;
          readonly learn: (address: number, kind: number) => number;
        };
        const known = new Map<string, number>();
        const keyOf = (header: Uint8Array): string => decisive.map((one) => header.slice(one.start, one.end)).join();
        const many = Array.from({ length: Math.min(others, slots.count - 60) }, (_, index) => {
          const header = new Uint8Array(headerLength);
          for (const { start: at } of decisive) header.set([index & 0xff, index >> 8], at);
          return header;
        });
        for (const [index, header] of [...headers, ...many].entries()) {
          space.input.set(header);
          const key = keyOf(header);
          expect(made.kind(space.inputAddress)).toBe(known.get(key) ?? 0);
          expect(made.learn(space.inputAddress, index + 1)).toBe(known.has(key) ? 0 : 1);
          if (!known.has(key)) known.set(key, index + 1);
          expect(made.kind(space.inputAddress)).toBe(known.get(key));
        }
      },
    ),
    { numRuns: 40 },
  );
});
