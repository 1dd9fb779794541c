import type { OutputTarget } from './output-target.ts';
import type { OutputRecord } from './record-members.ts';

/** Where decoded records go, in one of the output forms. */
export interface RecordOutput {
  /** Where lines go, of an output to which others may add lines of their own when it has been flushed. */
  readonly target?: OutputTarget;
  add(record: OutputRecord): void;
  /** There is enough to be worth a write: call `flush`. */
  readonly full: boolean;
  flush(): Promise<void>;
  /** Finish, and let files appear under their names. */
  commit(): Promise<void>;
  /** Give up: files do not appear. */
  abandon(): Promise<void>;
}
