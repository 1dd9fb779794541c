import type { JournalEntry } from '../../streams/journal-entry.ts';
import type { Source } from '../../streams/source.ts';
import { sourceLabel } from '../../streams/source-label.ts';
import type { CommittedOutputs } from './committed-outputs.ts';
import type { Process } from './process.ts';
import { quarantineValue } from './quarantine-value.ts';

/** What processes entries, and how what came of them is committed. */
export interface ProcessingOptions {
  readonly process: Process;
  readonly outputs: CommittedOutputs;
  readonly partition: number;
  /** The topic for what an operator threw an error on. */
  readonly quarantine: string;
  /** By the number of the input. */
  readonly sources: readonly Source[];
  readonly commit: (to: number) => Promise<void>;
}

/**
 * Process entries, the first of which has position `from`, and commit. Where that throws, state goes back to the last commit and the
 * entries are processed in halves, each with a commit of its own; an entry that throws alone goes to quarantine.
 */
export async function processEntries(
  options: ProcessingOptions,
  entries: readonly JournalEntry[],
  from: number,
): Promise<void> {
  const { process, outputs, partition } = options;
  const to = from + entries.length;
  outputs.clear();
  try {
    if (entries.length > 0) {
      const running = process.run({ partition, messages: entries, from, to }, outputs);
      if (running !== undefined) await running;
    }
  } catch (error) {
    process.rollback?.();
    outputs.clear();
    const [entry] = entries;
    if (entries.length > 1 || entry === undefined) {
      const middle = entries.length >> 1;
      await processEntries(options, entries.slice(0, middle), from);
      return await processEntries(options, entries.slice(middle), from + middle);
    }
    const input = entry.kind === 'tick' ? 'ticks' : sourceLabel(options.sources[entry.input] ?? { name: '' });
    outputs.topic(options.quarantine).append(new Uint8Array(0), null, quarantineValue(entry, input, error));
  }
  await options.commit(to);
}
