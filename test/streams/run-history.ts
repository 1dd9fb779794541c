import type { CorrelateSettings } from '../../src/streams/correlate-settings.ts';
import type { CorrelatedBatch } from '../../src/streams/correlated-batch.ts';
import { type Correlator, type CorrelatorOptions, createCorrelator } from '../../src/streams/correlator.ts';
import type { HeadedBatch } from '../../src/streams/headed-batch.ts';
import { JournalColumns } from '../../src/streams/journal-columns.ts';
import type { JournalEntry } from '../../src/streams/journal-entry.ts';
import { type NaiveOutputs, noOutputs, type PlainEntry } from './naive-correlator.ts';

/** The bytes of a test frame tell its position, and are as many as its size. */
export function frameBytes(position: number, size: number): Uint8Array {
  return new Uint8Array(size).fill(position % 251);
}

/** A batch of entries whose headers were read. */
export function headedBatch(entries: readonly PlainEntry[]): HeadedBatch {
  const columns = new JournalColumns(1);
  const messages: JournalEntry[] = [];
  for (const entry of entries) {
    const { position } = entry;
    if (entry.kind === 'tick') {
      columns.addMark(4, position, 0, entry.elapsed);
      messages.push({ kind: 'tick', position, elapsed: entry.elapsed });
    } else if (entry.kind === 'input') {
      columns.addMark(entry.idle ? 5 : 6, position, entry.input, 0);
      messages.push({ kind: 'input', position, input: entry.input, idle: entry.idle });
    } else {
      const { input, ingested, direction, key, sequence, time, size } = entry;
      columns.addFrame(position, input, ingested ?? Number.NaN, direction, key, sequence, time, size);
      messages.push({ kind: 'frame', position, input, ingested, bytes: frameBytes(position, size) });
    }
  }
  const from = entries[0]?.position ?? 0;
  return { partition: 0, messages, from, to: from + entries.length, columns, issues: new Map() };
}

/** The outputs of a batch as positions. Throws when a frame does not carry its own bytes. */
export function positionsOf(batch: CorrelatedBatch): NaiveOutputs {
  const pairs = batch.messages.flatMap(({ request, response }) => [request, response]);
  const { expired, orphans, late, duplicates, rejected, notices, quarantined } = batch;
  for (const list of [pairs, expired, orphans, late, duplicates, rejected, notices, quarantined]) {
    for (const { position, bytes } of list) {
      if (bytes[0] !== position % 251) throw new Error(`the frame of ${position} has bytes of another one`);
    }
  }
  const closed = (frames: CorrelatedBatch['late']): [number, number][] =>
    frames.map(({ position, at }) => [position, at]);
  return {
    matched: batch.messages.map(({ request, response, at }) => [request.position, response.position, at]),
    expired: closed(batch.expired),
    orphans: closed(batch.orphans),
    late: closed(batch.late),
    duplicates: closed(batch.duplicates),
    rejected: closed(batch.rejected),
    notices: batch.notices.map(({ position }) => [position, position]),
    quarantined: batch.quarantined.map(({ position }) => [position, position]),
  };
}

/** Add outputs to others. */
export function addOutputs(to: NaiveOutputs, more: NaiveOutputs): void {
  for (const name of Object.keys(to) as (keyof NaiveOutputs)[]) {
    (to[name] as unknown[]).push(...more[name]);
  }
}

/** How a correlator is treated between two batches. */
export type Restart = 'none' | 'commit' | 'snapshot' | 'crash';

/** A correlator that can be thrown away between batches and made again from what it committed. */
export class RestartingCorrelator {
  current: Correlator;
  /** How often something was read from what it committed. */
  lookups = 0;
  private readonly settings: CorrelateSettings;
  private readonly options: CorrelatorOptions;
  private readonly table = new Map<string, { key: Uint8Array; value: Uint8Array }>();

  /** `spills`: frames beyond `maxMemory` are read from what it committed. */
  constructor(settings: CorrelateSettings, spills = false) {
    this.settings = settings;
    const stored = (key: Uint8Array): Uint8Array | undefined => {
      this.lookups++;
      return this.table.get(Buffer.from(key).toString('hex'))?.value;
    };
    this.options = { durable: true, ...(spills ? { stored } : {}) };
    this.current = createCorrelator(settings, this.options);
  }

  /** What is committed, by the hexadecimal digits of the keys. */
  get keys(): readonly string[] {
    return [...this.table.keys()].sort();
  }

  restart(how: Restart): void {
    if (how === 'none') return;
    if (how === 'snapshot') {
      const state = this.current.snapshot();
      this.commit(); // the table goes on as it is: a snapshot changes nothing
      this.table.clear();
      for (const entry of state) this.table.set(Buffer.from(entry.key).toString('hex'), entry);
      this.current = createCorrelator(this.settings, this.options);
      this.current.restore(state);
      return;
    }
    this.commit();
    if (how === 'commit') return;
    this.current = createCorrelator(this.settings, this.options);
    this.current.restore(this.table.values());
  }

  private commit(): void {
    for (const { key, value } of this.current.changes()) {
      const digits = Buffer.from(key).toString('hex');
      if (value === null) {
        if (!this.table.delete(digits)) throw new Error(`${digits} is deleted and was never put`);
      } else this.table.set(digits, { key, value });
    }
  }
}

/** Run a history in one batch after the other; `restarts` repeat. */
export function runHistory(
  settings: CorrelateSettings,
  entries: readonly PlainEntry[],
  batches: readonly number[] = [entries.length],
  restarts: readonly Restart[] = ['none'],
  spills = false,
): { outputs: NaiveOutputs; watermark: number; lookups: number } {
  const correlator = new RestartingCorrelator(settings, spills);
  const outputs = noOutputs();
  let from = 0;
  for (let turn = 0; from < entries.length; turn++) {
    const length = Math.max(1, batches[turn % batches.length] ?? 1);
    addOutputs(outputs, positionsOf(correlator.current.correlate(headedBatch(entries.slice(from, from + length)))));
    from += length;
    correlator.restart(restarts[turn % restarts.length] ?? 'none');
  }
  return { outputs, watermark: correlator.current.watermark, lookups: correlator.lookups };
}
