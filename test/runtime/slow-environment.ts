import { setImmediate } from 'node:timers/promises';
import type { CommitPart, Environment, Submitted, Table } from '../../src/state/environment.ts';
import { MemoryDisk, openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';

/** What a machine does that stops. */
export class Crash extends Error {}

/**
 * An environment whose commits are on disk some turns of the event loop after they were submitted. It crashes at the n-th step, each commit making two: it is
 * submitted, it is on disk. What is not on `disk` by then is lost, and nothing can be done with it any more.
 */
export class SlowEnvironment implements Environment {
  readonly disk: MemoryDisk;
  readonly size = 0;
  /** The most commits that were under way at a time. */
  most = 0;
  readonly #environment: Environment;
  readonly #working: MemoryDisk;
  readonly #turns: () => number;
  #steps: number;
  #underWay = 0;
  #latest: Promise<void> = Promise.resolve();

  constructor(disk: MemoryDisk, turns: () => number, steps: number = Number.POSITIVE_INFINITY) {
    this.disk = disk;
    this.#working = new MemoryDisk();
    copy(disk, this.#working);
    this.#environment = openMemoryEnvironment({ disk: this.#working });
    this.#turns = turns;
    this.#steps = steps;
  }

  table(name: string): Table {
    return this.#environment.table(name);
  }

  attend(part: CommitPart): void {
    this.#environment.attend(part);
  }

  commit<Result>(work: () => Result): Result {
    if (this.#underWay > 0) throw new Error('nobody is to wait for the disk');
    const result = this.#environment.commit(work);
    copy(this.#working, this.disk);
    return result;
  }

  submit<Result>(work: () => Result): Submitted<Result> {
    this.#step();
    const { result } = this.#environment.submit(work);
    const after = new MemoryDisk();
    copy(this.#working, after);
    this.most = Math.max(this.most, ++this.#underWay);
    this.#latest = this.#latest.then(async () => {
      for (let turn = this.#turns(); turn > 0; turn--) await setImmediate();
      this.#step();
      copy(after, this.disk);
      this.#underWay--;
    });
    this.#latest.catch(() => undefined);
    return { result, durable: this.#latest };
  }

  durable(): Promise<void> {
    return this.#latest;
  }

  renew(): void {}

  close(): Promise<void> {
    return this.#environment.close();
  }

  #step(): void {
    if (--this.#steps <= 0) throw new Crash();
  }
}

function copy(from: MemoryDisk, to: MemoryDisk): void {
  to.tables.clear();
  for (const [name, rows] of from.tables) to.tables.set(name, rows.copy());
}
