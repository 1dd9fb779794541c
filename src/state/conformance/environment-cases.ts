import assert from 'node:assert/strict';
import { OverpunchError } from '../../errors.ts';
import type { Entry, Environment, RangeOptions, Table } from '../environment.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** A place where environments of one backend can be opened, again and again: what they committed is still there. */
export interface EnvironmentPlace {
  open(options?: { readonly readOnly?: boolean }): Environment;
  /** Take away what was kept. All its environments are closed by then. */
  remove(): Promise<void>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (entries: Iterable<Entry>): string =>
  [...entries].map(({ key, value }) => `${Buffer.from(key)}=${Buffer.from(value)}`).join(' ');

/** What every `Environment` does, as cases for any test runner; `newPlace` makes an empty place for each. */
export function environmentConformance(newPlace: () => EnvironmentPlace): readonly ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  /** A case with an environment that is open; those that the case opened itself it closes itself. */
  const add = (name: string, check: (environment: Environment, place: EnvironmentPlace) => unknown): void => {
    const run = async (): Promise<void> => {
      const place = newPlace();
      try {
        const environment = place.open();
        try {
          await check(environment, place);
        } finally {
          await environment.close();
        }
      } finally {
        await place.remove();
      }
    };
    cases.push({ name, run });
  };
  const fill = (environment: Environment, table: Table, keys: string): void => {
    environment.commit(() => {
      for (const key of keys) table.put(bytes(key), bytes(key.toUpperCase()));
    });
  };

  add('gives back what was put, and undefined for what was not', (environment) => {
    const table = environment.table('one');
    fill(environment, table, 'ab');
    assert.deepEqual(table.get(bytes('a')), bytes('A'));
    assert.equal(table.get(bytes('c')), undefined);
    assert.equal(environment.table('other').get(bytes('a')), undefined);
    assert.equal(texts(environment.table('one').range()), 'a=A b=B');
  });

  add('keeps empty values, long values, and keys of 1 and of 1,024 bytes', (environment) => {
    const table = environment.table('sizes');
    const long = new Uint8Array(3_000_000).map((_, index) => index * 7);
    const keys = [Uint8Array.of(0), new Uint8Array(1024).fill(255), Uint8Array.of(255, 0)];
    environment.commit(() => {
      table.put(keys[0] as Uint8Array, new Uint8Array(0));
      table.put(keys[1] as Uint8Array, long);
      table.put(keys[2] as Uint8Array, new Uint8Array(40_000).fill(3));
    });
    assert.equal(table.get(keys[0] as Uint8Array)?.length, 0);
    assert.deepEqual(table.get(keys[1] as Uint8Array), long);
    assert.deepEqual(
      [...table.range()].map(({ value }) => value.length),
      [0, 40_000, 3_000_000],
    );
  });

  add('refuses keys of no bytes and of more than 1,024', (environment) => {
    const table = environment.table('keys');
    for (const key of [new Uint8Array(0), new Uint8Array(1025)]) {
      assert.throws(() => table.get(key), RangeError);
      assert.throws(() => environment.commit(() => table.put(key, key)), RangeError);
      assert.throws(() => environment.commit(() => table.delete(key)), RangeError);
    }
  });

  add('gives bytes that are the caller’s, and keeps none of the caller’s', (environment) => {
    const table = environment.table('copies');
    const given = bytes('value');
    environment.commit(() => {
      table.put(bytes('k'), given);
      given.fill(0);
      const early = table.get(bytes('k'));
      table.get(bytes('other'));
      assert.deepEqual(early, bytes('value'));
    });
    const first = table.get(bytes('k')) as Uint8Array;
    first.fill(1);
    const [entry] = table.range();
    (entry as Entry).value.fill(2);
    (entry as Entry).key.fill(2);
    assert.deepEqual(table.get(bytes('k')), bytes('value'));
    assert.deepEqual(first, new Uint8Array(5).fill(1));
  });

  add('says whether there was something to delete', (environment) => {
    const table = environment.table('deleted');
    fill(environment, table, 'a');
    environment.commit(() => {
      assert.equal(table.delete(bytes('a')), true);
      assert.equal(table.delete(bytes('a')), false);
      assert.equal(table.delete(bytes('z')), false);
    });
    assert.equal(texts(table.range()), '');
  });

  add('clears one table alone', (environment) => {
    const table = environment.table('cleared');
    const other = environment.table('kept');
    fill(environment, table, 'abc');
    fill(environment, other, 'x');
    environment.commit(() => {
      table.clear();
      table.put(bytes('d'), bytes('D'));
    });
    assert.equal(texts(table.range()), 'd=D');
    assert.equal(texts(other.range()), 'x=X');
  });

  add('orders keys by their bytes', (environment) => {
    const table = environment.table('order');
    const keys = [[0], [0, 0], [0, 255], [1], [127], [128], [200, 1], [255], [255, 0], [255, 255]];
    environment.commit(() => {
      for (const key of keys.toReversed()) table.put(Uint8Array.from(key), Uint8Array.of(key.length));
    });
    assert.deepEqual(
      [...table.range()].map(({ key }) => [...key]),
      keys,
    );
    assert.deepEqual(
      [...table.range({ reverse: true })].map(({ key }) => [...key]),
      keys.toReversed(),
    );
  });

  add('reads ranges: from with, to without, either way, up to a limit', (environment) => {
    const table = environment.table('ranges');
    fill(environment, table, 'bdf');
    const read = (from: string | null, to: string | null, more: RangeOptions = {}): string =>
      [
        ...table.range({
          from: from === null ? undefined : bytes(from),
          to: to === null ? undefined : bytes(to),
          ...more,
        }),
      ]
        .map(({ key }) => Buffer.from(key).toString())
        .join('');
    assert.equal(read(null, null), 'bdf');
    assert.equal(read('b', 'f'), 'bd');
    assert.equal(read('c', 'e'), 'd');
    assert.equal(read('d', 'd'), '');
    assert.equal(read('f', 'b'), '');
    assert.equal(read('', ''), '');
    assert.equal(read('', null), 'bdf');
    assert.equal(read('g', null), '');
    assert.equal(read(null, 'b'), '');
    assert.equal(read('b', 'f', { reverse: true }), 'db');
    assert.equal(read('c', null, { reverse: true }), 'fd');
    assert.equal(read('d', null, { reverse: true, limit: 2 }), 'fd');
    assert.equal(read(null, 'a', { reverse: true }), '');
    assert.equal(read('f', 'b', { reverse: true }), '');
    assert.equal(read(null, null, { limit: 2 }), 'bd');
    assert.equal(read(null, null, { limit: 0 }), '');
    assert.equal(read(null, null, { reverse: true, limit: 1 }), 'f');
  });

  add('reads long ranges, which may be left early and written to meanwhile', (environment) => {
    const table = environment.table('long');
    const key = (number: number): Uint8Array => Uint8Array.of(number >> 8, number & 255);
    environment.commit(() => {
      for (let number = 0; number < 2000; number++) table.put(key(number), key(number));
    });
    const numbers = (entries: Iterable<Entry>): number[] =>
      [...entries].map(({ key: [high = 0, low = 0] }) => high * 256 + low);
    const all = Array.from({ length: 2000 }, (_, number) => number);
    assert.deepEqual(numbers(table.range()), all);
    assert.deepEqual(numbers(table.range({ reverse: true })), all.toReversed());
    assert.deepEqual(numbers(table.range({ from: key(700), to: key(1500), limit: 600 })), all.slice(700, 1300));
    for (const _ of table.range()) break;
    environment.commit(() => {
      for (const entry of table.range()) table.delete(entry.key);
    });
    assert.equal(texts(table.range()), '');
  });

  add('reads inside of a commit what that commit wrote', (environment) => {
    const table = environment.table('own');
    fill(environment, table, 'ac');
    environment.commit(() => {
      table.put(bytes('b'), bytes('B'));
      table.delete(bytes('c'));
      assert.deepEqual(table.get(bytes('b')), bytes('B'));
      assert.equal(texts(table.range()), 'a=A b=B');
    });
  });

  add('keeps nothing of a commit that throws, in none of its tables', (environment) => {
    const one = environment.table('first');
    const other = environment.table('second');
    fill(environment, one, 'ab');
    const error = new Error('no');
    const work = (): void => {
      one.put(bytes('a'), bytes('changed'));
      one.put(bytes('c'), bytes('new'));
      one.delete(bytes('b'));
      other.put(bytes('x'), bytes('new'));
      one.clear();
      throw error;
    };
    assert.throws(() => environment.commit(work), error);
    assert.equal(texts(one.range()), 'a=A b=B');
    assert.equal(texts(other.range()), '');
    fill(environment, other, 'y');
    assert.equal(texts(other.range()), 'y=Y');
  });

  add('returns what the work of a commit returned', (environment) => {
    assert.equal(
      environment.commit(() => 42),
      42,
    );
    assert.equal(
      environment.commit(() => undefined),
      undefined,
    );
  });

  add('reads at once what was submitted, and keeps it in the order of the commits', async (environment, place) => {
    const table = environment.table('late');
    const long = new Uint8Array(50_000).fill(9);
    const first = environment.submit(() => {
      table.put(bytes('a'), bytes('A'));
      table.put(bytes('b'), long);
      return 42;
    });
    assert.equal(first.result, 42);
    assert.equal(texts(table.range({ limit: 1 })), 'a=A');
    assert.deepEqual(table.get(bytes('b')), long);
    const second = environment.submit(() => {
      assert.equal(table.delete(bytes('b')), true);
      table.put(bytes('c'), bytes('C'));
    });
    assert.equal(texts(table.range()), 'a=A c=C');
    fill(environment, table, 'd'); // waits for both
    await Promise.all([second.durable, first.durable, environment.durable()]);
    assert.equal(texts(table.range()), 'a=A c=C d=D');
    const { durable } = environment.submit(() => table.put(bytes('e'), bytes('E')));
    await durable;
    const reader = place.open({ readOnly: true });
    assert.equal(texts(reader.table('late').range()), 'a=A c=C d=D e=E');
    await reader.close();
    environment.submit(() => table.put(bytes('f'), bytes('F')));
    await environment.close();
    const again = place.open();
    assert.equal(texts(again.table('late').range()), 'a=A c=C d=D e=E f=F');
    await again.close();
  });

  add('keeps nothing of what was submitted and throws', async (environment) => {
    const table = environment.table('none');
    fill(environment, table, 'ab');
    const error = new Error('no');
    const work = (): void => {
      table.clear();
      table.put(bytes('b'), new Uint8Array(50_000));
      throw error;
    };
    assert.throws(() => environment.submit(work), error);
    assert.equal(texts(table.range()), 'a=A b=B');
    await environment.durable();
    assert.throws(() => environment.submit(() => environment.submit(() => 1)), RangeError);
    assert.throws(() => environment.submit(() => environment.commit(() => 1)), RangeError);
    fill(environment, table, 'c');
    assert.equal(texts(table.range()), 'a=A b=B c=C');
  });

  add('refuses what a program must not do', async (environment) => {
    const table = environment.table('rules');
    fill(environment, table, 'a');
    assert.throws(() => table.put(bytes('b'), bytes('B')), RangeError);
    assert.throws(() => table.delete(bytes('a')), RangeError);
    assert.throws(() => table.clear(), RangeError);
    assert.throws(() => environment.commit(() => environment.commit(() => 1)), RangeError);
    assert.throws(() => environment.commit(() => environment.table('late')), RangeError);
    assert.throws(() => environment.commit(async () => table.put(bytes('b'), bytes('B'))), RangeError);
    assert.equal(texts(table.range()), 'a=A');
    await environment.close();
    await environment.close();
    assert.throws(() => table.get(bytes('a')), RangeError);
    assert.throws(() => environment.commit(() => 1), RangeError);
    assert.throws(() => environment.table('late'), RangeError);
  });

  add('has at its next opening what was committed', async (environment, place) => {
    fill(environment, environment.table('kept'), 'ab');
    await environment.close();
    const again = place.open();
    assert.equal(texts(again.table('kept').range()), 'a=A b=B');
    assert.ok(again.size > 0);
    await again.close();
  });

  add('refuses a second writer until the first has closed', async (environment, place) => {
    const locked = (error: unknown): boolean => error instanceof OverpunchError && error.code === 'STATE_LOCKED';
    assert.throws(() => place.open(), locked);
    assert.throws(() => place.open(), locked);
    fill(environment, environment.table('still'), 'a');
    await environment.close();
    await place.open().close();
  });

  add('lets others read beside the writer, what was committed when they renewed last', async (environment, place) => {
    const table = environment.table('seen');
    fill(environment, table, 'a');
    const reader = place.open({ readOnly: true });
    const seen = reader.table('seen');
    const later = reader.table('later');
    assert.equal(texts(seen.range()), 'a=A');
    fill(environment, table, 'b');
    fill(environment, environment.table('later'), 'x');
    assert.equal(texts(seen.range()), 'a=A');
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(seen.get(bytes('b')), undefined);
    assert.equal(later.get(bytes('x')), undefined);
    reader.renew();
    assert.equal(texts(seen.range()), 'a=A b=B');
    assert.deepEqual(later.get(bytes('x')), bytes('X'));
    assert.throws(() => reader.commit(() => 1), RangeError);
    await reader.close();
    fill(environment, table, 'c');
    assert.equal(texts(table.range()), 'a=A b=B c=C');
  });

  return cases;
}
