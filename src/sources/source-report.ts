import type { Code } from '../errors.ts';

/** What a source has to say besides its frames. */
export interface SourceReport {
  /** The name of the source. */
  readonly source: string;
  /** What went wrong; `null` for what is only good to know. */
  readonly code: Code | null;
  readonly message: string;
}
