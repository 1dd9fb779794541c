import type { Outputs } from '../runtime/embedded/process.ts';
import type { JournalEntry } from '../streams/journal-entry.ts';

/** Hears of the events of a flow as they are written. */
export interface EventTap {
  /** Whether events of a name are of interest. */
  takes(event: string): boolean;
  /** An event was written; its line holds until this returns. `entry` is the journal entry that made it happen. */
  event(event: string, line: Uint8Array, entry: JournalEntry | undefined, outputs: Outputs): void;
}
