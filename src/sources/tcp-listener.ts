import { createServer, type Server, type Socket } from 'node:net';
import { OverpunchError } from '../errors.ts';
import { checkedTcpAddress, type TcpAddress } from '../settings/tcp-address.ts';
import type { ReadLimit, Source, SourceRead, SourceStatus } from '../streams/source.ts';
import { type ConnectionOptions, ConnectionPool } from './connection-pool.ts';

/** Where to wait for connections that send frames. */
export interface TcpListenerOptions extends ConnectionOptions {
  /** `HOST:PORT`; port 0 is one that is free. On this machine, unless others are allowed. */
  readonly listen: string;
  /** Whether the address may be one that others reach. Default `false`. */
  readonly allowRemote?: boolean | undefined;
  /** The most connections at a time; further ones are turned away. Default 64. */
  readonly connections?: number | undefined;
}

const readAhead = 1 << 18; // bytes of a connection: what comes during one commit is there for the next batch
const keepAlive = 15_000; // milliseconds of silence after which the other side is asked whether it is still there

/**
 * Read the frames that connections send, taken in at the time of the clock. Nothing is lost after the commit of the journal; what was
 * sent and not committed when a run ends has to be sent again, and is reported per connection.
 *
 * A connection is read when there is room for what it gives, so a stalled reader keeps the senders waiting. One that is silent for too
 * long, does not finish a frame, or sends nothing but garbage is cut; what it sent of an unfinished frame is given as garbage. As long as
 * nobody is connected, or one that broke has not come again, the source is `disconnected`. Throws USAGE, and IO when it cannot listen.
 */
export function tcpListener(options: TcpListenerOptions): Source {
  return new TcpListener(options);
}

class TcpListener implements Source {
  readonly name: string;
  readonly #address: TcpAddress;
  readonly #most: number;
  readonly #follow: boolean;
  readonly #pool: ConnectionPool;
  #server: Server | null = null;
  #failure: Error | null = null;
  #met = false;
  #refused = 0;

  constructor(options: TcpListenerOptions) {
    const { listen, connections = 64, follow = true } = options;
    this.name = options.name ?? `tcp ${listen}`;
    this.#address = checkedTcpAddress(listen, options.allowRemote);
    this.#most = connections;
    this.#follow = follow;
    this.#pool = new ConnectionPool(this.name, options);
  }

  get status(): SourceStatus {
    const { open, caughtUp, lost } = this.#pool;
    if (!this.#follow && this.#met && open === 0 && !lost) return 'ended';
    return caughtUp ? 'caught-up' : 'disconnected';
  }

  open(position: string | null): void {
    this.#pool.begin(position);
  }

  read(limit: ReadLimit): SourceRead | null {
    this.#server ??= this.#listen(); // not before somebody reads: a pipeline may be opened only to finish what it has
    if (this.#failure !== null) {
      const { host, port } = this.#address;
      const message = `cannot listen on ${host}:${port}: ${this.#failure.message}`;
      throw new OverpunchError('IO', message, { cause: this.#failure });
    }
    return this.#pool.read(limit);
  }

  ready(): Promise<void> {
    return this.#pool.wake.next();
  }

  committed(position: string): void {
    this.#pool.committed(position);
  }

  close(): void {
    this.#server?.close();
    this.#pool.close();
    if (this.#refused > 0) this.#reportRefused();
  }

  #listen(): Server {
    const settings = { keepAlive: true, keepAliveInitialDelay: keepAlive, highWaterMark: readAhead };
    const server = createServer(settings, (socket) => this.#accept(socket));
    server.maxConnections = this.#most; // turned away before anything is made of them
    server.on('drop', () => this.#refuse());
    server.on('error', (error) => {
      this.#failure = error;
      this.#pool.wake.now();
    });
    server.on('listening', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return;
      const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      this.#pool.report(null, `listening on ${host}:${address.port}`);
    });
    server.listen({ ...this.#address, exclusive: true });
    return server;
  }

  #accept(socket: Socket): void {
    // Those that are gone already but not read yet count here too: their bytes are held.
    if (this.#pool.open >= this.#most) {
      socket.destroy();
      this.#refuse();
      return;
    }
    this.#met = true;
    this.#pool.add(socket, `${socket.remoteAddress ?? 'somebody'}:${socket.remotePort ?? 0}`);
  }

  #refuse(): void {
    this.#refused++;
    if (/^10*$/.test(String(this.#refused))) this.#reportRefused(); // a flood of connections makes no flood of messages
  }

  #reportRefused(): void {
    const message = `${this.#refused} connections turned away so far: there are never more than ${this.#most}`;
    this.#pool.report('CONNECTION_REFUSED', message);
  }
}
