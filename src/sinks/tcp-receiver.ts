import { setTimeout as pause } from 'node:timers/promises';
import type { Code } from '../errors.ts';
import { checkedTcpAddress, type TcpAddress } from '../settings/tcp-address.ts';
import type { Receiver, TopicBatch } from '../streams/receiver.ts';
import { batchLines } from './batch-lines.ts';
import { InTurn } from './in-turn.ts';
import { OutgoingConnection } from './outgoing-connection.ts';

/** Who listens for batches. */
export interface TcpReceiverOptions {
  /** `HOST:PORT`. On this machine, unless others are allowed. */
  readonly connect: string;
  /** Whether the address may be that of another machine. Default `false`. */
  readonly allowRemote?: boolean | undefined;
  /** Whether the other side answers each batch with its number on a line of its own. Default `true`. */
  readonly acknowledged?: boolean | undefined;
  /** Stays the same over restarts; the address may change. Default `tcp`. */
  readonly name?: string | undefined;
  /** Hear of connections. */
  readonly onReport?: ((code: Code | null, message: string) => void) | undefined;
}

/** A receiver with a connection. */
export interface TcpReceiver extends Receiver {
  /** End the connection in order. */
  close(): Promise<void>;
}

const shortestWait = 100; // milliseconds before the next attempt: twice as long after each that came to nothing
const longestWait = 10_000;
const patience = 10_000; // milliseconds without an answer until that is said

/**
 * Send batches to whoever listens at an address, as `batchLines` has them, over one connection for all topics and partitions; it is made when there is
 * something to send, and made again when it breaks, with longer and longer pauses.
 *
 * A batch counts as handed over when its number comes back, and is sent again on the next connection until it does. Where nothing comes back
 * (`acknowledged: false`) it counts when the system took it: what was under way when a connection broke is lost then. Throws USAGE.
 */
export function tcpReceiver(options: TcpReceiverOptions): TcpReceiver {
  return new Client(options);
}

class Client implements TcpReceiver {
  readonly name: string;
  readonly #address: TcpAddress;
  readonly #options: TcpReceiverOptions;
  readonly #turns = new InTurn();
  #connection: OutgoingConnection | null = null;
  #wait = shortestWait;

  constructor(options: TcpReceiverOptions) {
    this.name = options.name ?? 'tcp';
    this.#address = checkedTcpAddress(options.connect, options.allowRemote);
    this.#options = options;
  }

  deliver(batch: TopicBatch, signal: AbortSignal): Promise<void> {
    return this.#turns.take(() => this.#deliver(batch, signal));
  }

  async close(): Promise<void> {
    await this.#connection?.end();
    this.#connection = null;
  }

  async #deliver(batch: TopicBatch, signal: AbortSignal): Promise<void> {
    const bytes = batchLines(batch);
    for (;;) {
      signal.throwIfAborted();
      try {
        await this.#send(bytes, batch, signal);
        this.#wait = shortestWait;
        return;
      } catch (error) {
        this.#connection?.destroy();
        this.#connection = null;
        signal.throwIfAborted();
        this.#reportLoss(error as NodeJS.ErrnoException);
      }
      await pause(this.#wait, undefined, { signal });
      this.#wait = Math.min(longestWait, 2 * this.#wait);
    }
  }

  async #send(bytes: Uint8Array, { number, topic }: TopicBatch, signal: AbortSignal): Promise<void> {
    const { connect, acknowledged = true } = this.#options;
    if (this.#connection === null) {
      this.#connection = await OutgoingConnection.open(this.#address, signal);
      this.#report(null, `connected with ${connect}`);
    }
    if (!acknowledged) return await this.#connection.send(bytes, null, signal);
    const timer = setTimeout(() => {
      const wanted = `the receiver has to send ${number} back on a line, unless acknowledged is false`;
      this.#report(null, `${connect} has not answered batch ${number} of ${topic} for ${patience / 1000} s: ${wanted}`);
    }, patience);
    timer.unref();
    try {
      await this.#connection.send(bytes, String(number), signal);
    } finally {
      clearTimeout(timer);
    }
  }

  // Said once an outage, not once an attempt.
  #reportLoss({ code, message }: NodeJS.ErrnoException): void {
    if (this.#wait > shortestWait) return;
    const again = 'it is tried again and again, and the batch sent again';
    this.#report('CONNECTION_LOST', `no connection with ${this.#options.connect} (${code ?? message}); ${again}`);
  }

  #report(code: Code | null, message: string): void {
    this.#options.onReport?.(code, message);
  }
}
