import type { Receiver, TopicBatch } from '../streams/receiver.ts';
import { batchLines } from './batch-lines.ts';
import { InTurn } from './in-turn.ts';

/** A stream of JSON lines, such as standard output. */
export interface StreamReceiverOptions {
  /** Stays the same over restarts. Default `stdout`. */
  readonly name?: string | undefined;
  /** Write bytes, and resolve when there is room for more; what it rejects with ends the run. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Write batches to a stream, each whole before the next, as `batchLines` has them. Several topics and partitions may share it.
 *
 * A batch counts as handed over when the stream took it: what lies in a pipe that nobody reads any more is lost.
 */
export function streamReceiver(options: StreamReceiverOptions): Receiver {
  const turns = new InTurn();
  return {
    name: options.name ?? 'stdout',
    deliver: (batch: TopicBatch, signal: AbortSignal) =>
      turns.take(async () => {
        signal.throwIfAborted();
        await unlessAborted(options.write(batchLines(batch)), signal);
      }),
  };
}

function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
