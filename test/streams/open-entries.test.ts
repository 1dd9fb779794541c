import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameRecords } from '../../src/streams/frame-records.ts';
import { OpenEntries } from '../../src/streams/open-entries.ts';

test('finds what a map finds, however entries come and go', () => {
  const keys = fc.oneof(fc.nat(2000), fc.maxSafeNat(), fc.constantFrom(1, 2, 3));
  const steps = fc.array(fc.tuple(keys, fc.constantFrom<0 | 1>(0, 1), fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    maxLength: 600,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, fc.nat(), (list, seed) => {
      const records = new FrameRecords();
      const table = new OpenEntries(records, seed, true);
      const free: [number[], number[]] = [[], []];
      const model: { key: number; direction: 0 | 1; time: number; position: number; entry: number }[] = [];
      const oldest = (key: number, direction: number): number =>
        model
          .filter((one) => one.key === key && one.direction === direction)
          .sort((one, other) => one.time - other.time || one.position - other.position)[0]?.entry ?? 0;
      const own = (): number => (table.ownSlot < 0 ? 0 : table.oldest(table.ownSlot));
      for (const [position, [key, direction, time, adds]] of list.entries()) {
        const identity = Float64Array.of(key, position, time, position);
        const keyBits = table.hashOf(key);
        table.scan(keyBits, identity, 0, direction);
        const partner = table.partnerSlot < 0 ? 0 : table.findPartner(identity, 0, 9, 9);
        if (partner !== oldest(key, 1 - direction)) expect(partner).toBe(oldest(key, 1 - direction));
        table.scanOwn(keyBits, identity, 0, direction);
        if (own() !== oldest(key, direction)) expect(own()).toBe(oldest(key, direction));
        if (adds || model.length === 0) {
          const entries = free[direction];
          if (entries.length === 0) {
            const page = records.takePage(direction);
            for (let at = 0; records.pageOf(at) === 0; at++) entries.push(page + at);
          }
          const entry = entries.pop() ?? 0;
          records.write(entry, identity, 0);
          table.setSize(entry, 10);
          table.add(entry, keyBits, direction, identity, 0);
          model.push({ key, direction, time, position, entry });
        } else {
          const [gone] = model.splice((position * 7919) % model.length, 1);
          if (gone === undefined) continue;
          table.remove(gone.entry);
          free[gone.direction].push(gone.entry);
        }
      }
      expect(table.count).toBe(model.length);
      expect(table.bytes).toBe(10 * model.length);
      for (const { key, direction } of model) {
        const identity = Float64Array.of(key);
        table.scanOwn(table.hashOf(key), identity, 0, direction);
        expect(own()).toBe(oldest(key, direction));
      }
    }),
    { numRuns: 60 },
  );
});
