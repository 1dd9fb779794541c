import { type Observable, Subject, type Subscription } from 'rxjs';
import type { Batch } from '../../streams/batch.ts';
import type { JournalEntry } from '../../streams/journal-entry.ts';
import type { RecordWriter } from './record-writer.ts';

/** What a pipeline does with its journal, in one partition. It decides nothing at the end of a batch, and never commits. */
export interface Process {
  /**
   * Take a batch and write what comes of it. What it throws is put down to an entry of the batch: the batch comes again in parts, after
   * `rollback`, until that entry stands alone and goes to quarantine.
   */
  run(batch: Batch<JournalEntry>, outputs: Outputs): void | Promise<void>;
  /** Write the net changes of its state to the environment. Called inside of the commit. */
  save?(): void;
  /** Go back to the state of the last commit, whatever was done since. */
  rollback?(): void;
  /** Let go of what it holds. Nothing is called afterwards. */
  close?(): void;
  /** Where event time stands, for people to see. */
  readonly watermark?: number | null;
}

/** The records that a batch yields, by topic. */
export interface Outputs {
  /** What collects the records of a topic. */
  topic(name: string): RecordWriter;
}

/** How to make a process of operators. */
export interface OperatorsOptions<Result> {
  /** The operators: exactly one batch comes out for each that goes in. */
  readonly operators: (batches: Observable<Batch<JournalEntry>>) => Observable<Result>;
  /** Write a batch that came out. */
  readonly write: (result: Result, outputs: Outputs) => void;
  readonly save?: (() => void) | undefined;
  readonly rollback?: (() => void) | undefined;
}

/**
 * Make a process of RxJS operators. They are subscribed to anew after an error, so what they hold across batches has to be in what `save`
 * and `rollback` know of.
 */
export function processOfOperators<Result>(options: OperatorsOptions<Result>): Process {
  let input: Subject<Batch<JournalEntry>> | null = null;
  let subscription: Subscription | null = null;
  let settle: { resolve: (result: Result) => void; reject: (error: unknown) => void } | null = null;

  const subscribe = (): Subject<Batch<JournalEntry>> => {
    const batches = new Subject<Batch<JournalEntry>>();
    subscription = options.operators(batches).subscribe({
      next: (result) => settle?.resolve(result),
      error: (error: unknown) => settle?.reject(error),
      complete: () => settle?.reject(new Error('the operators completed before their input did')),
    });
    return batches;
  };
  const release = (): void => {
    subscription?.unsubscribe();
    subscription = null;
    input = null;
    settle = null; // it holds what came out last
  };

  return {
    async run(batch, outputs) {
      const result = await new Promise<Result>((resolve, reject) => {
        settle = { resolve, reject };
        input ??= subscribe();
        input.next(batch);
      });
      options.write(result, outputs);
    },
    save: () => options.save?.(),
    rollback() {
      release();
      options.rollback?.();
    },
    close: release,
  };
}
