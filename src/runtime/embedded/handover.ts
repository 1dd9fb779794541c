import type { SinkRecord } from '../../streams/sink.ts';

/** Takes records over up to the commit in which they are made. */
export interface Taker {
  /** Process records of a topic, the first of which would get an offset; `null` when that cannot be now, so that they are to be read from the topic. */
  take(records: readonly SinkRecord[], offset: number): Promise<TakenOver | null>;
}

/** What was processed and waits for the commit. */
export interface TakenOver {
  /** Write it, inside of the commit. */
  write(): void;
  /** It is durable. */
  committed(): void;
  /** The commit failed: nothing of it is kept. */
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

  async take(records: readonly SinkRecord[], offset: number): Promise<TakenOver | null> {
    return (await this.#taker?.take(records, offset)) ?? null;
  }
}
