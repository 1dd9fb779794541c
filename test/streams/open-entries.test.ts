import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameRecords, pageRecords } from '../../src/streams/frame-records.ts';
import { OpenEntries } from '../../src/streams/open-entries.ts';

test('finds what a map finds, however entries come and go', () => {
  const keys = fc.oneof(fc.nat(2000), fc.maxSafeNat(), fc.constantFrom(1, 2, 3));
  const steps = fc.array(fc.tuple(keys, fc.constantFrom(0, 1), fc.integer({ min: 0, max: 9 }), fc.boolean()), {
    maxLength: 600,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, fc.nat(), (list, seed) => {
      const records = new FrameRecords();
      const table = new OpenEntries(records, seed);
      const free: number[] = [];
      const model: { key: number; direction: number; time: number; position: number; entry: number }[] = [];
      const oldest = (key: number, direction: number): number =>
        model
          .filter((one) => one.key === key && one.direction === direction)
          .sort((one, other) => one.time - other.time || one.position - other.position)[0]?.entry ?? -1;
      for (const [position, [key, direction, time, adds]] of list.entries()) {
        const identity = Float64Array.of(key, position, time);
        table.scan(table.keyBits(identity, 0), identity, 0, direction);
        if (table.own !== oldest(key, direction)) expect(table.own).toBe(oldest(key, direction));
        if (table.partner !== oldest(key, 1 - direction)) expect(table.partner).toBe(oldest(key, 1 - direction));
        if (adds || model.length === 0) {
          if (free.length === 0) {
            const page = records.takePage();
            for (let at = 0; at < pageRecords; at++) free.push(page + at);
          }
          const entry = free.pop() ?? -1;
          records.write(entry, identity, 0);
          table.add(entry, position, 10);
          model.push({ key, direction, time, position, entry });
        } else {
          const [gone] = model.splice((position * 7919) % model.length, 1);
          if (gone === undefined) continue;
          table.remove(gone.entry);
          free.push(gone.entry);
        }
      }
      expect(table.count).toBe(model.length);
      expect(table.bytes).toBe(10 * model.length);
      for (const { key, direction } of model) {
        const identity = Float64Array.of(key);
        table.scan(table.keyBits(identity, 0), identity, 0, direction);
        expect(table.own).toBe(oldest(key, direction));
      }
    }),
    { numRuns: 60 },
  );
});
