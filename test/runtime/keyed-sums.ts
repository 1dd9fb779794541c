import type { Process } from '../../src/runtime/embedded/process.ts';
import { openBlockTable } from '../../src/state/block-table.ts';
import type { Environment, Table } from '../../src/state/environment.ts';

/** First byte of a frame on which the process throws an error. */
export const poison = 0xff;

/**
 * A small process with state: for each frame it yields how often its key, the first byte, was seen so far, and the sum of its second
 * bytes; for each tick, how many keys there are; for each mark, the mark. It throws on poisoned frames, after it changed its state
 * and wrote a record.
 */
export class KeyedSums implements Process {
  watermark: number | null = null;
  readonly #table: Table;
  readonly #changed = new Set<number>();
  #sums = new Map<number, { seen: number; sum: number }>();

  constructor(environment: Environment) {
    this.#table = openBlockTable(environment, 'sums');
    this.rollback();
  }

  run(...[batch, outputs]: Parameters<Process['run']>): void {
    for (const entry of batch.messages) {
      if (entry.kind === 'frame') {
        const [key = 0, value = 0] = entry.bytes;
        const before = this.#sums.get(key) ?? { seen: 0, sum: 0 };
        const after = { seen: before.seen + 1, sum: before.sum + value };
        this.#sums.set(key, after);
        this.#changed.add(key);
        const line = JSON.stringify({ position: entry.position, input: entry.input, key, ...after });
        outputs.topic('sums').append(entry.bytes.subarray(0, 1), entry.ingested, Buffer.from(line));
        if (key === poison) throw new Error('poisoned');
      } else {
        const line = JSON.stringify({
          ...entry,
          keys: this.#sums.size,
          elapsed: 'elapsed' in entry ? String(entry.elapsed) : '',
        });
        outputs.topic('marks').append(new Uint8Array(0), null, Buffer.from(line));
      }
    }
  }

  save(): void {
    for (const key of this.#changed) {
      this.#table.put(Uint8Array.of(key), Buffer.from(JSON.stringify(this.#sums.get(key))));
    }
    this.#changed.clear();
  }

  rollback(): void {
    this.#changed.clear();
    this.#sums = new Map();
    for (const { key, value } of this.#table.range()) {
      this.#sums.set(key[0] ?? 0, JSON.parse(Buffer.from(value).toString()) as { seen: number; sum: number });
    }
  }
}
