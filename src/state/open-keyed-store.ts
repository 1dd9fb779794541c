import { BlockLog } from './block-log.ts';
import type { Environment } from './environment.ts';
import { HotRecords } from './hot-records.ts';
import type { KeyedStore } from './keyed-store.ts';

/** Make a keyed store that is in memory only. */
export function createKeyedStore(): KeyedStore {
  return new HotRecords();
}

/**
 * Open the keyed store that lies in a table of an environment, or make it: all of it is read into memory, and what changes is written with
 * `writeChanges` inside of a commit, so that it is kept together with whatever else is committed there.
 *
 * The table is the store's alone. Throws STATE_CORRUPT.
 */
export function openKeyedStore(environment: Environment, name: string): KeyedStore {
  const log = new BlockLog(environment.table(name), name);
  return new HotRecords(log.load(), log);
}
