import { afterEach, beforeEach, expect, test } from 'vitest';
import { CommitLog, type SubmittedChanges } from '../../src/state/commit-log.ts';
import type { Environment, Table } from '../../src/state/environment.ts';
import { openLmdbEnvironment } from '../../src/state/open-lmdb-environment.ts';
import type { ValuePlace } from '../../src/state/table-changes.ts';
import { randomSource } from '../codec/random-source.ts';
import { newFolder, removeFolder } from './environment-places.ts';

let folder = '';

beforeEach(() => {
  folder = newFolder();
});

afterEach(() => removeFolder(folder));

const names = ['one', 'two', 'three'];
const sizes = [0, 5, 60, 8192, 8193, 30_000]; // bytes: those above 8 KiB go into their table at once

/** What all tables hold, read in both directions and in pieces. */
function contents(environment: Environment): string[] {
  return names.flatMap((name) => {
    const table = environment.table(name);
    const rows = textsOf(table);
    expect(textsOf(table, true).reverse()).toEqual(rows);
    const [from, to] = [Uint8Array.of(10), Uint8Array.of(30)];
    const piece = rows.filter((row) => row >= '0a' && row < '1e').slice(0, 3);
    expect([...table.range({ from, to, limit: 3 })].map(rowOf)).toEqual(piece);
    return rows.map((row) => `${name} ${row}`);
  });
}

function textsOf(table: Table, reverse = false): string[] {
  return [...table.range({ reverse })].map(rowOf);
}

function rowOf({ key, value }: { readonly key: Uint8Array; readonly value: Uint8Array }): string {
  return `${Buffer.from(key).toString('hex')} ${value.length} ${value[0] ?? ''}`;
}

test('what a log of commits holds is there for the writer, for readers, and after a restart, whenever it is taken over', async () => {
  const random = randomSource(7);
  let environment = openLmdbEnvironment(folder);
  let tables = new Map(names.map((name) => [name, environment.table(name)]));
  let reader = openLmdbEnvironment(folder, { readOnly: true });
  const model = new Map(names.map((name) => [name, new Map<number, readonly [length: number, fill: number]>()]));
  const expected = (): string[] =>
    names.flatMap((name) => {
      const rows = [...(model.get(name) ?? [])].sort(([one], [other]) => one - other);
      return rows.map(([key, [length, fill]]) => {
        return `${name} ${Buffer.of(key).toString('hex')} ${length} ${length > 0 ? fill : ''}`;
      });
    });
  for (let commit = 0; commit < 200; commit++) {
    const before = structuredClone(model);
    const fails = random.integer(0, 9) === 0;
    const work = (): void => {
      for (let change = random.integer(0, 6); change > 0; change--) {
        const name = names[random.integer(0, 2)] ?? '';
        const [table, rows] = [tables.get(name), model.get(name)];
        const key = random.integer(0, 40);
        const kind = random.integer(0, 60);
        if (kind === 0) {
          table?.clear();
          rows?.clear();
        } else if (kind < 20) expect(table?.delete(Uint8Array.of(key))).toBe(rows?.delete(key));
        else {
          const length = sizes[random.integer(0, sizes.length - 1)] ?? 0;
          table?.put(Uint8Array.of(key), new Uint8Array(length).fill(commit % 256));
          rows?.set(key, [length, commit % 256]);
        }
      }
      if (fails) throw new Error('not this one');
    };
    try {
      if (random.integer(0, 3) === 0) environment.commit(work);
      else environment.submit(work);
      if (random.integer(0, 2) === 0) await environment.durable();
    } catch (error) {
      if (!fails) throw error;
      for (const [name, rows] of before) model.set(name, rows);
    }
    if (fails || commit % 7 === 0) expect(contents(environment)).toEqual(expected());
    if (commit % 11 === 0) {
      await environment.durable();
      reader.renew();
      expect(contents(reader)).toEqual(expected());
    }
    if (commit % 90 === 89) {
      await environment.close();
      environment = openLmdbEnvironment(folder);
      const opened = environment;
      tables = new Map(names.map((name) => [name, opened.table(name)]));
      await reader.close();
      reader = openLmdbEnvironment(folder, { readOnly: true });
      expect(contents(reader)).toEqual(expected());
    }
  }
  await reader.close();
  await environment.close();
});

test('of which the first number is damaged is refused, and not taken for an empty one', () => {
  const values = [2 ** 35 + 1, 2].map((number) => [number, new Uint8Array(8)] as const); // it was 1
  const source = {
    first: () => values[0]?.[0],
    from: (start: number) => (start > 2 ? [] : values.slice(1)), // a search between 2^35 + 1 and 2 ends behind both
  };
  expect(() => new CommitLog().load(source)).toThrow(expect.objectContaining({ code: 'STATE_CORRUPT' }));
});

test('a place in memory that is free again is not come back to when a commit is lost: what it held is in its table', () => {
  const log = new CommitLog();
  const placeOf = (at: number): ValuePlace => {
    return { log: { bytes: Buffer.alloc(9), isFree: false }, at, length: 1, stored: true };
  };
  const [first, second] = [placeOf(1), placeOf(2)];
  const submitted = (place: ValuePlace): SubmittedChanges => {
    log.begin();
    log.written('table', 'key', place);
    return log.submitted();
  };
  const one = submitted(first);
  log.begin();
  log.written('table', 'key', second);
  log.done(false); // taken back at once, the first one is still on its way
  expect(log.changes('table')?.places.get('key')).toBe(first);
  const two = submitted(second);
  log.landed(one);
  first.log.isFree = true;
  expect(log.changes('table')?.places.get('key')).toBe(second);
  log.lost(two);
  expect(log.changes('table')?.places.get('key')).toBeUndefined();
});
