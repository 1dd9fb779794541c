import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppendedBlocks } from '../../src/runtime/embedded/appended-blocks.ts';

const steps = fc.array(fc.constantFrom('push', 'push', 'push', 'shift', 'pop', 'clear'), { maxLength: 600 });

test('a queue of blocks holds what an array holds', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const blocks = new AppendedBlocks();
      let model: (readonly [position: number, bytes: number])[] = [];
      list.forEach((step, number) => {
        if (step === 'push') {
          blocks.push(10 * number, number);
          model.push([10 * number, number]);
        } else if (step === 'clear') {
          if (number % 7 > 0) return;
          blocks.clear();
          model = [];
        } else if (model.length > 0) {
          blocks[step]();
          model[step]();
        }
        expect(blocks.newest).toBe(model.at(-1)?.[0] ?? -1);
        expect([blocks.positionAt(0), blocks.positionAt(1)]).toEqual([model[0]?.[0] ?? -1, model[1]?.[0] ?? -1]);
        if (model.length > 0) expect(blocks.bytesAt(0)).toBe(model[0]?.[1]);
      });
    }),
  );
});
