import type { Environment } from '../../state/environment.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';
import type { SinkRecord } from '../../streams/sink.ts';
import type { Source, SourceRead } from '../../streams/source.ts';
import { type Clock, machineClock } from './clock.ts';
import { CommittedOutputs, type OutputOptions } from './committed-outputs.ts';
import type { Handover, TakenOver, Taker } from './handover.ts';
import { type IdleFinding, type IdleOptions, IdleWatch } from './idle-watch.ts';
import { type Accept, Journal, JournalBatch } from './journal.ts';
import type { Process } from './process.ts';
import { processEntries } from './process-entries.ts';
import { checkInputs, type Progress, ProgressTable } from './progress.ts';
import { TakingTurns } from './taking-turns.ts';

/** What to run in one partition, and where. */
export interface PartitionOptions {
  /** Names the journal and the progress; several pipelines share an environment. */
  readonly pipeline: string;
  readonly partition: number;
  readonly environment: Environment;
  /** The inputs, in an order that stays the same over restarts. */
  readonly sources: readonly Source[];
  readonly process: Process;
  /** What is special about a topic it writes; a topic that is not named here is kept without bounds. */
  readonly outputs?: Readonly<Record<string, OutputOptions>> | undefined;
  /** Which frames belong to this partition, where every partition reads the same input. Default: all. */
  readonly accept?: Accept | undefined;
  /** Most frames of a batch, and the bytes beyond which it takes no further one. Default 1,000 and 1 MiB. */
  readonly batch?: { readonly frames?: number; readonly bytes?: number } | undefined;
  readonly idle?: IdleOptions | undefined;
  /** Bytes of the journal that are kept behind what is processed, to be replayed. Default 256 MiB. */
  readonly journal?: { readonly bytes?: number } | undefined;
  /** The topic for what an operator threw an error on. Default `quarantine`. */
  readonly quarantine?: string | undefined;
  /** Topics that other pipelines may write, too, as they may the quarantine; every other one has one pipeline that writes it. */
  readonly shared?: readonly string[] | undefined;
  /** How often sources that cannot tell are asked, in milliseconds. Default 50. */
  readonly poll?: number | undefined;
  readonly clock?: Clock | undefined;
  /** What is handed over to a second pipeline, which does its part in the same commit. */
  readonly hands?: Handover | undefined;
  /** What this one, as the second pipeline, takes over, and which of its inputs that is. */
  readonly takes?: { readonly handover: Handover; readonly input: number } | undefined;
  /** Hear of each commit, right after it. */
  readonly onCommit?: ((progress: Progress) => void) | undefined;
}

const none: IdleFinding[] = [];
const usualQuarantine = 'quarantine';
const mostTurns = 200; // a source may move its position without giving a frame: many small files make one batch

/**
 * Run a pipeline in one partition until the signal, or until all sources have ended: then a tick at infinity closes what is open. What it
 * returns is how far it came. What sources have got behind their end is read when it is run again, up to another such tick.
 *
 * One batch is read, processed and committed at a time, so a sink that is stalled leaves the sources unread. Each commit holds the
 * outputs, the state, the journal, the watermark, and the positions of sources and sinks; acknowledgements come after it. A batch in work is
 * committed before the signal ends the run. Rejects with what a source, a sink or the environment throws: nothing of the batch in
 * work is kept then, and the next run goes on from the last commit; STATE_INCOMPATIBLE for a topic that another pipeline writes.
 */
export async function runPartition(options: PartitionOptions, signal: AbortSignal): Promise<Progress> {
  const run = new PartitionRun(options);
  try {
    await run.open();
    if (run.progress.finished) await run.goOn(signal);
    options.takes?.handover.connect(run);
    while (!signal.aborted && !run.progress.finished) await run.step(signal);
    return run.progress;
  } finally {
    options.takes?.handover.connect(null);
    await run.close();
  }
}

class PartitionRun implements Taker {
  progress: Progress;
  readonly #options: PartitionOptions;
  readonly #sources: readonly Source[];
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #table: ProgressTable;
  readonly #outputs: CommittedOutputs;
  readonly #watch: IdleWatch;
  readonly #positions: (string | null)[];
  readonly #unacknowledged = new Set<number>();
  readonly #turns = new TakingTurns();
  #turn = 0;

  constructor(options: PartitionOptions) {
    const { environment, pipeline, sources } = options;
    this.#options = options;
    this.#sources = sources;
    this.#clock = options.clock ?? machineClock;
    this.#journal = new Journal(environment, pipeline);
    this.#table = new ProgressTable(environment);
    const { outputs = {}, quarantine = usualQuarantine, shared = [] } = options;
    this.#outputs = new CommittedOutputs(environment, outputs, pipeline, [quarantine, ...shared]);
    this.progress = this.#table.get(pipeline);
    const { inputs, begun } = this.progress;
    checkInputs(pipeline, inputs, sources);
    this.#positions = sources.map((_source, index) => inputs[index]?.position ?? null);
    const idle = sources.map((_source, index) => inputs[index]?.idle ?? false);
    this.#watch = new IdleWatch(options.idle ?? {}, idle, begun);
  }

  /** Go back to the last commit, and process what was journalled but not processed. */
  async open(): Promise<void> {
    for (const [index, source] of this.#sources.entries()) source.open(this.#positions[index] ?? null);
    await this.#outputs.open(this.progress.sinks);
    const { processed, journalled, finished, batches } = this.progress;
    if (batches === 0) await this.#commit(0, undefined, null); // where the sinks stand before anything is written to them
    if (processed < journalled) {
      for (const entries of this.#journal.replay(processed, this.#sources, this.#options.accept)) {
        await this.#process(entries, null);
      }
    }
    for (const [index, source] of this.#sources.entries()) {
      const position = this.#positions[index];
      if (typeof position === 'string') source.committed?.(position); // the crash may have come before it
    }
    const batch = new JournalBatch(this.progress.journalled);
    if (!finished) this.#note(batch, this.#watch.restart());
    await this.#take(batch);
  }

  /** Read and commit one batch, or wait a little. */
  async step(signal: AbortSignal): Promise<void> {
    const batch = new JournalBatch(this.progress.journalled);
    this.#read(batch);
    if (batch.entries.length === 0 && this.#unacknowledged.size === 0) {
      const statuses = this.#sources.map((source) => source.status);
      if (statuses.every((status) => status === 'ended')) {
        this.#note(batch, this.#watch.waited(0, statuses));
        batch.tick(Number.POSITIVE_INFINITY);
      } else {
        const waited = statuses.includes('reading') ? 0 : await this.#wait(signal);
        if (waited > 0 && !signal.aborted) this.#noteSilence(batch, waited);
      }
    }
    await this.#take(batch);
  }

  /** Take what the sources have got since they all ended, if it is anything. */
  async goOn(signal: AbortSignal): Promise<void> {
    const batch = new JournalBatch(this.progress.journalled);
    for (this.#read(batch); this.#unacknowledged.size === 0; this.#read(batch)) {
      if (signal.aborted || this.#sources.every(({ status }) => status === 'ended')) return;
      await this.#wait(signal);
    }
    this.progress = { ...this.progress, finished: false };
    await this.#take(batch);
  }

  async close(): Promise<void> {
    this.#turns.close();
    this.#options.process.close?.();
    for (const source of this.#sources) source.close();
    await this.#outputs.close();
  }

  /** Take what the sources have, one after the other, up to the bounds of a batch. */
  #read(batch: JournalBatch): void {
    const { frames: most = 1000, bytes: mostBytes = 1 << 20 } = this.#options.batch ?? {};
    const count = this.#sources.length;
    let frames = most;
    let bytes = mostBytes;
    let silent = 0; // sources in a row that gave nothing
    for (let turn = 0; turn < mostTurns && silent < count && frames > 0 && bytes > 0; turn++) {
      const index = this.#turn++ % count;
      const read = this.#sources[index]?.read({ frames, bytes }) ?? null;
      silent = read === null ? silent + 1 : 0;
      if (read === null) continue;
      this.#positions[index] = read.position;
      this.#unacknowledged.add(index);
      if (read.frames.length === 0) continue;
      this.#note(batch, this.#watch.delivered(index));
      frames -= read.frames.length;
      for (const frame of read.frames) bytes -= frame.bytes.length;
      batch.frames(index, read.frames, read.range, this.#options.accept);
    }
  }

  /** Wait for input; the time counts as silent only as far as it was asked for. */
  async #wait(signal: AbortSignal): Promise<number> {
    const pause = this.#options.poll ?? 50;
    const before = this.#clock.now();
    const ready = this.#sources.flatMap((source) => source.ready?.() ?? []);
    const woken = this.#clock.wait(pause, signal, ready.length === 0 ? undefined : Promise.race(ready));
    const taken = await this.#turns.leave(woken);
    return taken ? 0 : Math.min(pause, this.#clock.now() - before);
  }

  // Whatever arrived meanwhile ends the silence, so the sources are asked once more before it is told.
  #noteSilence(batch: JournalBatch, waited: number): void {
    this.#read(batch);
    if (batch.entries.length > 0) return;
    const statuses = this.#sources.map((source) => source.status);
    this.#note(batch, this.#watch.waited(waited, statuses));
  }

  #note(batch: JournalBatch, findings: readonly IdleFinding[] = none): void {
    for (const finding of findings) {
      if ('elapsed' in finding) batch.tick(finding.elapsed);
      else batch.mark(finding.input, finding.idle);
    }
  }

  async #take(batch: JournalBatch): Promise<void> {
    if (batch.entries.length > 0 || this.#unacknowledged.size > 0) await this.#process(batch.entries, batch);
    this.#acknowledge();
  }

  #acknowledge(): void {
    for (const index of this.#unacknowledged) {
      const position = this.#positions[index];
      if (typeof position === 'string') this.#sources[index]?.committed?.(position);
    }
    this.#unacknowledged.clear();
  }

  /** Process entries; the first commit journals the whole batch, so that a restart finds what later ones were about to process. */
  async #process(entries: readonly JournalEntry[], batch: JournalBatch | null): Promise<void> {
    const { process, partition, quarantine = usualQuarantine } = this.#options;
    const from = this.progress.processed;
    let unwritten = batch;
    const commit = async (to: number): Promise<void> => {
      await this.#commit(to, entries[to - from - 1], unwritten);
      unwritten = null;
    };
    const processing = { process, outputs: this.#outputs, partition, quarantine, sources: this.#sources, commit };
    await processEntries(processing, entries, from);
  }

  async #commit(to: number, last: JournalEntry | undefined, batch: JournalBatch | null): Promise<void> {
    const { hands = null } = this.#options;
    await this.#outputs.write(this.progress.batches);
    const written = hands === null ? null : this.#outputs.written(hands.topic);
    const taken = written === null ? null : ((await hands?.take(written.records, written.offset)) ?? null);
    const finished = last?.kind === 'tick' && last.elapsed === Number.POSITIVE_INFINITY;
    try {
      this.progress = this.#options.environment.commit(() => {
        const progress = this.#write(to, batch, finished, taken === null ? null : (hands?.topic ?? null));
        taken?.write();
        return progress;
      });
    } catch (error) {
      taken?.failed(error);
      throw error;
    }
    taken?.committed();
    this.#options.onCommit?.(this.progress);
  }

  /** Write all that belongs to a commit, inside of it. */
  #write(to: number, batch: JournalBatch | null, finished: boolean, handed: string | null): Progress {
    const { pipeline, process } = this.#options;
    const block = batch !== null && batch.entries.length > 0 ? batch.bytes() : null;
    const progress = this.#progressAt(to, block, batch, finished);
    this.#outputs.commit(handed);
    process.save?.();
    for (const index of this.#unacknowledged) this.#sources[index]?.save?.(this.#positions[index] ?? '');
    this.#table.put(pipeline, progress);
    return progress;
  }

  async take(records: readonly SinkRecord[], offset: number): Promise<TakenOver | null> {
    const input = this.#options.takes?.input ?? -1;
    if (!(await this.#turns.begin())) return null;
    try {
      const read = this.#sources[input]?.handed?.(records, offset) ?? null;
      const over = read === null ? null : await this.#takeOver(input, read);
      if (over === null) this.#turns.end();
      return over;
    } catch (error) {
      this.#turns.fail(error);
      throw error;
    }
  }

  /** Process what was handed over; where that throws all is as before, and it comes again from the topic, in parts. */
  async #takeOver(input: number, read: SourceRead): Promise<TakenOver | null> {
    const { process, partition } = this.#options;
    const { journalled: from } = this.progress;
    const [before, position] = [this.#watch.save(), this.#positions[input] ?? null];
    const batch = new JournalBatch(from);
    this.#note(batch, this.#watch.delivered(input));
    batch.frames(input, read.frames, read.range, this.#options.accept);
    const to = from + batch.entries.length;
    this.#outputs.clear();
    try {
      await process.run({ partition, messages: batch.entries, from, to }, this.#outputs);
    } catch {
      process.rollback?.();
      this.#outputs.clear();
      this.#watch.restore(before);
      this.#positions[input] = position;
      return null;
    }
    this.#positions[input] = read.position;
    this.#unacknowledged.add(input);
    await this.#outputs.write(this.progress.batches);
    let progress = this.progress;
    return {
      write: () => {
        progress = this.#write(to, batch, false, null);
      },
      committed: () => {
        this.progress = progress;
        this.#acknowledge();
        this.#options.onCommit?.(progress);
        this.#turns.end();
      },
      failed: (error) => this.#turns.fail(error),
    };
  }

  #progressAt(to: number, block: Uint8Array | null, batch: JournalBatch | null, finished: boolean): Progress {
    const { progress } = this;
    let { journalled, journalBytes } = progress;
    if (block !== null && batch !== null) {
      journalBytes += this.#journal.append(journalled, block);
      journalled += batch.entries.length;
    }
    const kept = this.#options.journal?.bytes ?? 256 << 20;
    for (let dropped = 1; journalBytes > kept && dropped > 0; journalBytes -= dropped) {
      dropped = this.#journal.dropOldest(to);
    }
    const { idle } = this.#watch;
    return {
      journalled,
      processed: to,
      journalBytes,
      batches: progress.batches + 1,
      begun: this.#watch.begun,
      finished: progress.finished || finished,
      watermark: finite(this.#options.process.watermark ?? progress.watermark),
      inputs: this.#sources.map(({ name }, index) => {
        return { name, position: this.#positions[index] ?? null, idle: idle[index] ?? false };
      }),
      sinks: this.#outputs.sinkPositions(),
    };
  }
}

function finite(time: number | null): number | null {
  return time !== null && Number.isFinite(time) ? time : null;
}
