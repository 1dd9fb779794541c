import { Journal } from '../runtime/embedded/journal.ts';
import { type Progress, ProgressTable } from '../runtime/embedded/progress.ts';
import type { Environment } from '../state/environment.ts';
import type { StoredRule } from '../streams/rule-text.ts';
import type { Source } from '../streams/source.ts';
import { storedRule } from '../streams/stored-rule.ts';
import { CorrelationTable, stateTable } from './correlation-table.ts';

/**
 * What closes all that is open in a partition by the settings its state was made with, and leaves what any other pipeline can start on:
 * topics, what was counted, and the positions of inputs and sinks.
 */
export class PartitionDrain {
  /** The settings of the state; `null` when there is none. */
  readonly rule: StoredRule | null;
  readonly #environment: Environment;
  readonly #pipeline: string;
  readonly #progress: Progress;

  constructor(environment: Environment, pipeline: string) {
    this.#environment = environment;
    this.#pipeline = pipeline;
    this.#progress = new ProgressTable(environment).get(pipeline);
    this.rule = storedRule(stateTable(environment, pipeline).range());
  }

  /** Whether there is nothing to close. */
  get isDrained(): boolean {
    return this.rule === null;
  }

  /** The inputs as they were, of which nothing is read any more but what the journal refers to. */
  sources(given: readonly Source[]): readonly Source[] {
    return this.#progress.inputs.map(({ name }) => {
      const source = given.find((other) => other.name === name);
      return {
        name,
        status: 'ended',
        open: () => undefined,
        read: () => null,
        ...(source?.again === undefined ? {} : { again: (range) => source.again?.(range) ?? [] }),
        close: () => source?.close(),
      };
    });
  }

  /** Forget, in one commit, all that belongs to the settings of before. `inputs` are the names from now on; one that is new begins at its beginning. */
  forget(inputs: readonly string[]): void {
    const progress = new ProgressTable(this.#environment);
    const before = progress.get(this.#pipeline);
    const state = new CorrelationTable(stateTable(this.#environment, this.#pipeline), {
      ...(this.rule ?? { before: 0, after: 0, grace: 0, disorder: 0 }),
      inputs: Math.max(1, before.inputs.length),
    });
    const journal = new Journal(this.#environment, this.#pipeline);
    this.#environment.commit(() => {
      state.forget();
      journal.clear();
      progress.put(this.#pipeline, { ...before, journalBytes: 0, finished: false, inputs: renamed(before, inputs) });
    });
  }
}

function renamed({ inputs }: Progress, names: readonly string[]): Progress['inputs'] {
  return names.map((name) => {
    return { name, position: inputs.find((input) => input.name === name)?.position ?? null, idle: false };
  });
}
