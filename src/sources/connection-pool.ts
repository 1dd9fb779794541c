import type { Readable } from 'node:stream';
import type { Code } from '../errors.ts';
import type { FrameFormat } from '../frames/framer.ts';
import type { ReadLimit, SourceFrame, SourceRead } from '../streams/source.ts';
import { ByteConnection, type Patience } from './byte-connection.ts';
import { machineTime, type SourceClock } from './source-clock.ts';
import type { SourceReport } from './source-report.ts';
import { Wake } from './wake.ts';

/** What connections have in common. */
export interface ConnectionOptions extends Patience {
  readonly format: FrameFormat;
  /** Stays the same over restarts. Default: `tcp` and the address. */
  readonly name?: string | undefined;
  /** Whether to wait for further connections when all have ended in order. Default `true`. */
  readonly follow?: boolean | undefined;
  /** Hear of connections: what they gave when they end, and what went wrong. */
  readonly onReport?: ((report: SourceReport) => void) | undefined;
  readonly clock?: SourceClock | undefined;
}

interface Position {
  /** Number of the next connection. */
  readonly next: number;
  /** Those of which something is not committed, or more may come: their number, who it is, and the good frames so far. */
  readonly connections: readonly (readonly [number, string, number])[];
}

const looksAfterChange = 3; // a change that comes while a batch is committed is still seen behind the next wait

/** The connections of a source, read in turns as one input. What they give cannot be read again. */
export class ConnectionPool {
  readonly wake: Wake = new Wake();
  readonly clock: SourceClock;
  readonly #name: string;
  readonly #options: ConnectionOptions;
  readonly #format: FrameFormat;
  #connections: ByteConnection[] = [];
  readonly #ended = new Set<ByteConnection>();
  #next = 1;
  #turn = 0;
  #asked = 0;
  #lost = 0;
  #unsettled = 0;
  #outdated = false; // the position names a connection that is over

  constructor(name: string, options: ConnectionOptions) {
    const { format } = options;
    this.#name = name;
    this.#options = options;
    this.#format = format.format === 'frames' ? { ...format, live: true } : format;
    this.clock = options.clock ?? machineTime;
  }

  /** Connections of which more may come. */
  get open(): number {
    return this.#connections.length - this.#ended.size;
  }

  /** Whether all that was sent has been taken, everybody who sent something is still there, and nobody is inside of a frame. */
  get caughtUp(): boolean {
    if (this.#lost > 0 || this.#unsettled > 0 || this.open === 0) return false;
    return this.#connections.every((connection) => this.#ended.has(connection) || connection.settled);
  }

  /** Whether one that gave frames broke, and none came in its place. */
  get lost(): boolean {
    return this.#lost > 0;
  }

  report(code: Code | null, message: string): void {
    this.#options.onReport?.({ source: this.#name, code, message });
  }

  begin(position: string | null): void {
    this.#asked = this.clock.now();
    if (position === null) return;
    const { next, connections } = JSON.parse(position) as Position;
    this.#next = next;
    this.#outdated = connections.length > 0;
    for (const [id, peer, frames] of connections) {
      const message = `connection ${id} with ${peer} was open when the last run ended: ${frames} frames of it are committed`;
      this.report('CONNECTION_GAP', `${message}; what it sent behind them has to be sent again`);
    }
  }

  add(stream: Readable, peer: string): ByteConnection {
    const connection = new ByteConnection(this.#next++, peer, stream, this.#format, this.wake.now);
    this.#connections.push(connection);
    this.#lost = Math.max(0, this.#lost - 1);
    this.#unsettled = looksAfterChange;
    this.wake.now();
    return connection;
  }

  read(limit: ReadLimit): SourceRead | null {
    const now = this.clock.now();
    for (const connection of this.#connections) connection.elapse(now - this.#asked, this.#options);
    this.#asked = now;
    const frames = this.#take(limit);
    for (const connection of this.#connections) {
      if (!connection.finished || this.#ended.has(connection)) continue;
      this.#ended.add(connection);
      this.#unsettled = looksAfterChange;
      if (connection.broken !== null && connection.frames > 0) this.#lost++;
    }
    if (frames.length === 0) {
      this.#unsettled = Math.max(0, this.#unsettled - 1);
      this.#forget();
      if (!this.#outdated) return null; // else where it stands has changed without a frame
    }
    this.#outdated = false;
    const heard = this.#connections.filter((connection) => connection.frames > 0);
    const connections = heard.map(({ id, peer, frames: count }) => [id, peer, count] as const);
    const position: Position = { next: this.#next, connections };
    return { frames, position: JSON.stringify(position), range: null };
  }

  committed(position: string): void {
    const { connections } = JSON.parse(position) as Position;
    const counts = new Map(connections.map(([id, , frames]) => [id, frames]));
    for (const connection of this.#connections) {
      connection.committed = Math.max(connection.committed, counts.get(connection.id) ?? 0);
    }
    this.#forget();
  }

  close(): void {
    for (const connection of this.#connections) {
      connection.close();
      const { id, peer, frames, committed } = connection;
      const message = `connection ${id} with ${peer} was closed: ${frames} frames received, ${committed} committed`;
      this.report(frames > committed ? 'CONNECTION_GAP' : null, message);
    }
    this.#connections = [];
    this.#ended.clear();
  }

  #take(limit: ReadLimit): SourceFrame[] {
    const date = this.clock.date();
    const taken: SourceFrame[][] = [];
    let { frames, bytes } = limit;
    for (let left = this.#connections.length; left > 0 && frames > 0 && bytes > 0; left--) {
      const connection = this.#connections[this.#turn++ % this.#connections.length];
      const given = connection?.take({ frames, bytes }, () => date) ?? [];
      taken.push(given);
      frames -= given.length;
      for (const frame of given) bytes -= frame.bytes.length;
    }
    return taken.length === 1 ? (taken[0] ?? []) : taken.flat();
  }

  /** Take leave of connections that ended and are committed. */
  #forget(): void {
    for (const connection of this.#ended) {
      const { id, peer, frames, committed, garbage, broken } = connection;
      if (committed < frames) continue;
      this.#outdated ||= frames > 0;
      this.#ended.delete(connection);
      this.#connections.splice(this.#connections.indexOf(connection), 1);
      const bad = garbage === 0 ? '' : `; ${garbage} bytes are no frames and went to quarantine`;
      const counts = `${frames} frames received, ${committed} committed${bad}`;
      const heard = frames > 0 || garbage > 0;
      const how = broken === null ? 'ended' : `broke${garbage > 0 ? ', not between two frames' : ''} (${broken})`;
      this.report(
        broken !== null && heard ? 'CONNECTION_LOST' : null,
        `connection ${id} with ${peer} ${how}: ${counts}`,
      );
    }
  }
}
