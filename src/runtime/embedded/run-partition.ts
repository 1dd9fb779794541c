import type { Environment } from '../../state/environment.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';
import type { Source, SourceFrame, SourceRead } from '../../streams/source.ts';
import { type Clock, machineClock } from './clock.ts';
import { CommitUnderWay } from './commit-under-way.ts';
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
  /** Hear of each commit when it is on its way to the disk: for who works in the same environment, and tells nobody else. */
  readonly onSubmit?: ((progress: Progress) => void) | undefined;
  /** Hear of each commit, right after it. */
  readonly onCommit?: ((progress: Progress) => void) | undefined;
}

const none: IdleFinding[] = [];
const usualQuarantine = 'quarantine';
const worthwhile = 100; // frames that are processed during a commit: with fewer of them the batch grows until that is over
const mostTurns = 200; // a source may move its position without giving a frame: many small files make one batch

/**
 * Run a pipeline in one partition until the signal, or until all sources have ended: then a tick at infinity closes what is open. What it
 * returns is how far it came. What sources have got behind their end is read when it is run again, up to another such tick.
 *
 * While a batch is on its way to the disk the next one is read and processed, and no further one, so a sink that is stalled leaves the sources unread:
 * sinks get a batch when the one before is on disk. Each commit holds the outputs, the state, the journal, the watermark, and the positions of sources and
 * sinks; acknowledgements come after it. A batch in work is committed before the signal ends the run. Rejects with what a source, a sink or the
 * environment throws: nothing of the batches in work is kept then, and the next run goes on from the last commit; STATE_INCOMPATIBLE for a topic that
 * another pipeline writes.
 */
export async function runPartition(options: PartitionOptions, signal: AbortSignal): Promise<Progress> {
  const run = new PartitionRun(options);
  try {
    await run.open();
    if (run.progress.finished) await run.goOn(signal);
    options.takes?.handover.connect(run);
    while (!signal.aborted && !run.progress.finished) await run.step(signal);
    await run.committed();
    return run.progress;
  } finally {
    options.takes?.handover.connect(null);
    await run.close();
  }
}

class PartitionRun implements Taker {
  /** As of the commit that is on its way to the disk, if there is one. */
  progress: Progress;
  readonly #options: PartitionOptions;
  readonly #sources: readonly Source[];
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #table: ProgressTable;
  readonly #outputs: CommittedOutputs;
  readonly #watch: IdleWatch;
  readonly #positions: (string | null)[];
  /** Inputs whose positions changed since the last commit that was submitted. */
  readonly #moved = new Set<number>();
  readonly #underWay = new CommitUnderWay();
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
    await this.#underWay.over();
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
    if (!(await this.#grow(batch, signal))) return;
    if (batch.entries.length === 0 && this.#moved.size === 0) {
      if (signal.aborted) return; // meanwhile
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
    for (this.#read(batch); this.#moved.size === 0; this.#read(batch)) {
      if (signal.aborted || this.#sources.every(({ status }) => status === 'ended')) return;
      await this.#wait(signal);
    }
    this.progress = { ...this.progress, finished: false };
    await this.#take(batch);
  }

  /** Wait for the commit that is on its way to the disk. */
  committed(): Promise<void> {
    return this.#underWay.over();
  }

  async close(): Promise<void> {
    await this.#underWay.settled();
    this.#turns.close();
    this.#options.process.close?.();
    for (const source of this.#sources) source.close();
    await this.#outputs.close();
  }

  get #bounds(): { readonly frames: number; readonly bytes: number } {
    const { frames = 1000, bytes = 1 << 20 } = this.#options.batch ?? {};
    return { frames, bytes };
  }

  /** Let a batch of few frames grow as long as a commit is on its way to the disk. `false`: somebody else acted meanwhile, and it is nothing. */
  async #grow(batch: JournalBatch, signal: AbortSignal): Promise<boolean> {
    const { frames: most, bytes: mostBytes } = this.#bounds;
    let before = -1;
    const isWorthwhile = (): boolean => batch.taken >= Math.min(worthwhile, most) || batch.takenBytes >= mostBytes;
    for (; this.#underWay.isThere && !isWorthwhile(); this.#read(batch)) {
      const isCalm = batch.taken === before || signal.aborted; // who was called in vain would be again
      const ready = isCalm ? [] : this.#sources.flatMap((source) => source.ready?.() ?? []);
      before = batch.taken;
      const until = Promise.race([this.#underWay.settled(), ...ready]);
      if (batch.entries.length > 0 || this.#moved.size > 0) await until;
      else if (await this.#turns.leave(until)) return false;
    }
    if (!this.#underWay.isThere) await this.#underWay.over();
    return true;
  }

  /** Take what the sources have, one after the other, up to the bounds of a batch. */
  #read(batch: JournalBatch): void {
    const { frames: most, bytes: mostBytes } = this.#bounds;
    const count = this.#sources.length;
    let frames = most - batch.taken;
    let bytes = mostBytes - batch.takenBytes;
    let silent = 0; // sources in a row that gave nothing
    for (let turn = 0; turn < mostTurns && silent < count && frames > 0 && bytes > 0; turn++) {
      const index = this.#turn++ % count;
      const read = this.#sources[index]?.read({ frames, bytes }) ?? null;
      silent = read === null ? silent + 1 : 0;
      if (read === null) continue;
      this.#positions[index] = read.position;
      this.#moved.add(index);
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
    if (batch.entries.length > 0 || this.#moved.size > 0) await this.#process(batch.entries, batch);
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
    const { hands = null, environment } = this.#options;
    const written = hands === null ? null : this.#outputs.written(hands.topic);
    const taken = written === null ? null : ((await hands?.take(written.frames, written.offset)) ?? null);
    const finished = last?.kind === 'tick' && last.elapsed === Number.POSITIVE_INFINITY;
    try {
      await this.#underWay.over();
      for (const index of this.#moved) await this.#sources[index]?.settled?.();
      await this.#outputs.write(this.progress.batches);
      await taken?.ready();
      const { result, durable } = environment.submit(() => {
        const progress = this.#write(to, batch, finished, taken === null ? null : (hands?.topic ?? null));
        taken?.write();
        return progress;
      });
      taken?.submitted(durable);
      this.#submitted(result, durable);
    } catch (error) {
      taken?.failed(error);
      throw error;
    }
  }

  /** A commit is on its way to the disk: what is acknowledged and told comes after it. */
  #submitted(progress: Progress, durable: Promise<void>): void {
    const { onSubmit, onCommit } = this.#options;
    const positions = Array.from(this.#moved, (index) => [this.#sources[index], this.#positions[index]] as const);
    this.#moved.clear();
    this.progress = progress;
    this.#underWay.begin(durable, () => {
      onCommit?.(progress);
      for (const [source, position] of positions) if (typeof position === 'string') source?.committed?.(position);
    });
    onSubmit?.(progress);
  }

  /** Write all that belongs to a commit, inside of it. */
  #write(to: number, batch: JournalBatch | null, finished: boolean, handed: string | null): Progress {
    const { pipeline, process } = this.#options;
    const block = batch !== null && batch.entries.length > 0 ? batch.bytes() : null;
    const progress = this.#progressAt(to, block, batch, finished);
    this.#outputs.commit(handed);
    process.save?.();
    for (const index of this.#moved) this.#sources[index]?.save?.(this.#positions[index] ?? '');
    this.#table.put(pipeline, progress);
    return progress;
  }

  async take(frames: readonly SourceFrame[], offset: number): Promise<TakenOver | null> {
    const input = this.#options.takes?.input ?? -1;
    if (!(await this.#turns.begin())) return null;
    try {
      const read = this.#sources[input]?.handed?.(frames, offset) ?? null;
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
    this.#moved.add(input);
    let progress = this.progress;
    return {
      ready: () => this.#outputs.write(this.progress.batches),
      write: () => {
        progress = this.#write(to, batch, false, null);
      },
      submitted: (durable) => {
        this.#submitted(progress, durable);
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
