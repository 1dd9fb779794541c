import type { Code } from '../errors.ts';

/**
 * One input of a partition's journal. It is read without waiting, by whoever has room for what it gives, so that a stalled reader leaves it
 * unread.
 *
 * Positions and ranges are texts that only the source understands. They are committed with what was made of the frames, and
 * `committed` is the moment to acknowledge: to move a file away, to answer a protocol.
 */
export interface Source {
  /** Stays the same over restarts, and differs from that of the other inputs. */
  readonly name: string;
  /** What quarantine says that a frame came from. Default: the name. */
  readonly label?: string | undefined;
  /** Go to where the last commit left it; `null`: to the beginning. Called once, before all else. */
  open(position: string | null): void;
  /** Take what is there now; `null` when that is nothing. */
  read(limit: ReadLimit): SourceRead | null;
  /**
   * Give frames that are handed over before they are committed as what was read, without moving on: `save` tells that they are kept. `null`
   * when they are not what comes next, so that they have to be read.
   */
  handed?(frames: readonly SourceFrame[], offset: number): SourceRead | null;
  readonly status: SourceStatus;
  /** Resolve when there may be something to read; without it the source is asked from time to time. */
  ready?(): Promise<void>;
  /** Resolve when what it gave is durable where it was read; waited for before the commit. Rejects when it never will be. */
  settled?(): Promise<void>;
  /** Write down, inside of the commit, what has to be durable with a position. */
  save?(position: string): void;
  /** Hear that everything up to a position is durable. */
  committed?(position: string): void;
  /** Read a range again: the same frames. Only of sources that gave ranges. */
  again?(range: string): Iterable<SourceFrame>;
  close(): void;
}

/** At most so many frames, and no further frame once so many bytes were taken. */
export interface ReadLimit {
  readonly frames: number;
  readonly bytes: number;
}

/** What a source gave. */
export interface SourceRead {
  readonly frames: readonly SourceFrame[];
  /** Where the source stands behind them. */
  readonly position: string;
  /** How to read them again; `null` where that cannot be done, so that the journal holds their bytes. */
  readonly range: string | null;
}

/** A frame as it came in. Its bytes are never changed afterwards. */
export interface SourceFrame {
  readonly bytes: Uint8Array;
  /** When it was taken in, in milliseconds since 1970-01-01T00:00:00Z; `null` where nobody knows. */
  readonly ingested: number | null;
  /** Why the bytes are no frame. */
  readonly garbage?: { readonly code: Code; readonly message: string } | undefined;
  /** It is the first one of a file: said by sources that are asked to, whose lines are counted. */
  readonly first?: true | undefined;
  /** The line of the file that it is, from 1: said by the same sources. */
  readonly line?: number | undefined;
}

/**
 * What it means that a source gave nothing: `reading`, that there is more; `caught-up`, that there is nothing at the moment, and silence is
 * silence; `disconnected`, that nobody knows; `ended`, that nothing will ever come.
 */
export type SourceStatus = 'reading' | 'caught-up' | 'disconnected' | 'ended';
