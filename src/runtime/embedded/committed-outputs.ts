import type { Environment } from '../../state/environment.ts';
import type { Sink, SinkRecord } from '../../streams/sink.ts';
import type { SourceFrame } from '../../streams/source.ts';
import type { Outputs } from './process.ts';
import { RecordWriter } from './record-writer.ts';
import { TopicOwners } from './topic-owners.ts';
import { type Retention, TopicStore } from './topic-store.ts';

/** What becomes of the records of a topic. */
export interface OutputOptions {
  /** Whether they are kept in the environment. Default `true`. */
  readonly keep?: boolean | undefined;
  /** Whether nothing is made of them at all, neither here nor elsewhere: they are counted. Default `false`. */
  readonly discard?: boolean | undefined;
  readonly retention?: Retention | undefined;
  /** Where else they go. */
  readonly sinks?: readonly Sink[] | undefined;
}

/** The outputs of a batch: collected while it is processed, written to sinks before the commit, to topics in it. */
export class CommittedOutputs implements Outputs {
  readonly #store: TopicStore;
  readonly #options: Readonly<Record<string, OutputOptions>>;
  readonly #owners: TopicOwners;
  readonly #writers = new Map<string, RecordWriter>();

  /** `shared` are topics that other pipelines may write, too. */
  constructor(
    environment: Environment,
    options: Readonly<Record<string, OutputOptions>>,
    pipeline: string,
    shared: readonly string[],
  ) {
    this.#store = new TopicStore(environment);
    this.#options = options;
    this.#owners = new TopicOwners(environment, pipeline, shared);
  }

  async open(positions: Readonly<Record<string, string>>): Promise<void> {
    for (const sink of this.#sinks()) await sink.open(positions[sink.name] ?? null);
  }

  topic(name: string): RecordWriter {
    let writer = this.#writers.get(name);
    if (writer === undefined) {
      writer = new RecordWriter(this.#optionsOf(name).discard === true);
      this.#writers.set(name, writer);
    }
    return writer;
  }

  clear(): void {
    for (const writer of this.#writers.values()) writer.clear();
  }

  /** Write to the sinks, and wait for them. Throws STATE_INCOMPATIBLE before, for a topic of another pipeline. */
  async write(batch: number): Promise<void> {
    for (const [name, writer] of this.#writers) if (this.#isKept(name, writer)) this.#owners.check(name);
    for (const [name, { sinks = [] }] of Object.entries(this.#options)) {
      const writer = this.#writers.get(name);
      if (writer === undefined || writer.count === 0) continue;
      const records = sinks.length > 0 && !writer.discards ? recordsOf(writer) : [];
      for (const sink of sinks) await sink.write(records, batch);
    }
  }

  /** What was written for a topic, as frames to be handed over, and the offset of the first record; `null` when that is nothing. */
  written(name: string): { readonly frames: readonly SourceFrame[]; readonly offset: number } | null {
    const writer = this.#writers.get(name);
    if (writer === undefined || writer.count === 0) return null;
    const frames = Array.from({ length: writer.count }, (_unused, at) => writer.frame(at));
    return { frames, offset: this.#store.extent(name).end };
  }

  /** Append to the topics, inside of the commit, but for the records of one topic that were handed over. */
  commit(handed: string | null = null): void {
    for (const [name, writer] of this.#writers) {
      if (name === handed) {
        this.#store.pass(name, writer.count);
        continue;
      }
      if (!this.#isKept(name, writer)) continue;
      this.#store.append(name, writer);
      const { retention } = this.#optionsOf(name);
      if (retention !== undefined) this.#store.retain(name, retention);
    }
    this.#owners.save();
  }

  sinkPositions(): Record<string, string> {
    return Object.fromEntries(this.#sinks().map((sink) => [sink.name, sink.position]));
  }

  async close(): Promise<void> {
    for (const sink of this.#sinks()) await sink.close();
  }

  #isKept(name: string, writer: RecordWriter): boolean {
    return writer.count > 0 && !writer.discards && this.#optionsOf(name).keep !== false;
  }

  #optionsOf(name: string): OutputOptions {
    return (Object.hasOwn(this.#options, name) ? this.#options[name] : undefined) ?? {};
  }

  #sinks(): Sink[] {
    return Object.values(this.#options).flatMap(({ sinks = [] }) => sinks);
  }
}

function recordsOf(writer: RecordWriter): readonly SinkRecord[] {
  return Array.from({ length: writer.count }, (_unused, at) => writer.at(at));
}
