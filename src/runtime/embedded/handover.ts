import type { SourceFrame } from '../../streams/source.ts';

/** Takes records over up to the commit in which they are made. */
export interface Taker {
  /** Process records of a topic, as frames, the first of which would get an offset; `null` when that cannot be now, so that they are to be read from the topic. */
  take(frames: readonly SourceFrame[], offset: number): Promise<TakenOver | null>;
}

/** What was processed and waits for the commit. */
export interface TakenOver {
  /** The commit before is on disk: write to sinks, and wait for them. */
  ready(): Promise<void>;
  /** Write it, inside of the commit. */
  write(): void;
  /** The commit is on its way to the disk. */
  submitted(durable: Promise<void>): void;
  /** There is no commit: nothing of it is kept. */
  failed(error: unknown): void;
}

/**
 * Hands what a pipeline writes to a topic over to a second pipeline in the same environment, in memory, so that one commit holds what both of them did:
 * the journal, the topics and the state of each. The topic itself then holds nothing of it. Whenever the second one cannot take it, the records are written to
 * the topic, and it reads them there.
 */
export class Handover {
  readonly topic: string;
  #taker: Taker | null = null;

  constructor(topic: string) {
    this.topic = topic;
  }

  /** Let somebody take over what comes from now on; `null`: nobody. */
  connect(taker: Taker | null): void {
    this.#taker = taker;
  }

  async take(frames: readonly SourceFrame[], offset: number): Promise<TakenOver | null> {
    return (await this.#taker?.take(frames, offset)) ?? null;
  }
}
