import assert from 'node:assert/strict';
import { OverpunchError } from '../../errors.ts';
import type { KeyedStore } from '../keyed-store.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** A place where keyed stores of one backend can be opened, one after the other. */
export interface StorePlace {
  /** Whether what was committed is there at the next opening. */
  readonly keeps: boolean;
  open(): OpenStore;
  /** Take away what was kept. All its stores are closed by then. */
  remove(): Promise<void>;
}

/** A store that is open. */
export interface OpenStore {
  readonly store: KeyedStore;
  /** Commit what changed, durably if the backend is. */
  commit(): void;
  /** Close without a commit. */
  close(): Promise<void>;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value).toString();
const keysOf = (items: Iterable<{ readonly key: Uint8Array }>): string =>
  [...items].map(({ key }) => text(key)).join(' ');

/** What every `KeyedStore` does, as cases for any test runner; `newPlace` makes an empty place for each. */
export function storeConformance(newPlace: () => StorePlace): readonly ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  const addAt = (name: string, check: (place: StorePlace) => Promise<void>): void => {
    const run = async (): Promise<void> => {
      const place = newPlace();
      try {
        await check(place);
      } finally {
        await place.remove();
      }
    };
    cases.push({ name, run });
  };
  const add = (name: string, check: (store: KeyedStore, commit: () => void) => void): void => {
    addAt(name, async (place) => {
      const { store, commit, close } = place.open();
      try {
        check(store, commit);
      } finally {
        await close();
      }
    });
  };

  add('gives back what was put, with its time, and nothing else', (store) => {
    store.put('a', bytes('A'), 5);
    store.put('b', bytes('B'));
    assert.deepEqual([text(store.get('a')), store.timeOf('a'), store.timeOf('b')], ['A', 5, 0]);
    assert.deepEqual([store.get('c'), store.timeOf('c'), store.size], [undefined, undefined, 2]);
    store.put('a', bytes('AA'), -1);
    assert.deepEqual([text(store.get('a')), store.timeOf('a'), store.size], ['AA', -1, 2]);
  });

  add('takes text for its UTF-8, and hostile keys for keys', (store) => {
    store.put('Zürich', bytes('1'));
    assert.equal(text(store.get(bytes('Zürich'))), '1');
    for (const key of ['__proto__', 'constructor', '\0', '\u001b[31m', '😀']) {
      assert.equal(store.get(key), undefined);
      store.put(key, bytes(key));
      assert.equal(text(store.get(key)), key);
      assert.equal(store.delete(key), true);
      assert.equal(store.get(key), undefined);
    }
  });

  add('refuses keys of no bytes and of more than 1,024, and times that are no number', (store) => {
    for (const key of ['', 'x'.repeat(1025), new Uint8Array(0), '😀'.repeat(257)]) {
      assert.throws(() => store.get(key), RangeError);
      assert.throws(() => store.put(key, bytes('v')), RangeError);
      assert.throws(() => store.setTimer(key, 1), RangeError);
    }
    store.put('x'.repeat(1024), bytes('v'));
    assert.throws(() => store.put('k', bytes('v'), Number.NaN), RangeError);
    assert.throws(() => store.setTimer('k', Number.NaN), RangeError);
    assert.throws(() => [...store.fireTimers(Number.NaN)], RangeError);
  });

  add('copies what is put', (store) => {
    const given = bytes('value');
    store.put('k', given);
    given.fill(0);
    assert.equal(text(store.get('k')), 'value');
  });

  add('puts only what is absent, and gives back what is there', (store) => {
    assert.equal(store.putIfAbsent('k', bytes('first'), 3), undefined);
    assert.equal(text(store.putIfAbsent('k', bytes('second'), 4)), 'first');
    assert.deepEqual([text(store.get('k')), store.timeOf('k')], ['first', 3]);
    store.setTimer('timed', 1);
    assert.equal(store.putIfAbsent('timed', bytes('v')), undefined);
    assert.equal(store.timerOf('timed'), 1);
  });

  add('takes away an entry with its timer', (store) => {
    store.put('k', bytes('v'));
    store.setTimer('k', 7);
    assert.equal(store.delete('k'), true);
    assert.equal(store.delete('k'), false);
    assert.deepEqual(
      [store.get('k'), store.timerOf('k'), store.nextTimer(), store.size],
      [undefined, undefined, undefined, 0],
    );
  });

  add('reads by time, from with, to without, equal times by key', (store) => {
    for (const [key, time] of [
      ['d', 2],
      ['b', 1],
      ['a', 2],
      ['c', Number.POSITIVE_INFINITY],
      ['e', -5],
    ] as const) {
      store.put(key, bytes(key), time);
    }
    assert.equal(keysOf(store.rangeByTime()), 'e b a d c');
    assert.equal(keysOf(store.rangeByTime(1, 2)), 'b');
    assert.equal(keysOf(store.rangeByTime(2)), 'a d c');
    assert.equal(keysOf(store.rangeByTime(2, 2)), '');
    store.put('a', bytes('a'), 9);
    store.delete('b');
    assert.equal(keysOf(store.rangeByTime()), 'e d a c');
    for (const { key } of store.rangeByTime()) store.delete(key);
    assert.equal(store.size, 0);
  });

  add('fires timers before the watermark by time, then key, each once', (store) => {
    for (const [key, time] of [
      ['d', 2],
      ['b', 1],
      ['a', 2],
      ['c', 3],
    ] as const)
      store.setTimer(key, time);
    store.setTimer('b', 2);
    assert.equal(text(store.nextTimer()?.key), 'a');
    assert.equal(keysOf(store.fireTimers(2)), '');
    assert.equal(keysOf(store.fireTimers(3)), 'a b d');
    assert.equal(keysOf(store.fireTimers(3)), '');
    assert.equal(store.timerOf('c'), 3);
    assert.equal(store.deleteTimer('c'), true);
    assert.equal(store.deleteTimer('c'), false);
    assert.equal(store.nextTimer(), undefined);
    assert.equal(store.size, 0);
  });

  add('fires what is set while it fires, and leaves what nobody took', (store) => {
    store.setTimer('a', 1);
    store.setTimer('z', 4);
    const fired: string[] = [];
    for (const { key, time } of store.fireTimers(5)) {
      fired.push(`${text(key)}${time}`);
      if (time < 3) store.setTimer(key, time + 1);
      if (time === 3) break;
    }
    assert.deepEqual(fired, ['a1', 'a2', 'a3']);
    assert.equal(keysOf(store.fireTimers(Number.POSITIVE_INFINITY)), 'z');
  });

  add('lists what changed on balance since the last commit, by key', (store, commit) => {
    store.put('kept', bytes('1'), 1);
    store.put('dropped', bytes('1'));
    store.setTimer('timed', 9);
    commit();
    assert.deepEqual(store.changes(), []);
    store.put('passing', bytes('x'));
    store.delete('passing');
    store.setTimer('moment', 1);
    store.deleteTimer('moment');
    store.put('kept', bytes('2'), 2);
    store.put('kept', bytes('1'), 1);
    assert.deepEqual(store.changes(), []);
    store.delete('dropped');
    store.put('new', bytes('n'), 4);
    store.setTimer('new', 5);
    store.setTimer('timed', 10);
    assert.deepEqual(
      store.changes().map(({ key, value, time, timer }) => [text(key), text(value), time, timer]),
      [
        ['dropped', undefined, undefined, undefined],
        ['new', 'n', 4, 5],
        ['timed', undefined, undefined, 10],
      ],
    );
    commit();
    assert.deepEqual(store.changes(), []);
  });

  add('takes back what changed since the last commit', (store, commit) => {
    store.put('a', bytes('A'), 1);
    store.setTimer('a', 5);
    commit();
    const before = store.snapshot();
    store.put('a', bytes('B'), 2);
    store.put('b', bytes('B'));
    for (const _ of store.fireTimers(100)) store.setTimer('c', 700);
    store.delete('a');
    store.rollback();
    assert.deepEqual(store.changes(), []);
    assert.deepEqual(store.snapshot(), before);
    assert.deepEqual([keysOf(store.rangeByTime()), text(store.nextTimer()?.key), store.size], ['a', 'a', 1]);
    store.rollback();
    store.put('a', bytes('C'));
    commit();
    store.rollback();
    assert.equal(text(store.get('a')), 'C');
  });

  add('restores a snapshot, as a change like any other', (store, commit) => {
    store.put('a', bytes('A'), 1);
    store.setTimer('b', 2);
    const snapshot = store.snapshot();
    commit();
    store.put('a', bytes('other'));
    store.put('c', bytes('C'));
    store.deleteTimer('b');
    commit();
    store.restore(snapshot);
    assert.deepEqual(store.snapshot(), snapshot);
    assert.equal(keysOf(store.changes()), 'a b c');
    store.rollback();
    assert.equal(text(store.get('c')), 'C');
    store.restore(snapshot);
    commit();
    assert.deepEqual([text(store.get('a')), store.timerOf('b'), store.size], ['A', 2, 1]);
  });

  add('refuses a damaged snapshot and stays as it is', (store) => {
    store.put('a', bytes('A'));
    const snapshot = store.snapshot();
    for (let index = 0; index < snapshot.length; index++) {
      const damaged = snapshot.slice();
      damaged[index] = (damaged[index] as number) ^ 1;
      const refused = (error: unknown): boolean => error instanceof OverpunchError && error.code === 'STATE_CORRUPT';
      assert.throws(() => store.restore(damaged), refused);
      assert.throws(() => store.restore(snapshot.subarray(0, index)), refused);
    }
    assert.deepEqual(store.snapshot(), snapshot);
  });

  if (!newPlaceKeeps(newPlace)) return cases;
  addAt('has at its next opening what was committed, and nothing else', async (place) => {
    const first = place.open();
    first.store.put('a', bytes('A'), 1);
    first.store.put('b', bytes('B'), 2);
    first.store.setTimer('b', 5);
    first.commit();
    first.store.delete('a');
    first.commit();
    const committed = first.store.snapshot();
    first.store.put('c', bytes('C'));
    await first.close();
    const second = place.open();
    assert.deepEqual(second.store.snapshot(), committed);
    assert.deepEqual([keysOf(second.store.rangeByTime()), second.store.nextTimer()?.time], ['b', 5]);
    assert.deepEqual(second.store.changes(), []);
    await second.close();
  });

  addAt('keeps what is rewritten and deleted over and over', async (place) => {
    let open = place.open();
    const key = (index: number): string => `key-${index % 97}`;
    for (let round = 0; round < 120; round++) {
      for (let index = round; index < round + 40; index++) {
        if (index % 3 === 0) open.store.delete(key(index));
        else open.store.put(key(index), new Uint8Array(1500).fill(round), index);
      }
      open.commit();
      if (round % 40 !== 39) continue;
      const committed = open.store.snapshot();
      await open.close();
      open = place.open();
      assert.deepEqual(open.store.snapshot(), committed);
    }
    await open.close();
  });

  return cases;
}

function newPlaceKeeps(newPlace: () => StorePlace): boolean {
  const place = newPlace();
  void place.remove();
  return place.keeps;
}
