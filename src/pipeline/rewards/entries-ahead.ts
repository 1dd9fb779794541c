import { OverpunchError } from '../../errors.ts';
import { betsTogether } from '../../rewards/matched-campaigns.ts';
import type { RewardEngine } from '../../rewards/reward-engine.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { FrameEntry, JournalEntry } from '../../streams/journal-entry.ts';
import type { RewardEntries } from './reward-entries.ts';
import type { InputKind } from './stage-sources.ts';

/**
 * Reads entries of a batch, and those events that come next ahead of their turn, so that the engine looks at their bets together.
 *
 * Only what is read the same whenever it is read is read ahead: events whose time is known, in which nothing is wrong.
 */
export class EntriesAhead {
  readonly #entries: RewardEntries;
  readonly #inputs: readonly InputKind[];
  /** What was read ahead, in order. */
  #frames: FrameEntry[] = [];
  #read: RewardEntry[] = [];
  #next = 0;

  constructor(entries: RewardEntries, inputs: readonly InputKind[]) {
    this.#entries = entries;
    this.#inputs = inputs;
  }

  /** Read ahead from an index on, and let the engine look at it; returns the index up to which it was read. */
  look(messages: readonly JournalEntry[], from: number, engine: RewardEngine): number {
    this.#frames = [];
    this.#read = [];
    this.#next = 0;
    let at = from;
    for (; at < messages.length && this.#frames.length < betsTogether; at++) {
      const entry = messages[at] as JournalEntry;
      if (entry.kind !== 'frame' || this.#inputs[entry.input] !== 'events' || entry.ingested === null) continue;
      try {
        const read = this.#entries.read(entry, 0);
        if (read === null) continue;
        this.#frames.push(entry);
        this.#read.push(read);
      } catch (error) {
        if (!(error instanceof OverpunchError)) throw error; // it is read again, and refused, when it is its turn
      }
    }
    engine.lookAhead(this.#read, 0);
    return at;
  }

  /** The entry of the frame whose turn it is; the same as to read it now. */
  take(frame: FrameEntry, now: number): RewardEntry | null {
    const next = this.#next;
    if (this.#frames[next] !== frame) return this.#entries.read(frame, now);
    this.#next++;
    return this.#read[next] as RewardEntry;
  }
}
