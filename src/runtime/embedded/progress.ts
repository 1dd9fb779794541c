import { OverpunchError } from '../../errors.ts';
import type { Environment, Table } from '../../state/environment.ts';
import { checkName } from './ordered-key.ts';

/** How far a pipeline is in a partition. It is part of each commit, so a restart goes on exactly there. */
export interface Progress {
  /** Position behind the last journalled entry, and behind the last one whose outputs and state are committed. */
  readonly journalled: number;
  readonly processed: number;
  /** Bytes of its journal. */
  readonly journalBytes: number;
  /** Number of commits. */
  readonly batches: number;
  /** Whether there ever was a frame. */
  readonly begun: boolean;
  /** All inputs ended, and what was open is closed: nothing more will come. */
  readonly finished: boolean;
  readonly watermark: number | null;
  readonly inputs: readonly { readonly name: string; readonly position: string | null; readonly idle: boolean }[];
  /** Where each sink stands. */
  readonly sinks: Readonly<Record<string, string>>;
}

const start: Progress = {
  journalled: 0,
  processed: 0,
  journalBytes: 0,
  batches: 0,
  begun: false,
  finished: false,
  watermark: null,
  inputs: [],
  sinks: {},
};

/** Keeps the progress of the pipelines in the environment of a partition. */
export class ProgressTable {
  readonly #table: Table;

  constructor(environment: Environment) {
    this.#table = environment.table('progress');
  }

  pipelines(): string[] {
    return Array.from(this.#table.range(), ({ key }) => Buffer.from(key).toString('latin1'));
  }

  /** The progress of a pipeline; that of a start when it never ran. */
  get(pipeline: string): Progress {
    const value = this.#table.get(Buffer.from(checkName(pipeline), 'latin1'));
    return value === undefined ? start : (JSON.parse(Buffer.from(value).toString()) as Progress);
  }

  /** Inside of the commit. */
  put(pipeline: string, progress: Progress): void {
    this.#table.put(Buffer.from(checkName(pipeline), 'latin1'), Buffer.from(JSON.stringify(progress)));
  }
}

/** Refuse inputs other than those the progress is about: positions in the journal say which input by number. Throws STATE_INCOMPATIBLE. */
export function checkInputs(
  pipeline: string,
  before: Progress['inputs'],
  now: readonly { readonly name: string }[],
): void {
  const names = (inputs: readonly { readonly name: string }[]): string => inputs.map(({ name }) => name).join(', ');
  if (before.length === 0 || names(before) === names(now)) return;
  throw new OverpunchError(
    'STATE_INCOMPATIBLE',
    `the pipeline ${pipeline} had the inputs ${names(before)}, not ${names(now)}`,
    {
      hint: 'keep the inputs and their order, or close what is open with --drain and start again',
    },
  );
}
