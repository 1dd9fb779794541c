import type { Code } from '../errors.ts';

/** What a partition's journal holds, in its order: everything that happens is a function of these entries alone. */
export type JournalEntry = FrameEntry | TickEntry | InputEntry;

/** A frame as it came in. */
export interface FrameEntry {
  readonly kind: 'frame';
  /** Its place in the journal: rises by one from entry to entry. */
  readonly position: number;
  /** The input it came from. */
  readonly input: number;
  /** When the source took it in, in milliseconds since 1970-01-01T00:00:00Z; `null` where nobody knows, as in a dump without capture times. */
  readonly ingested: number | null;
  /** The whole frame. */
  readonly bytes: Uint8Array;
  /** Why framing found that the bytes are no frame; absent for frames. */
  readonly garbage?: { readonly code: Code; readonly message: string };
  /** It is the first one of a file whose lines are counted. */
  readonly first?: true;
  /** The line of that file that it is, from 1. */
  readonly line?: number;
}

/** Silent time: `elapsed` milliseconds since the previous tick, or since idleness began; infinite at the end of a replay. */
export interface TickEntry {
  readonly kind: 'tick';
  readonly position: number;
  readonly elapsed: number;
}

/** An input fell idle, or is active again. */
export interface InputEntry {
  readonly kind: 'input';
  readonly position: number;
  readonly input: number;
  readonly idle: boolean;
}
