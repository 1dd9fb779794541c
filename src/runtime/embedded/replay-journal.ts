import type { Environment } from '../../state/environment.ts';
import type { Source } from '../../streams/source.ts';
import { CommittedOutputs, type OutputOptions } from './committed-outputs.ts';
import { type Accept, Journal } from './journal.ts';
import type { Process } from './process.ts';
import { processEntries } from './process-entries.ts';

/** A journal to go through again, and where what it yields goes. */
export interface ReplayOptions {
  readonly pipeline: string;
  readonly partition: number;
  /** The environment that holds the journal. */
  readonly journal: Environment;
  /** The sources it refers to, in the order they had: only read again, never opened. */
  readonly sources: readonly Source[];
  readonly accept?: Accept | undefined;
  /** Where outputs and state are committed: another environment, with no state in it. */
  readonly environment: Environment;
  readonly process: Process;
  readonly outputs?: Readonly<Record<string, OutputOptions>> | undefined;
  readonly quarantine?: string | undefined;
  /** Topics that other pipelines may write, too. */
  readonly shared?: readonly string[] | undefined;
  /** Entries of a batch. Default: as they were journalled. */
  readonly entries?: number | undefined;
}

/** Process a recorded journal from its beginning to its end, without inputs or a clock: the same outputs, byte for byte. */
export async function replayJournal(options: ReplayOptions): Promise<number> {
  const { environment, process, sources, accept } = options;
  const journal = new Journal(options.journal, options.pipeline);
  const { quarantine = 'quarantine', shared = [] } = options;
  const outputs = new CommittedOutputs(environment, options.outputs ?? {}, options.pipeline, [quarantine, ...shared]);
  let position = 0;
  let batches = 0;
  await outputs.open({});

  const commit = async (): Promise<void> => {
    await outputs.write(batches++);
    environment.commit(() => {
      outputs.commit();
      process.save?.();
    });
  };
  const processing = { process, outputs, partition: options.partition, quarantine, sources, commit };

  for (const block of journal.replay(0, sources, accept)) {
    const step = Math.max(1, options.entries ?? block.length);
    for (let start = 0; start < block.length; start += step) {
      const entries = block.slice(start, start + step);
      await processEntries(processing, entries, position);
      position += entries.length;
    }
  }
  process.close?.();
  await outputs.close();
  return position;
}
