import { OverpunchError } from '../../errors.ts';
import type { Environment, Table } from '../../state/environment.ts';

/**
 * Who writes the topics of an environment: each has one writer, the first, but for those that several share. A pipeline of another name would
 * begin its input anew, and write again what is there.
 */
export class TopicOwners {
  readonly #table: Table;
  readonly #pipeline: string;
  readonly #shared: ReadonlySet<string>;
  /** Topics that are its own; those of them that no commit has noted yet. */
  readonly #own = new Set<string>();
  readonly #new = new Set<string>();

  constructor(environment: Environment, pipeline: string, shared: readonly string[]) {
    this.#table = environment.table('topic-owners');
    this.#pipeline = pipeline;
    this.#shared = new Set(shared);
  }

  /** Throw STATE_INCOMPATIBLE for a topic that another pipeline writes. */
  check(topic: string): void {
    if (this.#own.has(topic) || this.#shared.has(topic)) return;
    const value = this.#table.get(Buffer.from(topic, 'latin1'));
    const owner = value === undefined ? this.#pipeline : Buffer.from(value).toString('latin1');
    if (owner !== this.#pipeline) {
      const message = `the pipeline ${this.#pipeline} would write the topic ${topic}, which the pipeline ${owner} writes`;
      const hint = `if it is the same pipeline, call it ${owner} again, so that it goes on where it was; else give it a data directory of its own, or keep: false for the topic`;
      throw new OverpunchError('STATE_INCOMPATIBLE', message, { hint });
    }
    this.#own.add(topic);
    if (value === undefined) this.#new.add(topic);
  }

  /** Note what was found to be nobody's, inside of a commit. */
  save(): void {
    for (const topic of this.#new) {
      this.#table.put(Buffer.from(topic, 'latin1'), Buffer.from(this.#pipeline, 'latin1'));
    }
    this.#new.clear();
  }
}
