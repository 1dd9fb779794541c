import type { Code } from '../errors.ts';
import type { Batch } from './batch.ts';
import type { JournalColumns } from './journal-columns.ts';
import type { JournalEntry } from './journal-entry.ts';

/** A batch of the journal with the headers of its frames. */
export interface HeadedBatch extends Batch<JournalEntry> {
  /** Row `i` is message `i`. */
  readonly columns: JournalColumns;
  /** Why a frame's header cannot be read, by the index of its message. */
  readonly issues: ReadonlyMap<number, HeaderIssue>;
}

/** Why a frame never came to be correlated. */
export interface HeaderIssue {
  readonly code: Code;
  readonly message: string;
}
