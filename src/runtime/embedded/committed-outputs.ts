import type { Environment } from '../../state/environment.ts';
import type { Sink } from '../../streams/sink.ts';
import type { Outputs } from './process.ts';
import { RecordWriter } from './record-writer.ts';
import { type Retention, TopicStore } from './topic-store.ts';

/** What becomes of the records of a topic. */
export interface OutputOptions {
  /** Whether they are kept in the environment. Default `true`. */
  readonly keep?: boolean | undefined;
  readonly retention?: Retention | undefined;
  /** Where else they go. */
  readonly sinks?: readonly Sink[] | undefined;
}

/** The outputs of a batch: collected while it is processed, written to sinks before the commit, to topics in it. */
export class CommittedOutputs implements Outputs {
  readonly #store: TopicStore;
  readonly #options: Readonly<Record<string, OutputOptions>>;
  readonly #writers = new Map<string, RecordWriter>();

  constructor(environment: Environment, options: Readonly<Record<string, OutputOptions>>) {
    this.#store = new TopicStore(environment);
    this.#options = options;
  }

  async open(positions: Readonly<Record<string, string>>): Promise<void> {
    for (const sink of this.#sinks()) await sink.open(positions[sink.name] ?? null);
  }

  topic(name: string): RecordWriter {
    let writer = this.#writers.get(name);
    if (writer === undefined) {
      writer = new RecordWriter();
      this.#writers.set(name, writer);
    }
    return writer;
  }

  clear(): void {
    for (const writer of this.#writers.values()) writer.clear();
  }

  /** Write to the sinks, and wait for them. */
  async write(batch: number): Promise<void> {
    for (const [name, { sinks = [] }] of Object.entries(this.#options)) {
      const writer = this.#writers.get(name);
      if (writer === undefined || writer.count === 0) continue;
      const records = sinks.length > 0 ? Array.from({ length: writer.count }, (_unused, at) => writer.at(at)) : [];
      for (const sink of sinks) await sink.write(records, batch);
    }
  }

  /** Append to the topics, inside of the commit. */
  commit(): void {
    for (const [name, writer] of this.#writers) {
      const options = Object.hasOwn(this.#options, name) ? this.#options[name] : undefined;
      if (writer.count === 0 || options?.keep === false) continue;
      this.#store.append(name, writer);
      if (options?.retention !== undefined) this.#store.retain(name, options.retention);
    }
  }

  sinkPositions(): Record<string, string> {
    return Object.fromEntries(this.#sinks().map((sink) => [sink.name, sink.position]));
  }

  async close(): Promise<void> {
    for (const sink of this.#sinks()) await sink.close();
  }

  #sinks(): Sink[] {
    return Object.values(this.#options).flatMap(({ sinks = [] }) => sinks);
  }
}
