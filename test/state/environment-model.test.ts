import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBlockTable } from '../../src/state/block-table.ts';
import type { Environment, RangeOptions } from '../../src/state/environment.ts';
import { places } from './environment-places.ts';

const key = fc.uint8Array({ minLength: 1, maxLength: 3, max: 3 });
const change = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put' as const), key, value: fc.uint8Array({ maxLength: 6 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('delete' as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clear' as const) }) },
);
const batch = fc.record({
  changes: fc.array(fc.record({ table: fc.constantFrom('one', 'two'), change }), { maxLength: 12 }),
  how: fc.constantFrom('commit' as const, 'submit' as const),
  waits: fc.boolean(),
  ends: fc.constantFrom('commit', 'commit', 'throw', 'reopen'),
});
const range = fc.record({
  from: fc.option(key, { nil: undefined }),
  to: fc.option(key, { nil: undefined }),
  reverse: fc.boolean(),
  limit: fc.option(fc.nat(5), { nil: undefined }),
});

type Rows = Map<string, string>;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What a range of plain rows holds. */
function rowsOf(rows: Rows, { from, to, reverse = false, limit }: RangeOptions): string[] {
  const inside = [...rows].filter(
    ([key]) => (from === undefined || key >= hex(from)) && (to === undefined || key < hex(to)),
  );
  const sorted = inside.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
  return (reverse ? sorted.reverse() : sorted).slice(0, limit);
}

const kinds = Object.entries(places).flatMap(([name, newPlace]) => [
  { name, newPlace, open: (environment: Environment, table: string) => environment.table(table) },
  { name: `${name}, in blocks,`, newPlace, open: openBlockTable },
]);

test.each(kinds)(
  'an environment in $name does what plain maps do, over commits, errors and reopenings',
  async ({ newPlace, open }) => {
    const property = fc.asyncProperty(
      fc.array(batch, { maxLength: 8 }),
      fc.array(range, { maxLength: 6 }),
      async (batches, ranges) => {
        const place = newPlace();
        let environment: Environment = place.open();
        let kept = new Map<string, Rows>([
          ['one', new Map()],
          ['two', new Map()],
        ]);
        try {
          for (const { changes, how, waits, ends } of batches) {
            const model = structuredClone(kept);
            const tables = new Map([...kept.keys()].map((name) => [name, open(environment, name)]));
            const work = (): void => {
              for (const { table, change } of changes) {
                const rows = model.get(table) as Rows;
                if (change.kind === 'put') tables.get(table)?.put(change.key, change.value);
                if (change.kind === 'put') rows.set(hex(change.key), hex(change.value));
                if (change.kind === 'delete')
                  expect(tables.get(table)?.delete(change.key)).toBe(rows.delete(hex(change.key)));
                if (change.kind === 'clear') tables.get(table)?.clear();
                if (change.kind === 'clear') rows.clear();
              }
              if (ends === 'throw') throw new Error('given up');
            };
            if (ends === 'throw') expect(() => environment[how](work)).toThrow('given up');
            else environment[how](work);
            if (waits) await environment.durable();
            if (ends !== 'throw') kept = model;
            if (ends === 'reopen') await environment.close();
            if (ends === 'reopen') environment = place.open();
            for (const [name, rows] of kept) {
              for (const options of [{}, ...ranges]) {
                const read = [...open(environment, name).range(options)];
                expect(read.map(({ key, value }) => `${hex(key)}=${hex(value)}`)).toEqual(rowsOf(rows, options));
              }
            }
          }
        } finally {
          await environment.close();
          await place.remove();
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  },
);
