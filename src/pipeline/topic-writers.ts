import type { Outputs } from '../runtime/embedded/process.ts';
import type { RecordWriter } from '../runtime/embedded/record-writer.ts';

/** The writer of a topic, and how many records it had when it was asked for first. */
interface Open {
  readonly writer: RecordWriter;
  readonly before: number;
}

/** Where the records of a batch go: every topic is asked for once, and counted at the end. */
export class TopicWriters {
  readonly #names: readonly string[];
  readonly #open = new Map<string, Open>();
  #outputs: Outputs | null = null;
  /** By index in `names`. */
  #often: RecordWriter[] = [];

  /** `names` are the topics that are asked for often, by their index in here. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** Begin a batch. */
  begin(outputs: Outputs): void {
    this.#outputs = outputs;
    this.#open.clear();
    this.#often = [];
  }

  often(index: number): RecordWriter {
    const known = this.#often[index];
    if (known !== undefined) return known;
    const writer = this.writer(this.#names[index] ?? '');
    this.#often[index] = writer;
    return writer;
  }

  writer(topic: string): RecordWriter {
    const open = this.#open.get(topic);
    if (open !== undefined) return open.writer;
    if (this.#outputs === null) throw new RangeError('no batch was begun');
    const writer = this.#outputs.topic(topic);
    this.#open.set(topic, { writer, before: writer.count });
    return writer;
  }

  /** Tell how many records were written in this batch. */
  count(to: { count(topic: string, records: number): void }): void {
    for (const [topic, { writer, before }] of this.#open) to.count(topic, writer.count - before);
  }
}
