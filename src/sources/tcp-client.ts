import { connect, type Socket } from 'node:net';
import { checkedTcpAddress, type TcpAddress } from '../settings/tcp-address.ts';
import type { ReadLimit, Source, SourceRead, SourceStatus } from '../streams/source.ts';
import type { ByteConnection } from './byte-connection.ts';
import { type ConnectionOptions, ConnectionPool } from './connection-pool.ts';

/** Whom to connect to for frames. */
export interface TcpClientOptions extends ConnectionOptions {
  /** `HOST:PORT`. On this machine, unless others are allowed. */
  readonly connect: string;
  /** Whether the address may be that of another machine. Default `false`. */
  readonly allowRemote?: boolean | undefined;
}

const keepAlive = 15_000; // milliseconds of silence after which the other side is asked whether it is still there
const answerIn = 10_000; // milliseconds
const shortestWait = 100; // milliseconds before the next attempt: twice as long after each that came to nothing
const longestWait = 10_000;

/**
 * Connect, and read the frames that come, taken in at the time of the clock; connect again whenever the connection ends, waiting longer
 * after each attempt that brought no frame. Guarantees are those of `tcpListener`.
 *
 * It is `disconnected` while there is no connection: that is no silence. `follow: false` ends it when the other side has ended in order.
 */
export function tcpClient(options: TcpClientOptions): Source {
  return new TcpClient(options);
}

class TcpClient implements Source {
  readonly name: string;
  readonly #address: TcpAddress;
  readonly #target: string;
  readonly #follow: boolean;
  readonly #pool: ConnectionPool;
  #socket: Socket | null = null;
  #connection: ByteConnection | null = null;
  #asked = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #wait = shortestWait;
  #ended = false;

  constructor(options: TcpClientOptions) {
    this.name = options.name ?? `tcp ${options.connect}`;
    this.#address = checkedTcpAddress(options.connect, options.allowRemote);
    this.#target = options.connect;
    this.#follow = options.follow ?? true;
    this.#pool = new ConnectionPool(this.name, options);
  }

  get status(): SourceStatus {
    if (this.#ended && this.#pool.open === 0) return 'ended';
    return this.#pool.caughtUp ? 'caught-up' : 'disconnected';
  }

  open(position: string | null): void {
    this.#pool.begin(position);
  }

  read(limit: ReadLimit): SourceRead | null {
    const read = this.#pool.read(limit);
    this.#attend();
    return read;
  }

  ready(): Promise<void> {
    return this.#pool.wake.next();
  }

  committed(position: string): void {
    this.#pool.committed(position);
  }

  close(): void {
    this.#ended = true;
    this.#socket?.destroy();
    this.#pool.close();
  }

  /** Look after the connection. All of it happens when the source is asked: nobody is called whose frames would not be read. */
  #attend(): void {
    const now = this.#pool.clock.now();
    if (this.#connection?.finished === true) {
      const { broken, frames } = this.#connection;
      if (!this.#follow && broken === null) this.#ended = true;
      this.#connection = null;
      this.#socket = null;
      this.#retry(frames > 0);
    } else if (this.#socket !== null && this.#connection === null && now - this.#asked > answerIn) {
      this.#socket.destroy(new Error(`no answer in ${answerIn} ms`));
    }
    if (this.#socket === null && !this.#ended && now >= this.#retryAt) this.#connect(now);
  }

  #connect(now: number): void {
    this.#asked = now;
    const socket = connect({ ...this.#address, keepAlive: true, keepAliveInitialDelay: keepAlive });
    this.#socket = socket;
    const fail = (error: NodeJS.ErrnoException): void => {
      if (this.#socket !== socket || this.#ended) return;
      this.#socket = null;
      // Said once an outage, not once an attempt.
      if (this.#wait === shortestWait) {
        const message = `no connection with ${this.#target} (${error.code ?? error.message}); it is tried again and again`;
        this.#pool.report('CONNECTION_LOST', message);
      }
      this.#retry(false);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      if (this.#ended) return;
      socket.off('error', fail);
      this.#connection = this.#pool.add(socket, this.#target);
      this.#pool.report(null, `connected with ${this.#target}`);
    });
  }

  #retry(worked: boolean): void {
    if (worked) this.#wait = shortestWait;
    this.#retryAt = this.#pool.clock.now() + this.#wait;
    if (!worked) this.#wait = Math.min(longestWait, 2 * this.#wait);
  }
}
