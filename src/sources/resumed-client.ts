import { connect, type Socket } from 'node:net';
import type { Code } from '../errors.ts';
import type { FrameFormat } from '../frames/framer.ts';
import { checkedTcpAddress, type TcpAddress } from '../settings/tcp-address.ts';
import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../streams/source.ts';
import { type FramePlace, inputStart, PlacedFramer } from './placed-framer.ts';
import { machineTime, type SourceClock } from './source-clock.ts';
import type { SourceReport } from './source-report.ts';
import { Wake } from './wake.ts';

/** Who keeps a stream of frames, and sends it from any place on. */
export interface ResumedClientOptions {
  /** `HOST:PORT`. On this machine, unless others are allowed. */
  readonly connect: string;
  /** Whether the address may be that of another machine. Default `false`. */
  readonly allowRemote?: boolean | undefined;
  readonly format: FrameFormat;
  /** Stays the same over restarts. Default: `tcp` and the address. */
  readonly name?: string | undefined;
  /** Whether there may be more when the other side has ended two connections in a row in order, at the same byte. Default `true`. */
  readonly follow?: boolean | undefined;
  /** Hear of connections. */
  readonly onReport?: ((report: SourceReport) => void) | undefined;
  readonly clock?: SourceClock | undefined;
}

const keepAlive = 15_000; // milliseconds of silence after which the other side is asked whether it is still there
const answerIn = 10_000; // milliseconds
const shortestWait = 100; // milliseconds before the next attempt: twice as long after each that came to nothing
const longestWait = 10_000;
const mostGarbage = 1 << 20; // bytes in a row: then this is no sender of frames
const mostUnread = 1 << 16; // bytes of acknowledgements that the other side has not read

/**
 * Read the frames of a stream that the other side keeps, each exactly once over lost connections and restarts.
 *
 * Both sides count the bytes of the stream from its beginning. On each connection this side says `resume N` on a line, and the other side sends the stream
 * from its byte N on. After each commit this side says `committed N`: what lies before N is not asked for again. The other side says nothing but the
 * stream. It is asked for what lies behind the last commit, so frames that were taken are committed before the next connection is made.
 *
 * It is `disconnected` while there is no connection, and inside of a frame. Each partition has a connection of its own. Throws USAGE.
 */
export function resumedClient(options: ResumedClientOptions): Source {
  return new ResumedClient(options);
}

class ResumedClient implements Source {
  readonly name: string;
  readonly #options: ResumedClientOptions;
  readonly #address: TcpAddress;
  readonly #format: FrameFormat;
  readonly #clock: SourceClock;
  readonly #wake = new Wake();
  /** Where the next frame is, and where that is for which the commit was heard of. */
  #taken: FramePlace = inputStart;
  #committed: FramePlace = inputStart;
  #socket: Socket | null = null;
  /** `null` until the other side was told where to begin. */
  #framer: PlacedFramer | null = null;
  #over = false;
  #broken: string | null = null;
  #drained = false;
  #worked = false;
  /** Byte of the stream behind what came, and where the connection before ended in order; −1: it did not. */
  #reached = 0;
  #endedAt = -1;
  #garbage = 0;
  #asked = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #wait = shortestWait;
  #ended = false;

  constructor(options: ResumedClientOptions) {
    const { format } = options;
    this.name = options.name ?? `tcp ${options.connect}`;
    this.#options = options;
    this.#address = checkedTcpAddress(options.connect, options.allowRemote);
    this.#format = format.format === 'frames' ? { ...format, live: true } : format;
    this.#clock = options.clock ?? machineTime;
  }

  get status(): SourceStatus {
    if (this.#ended) return 'ended';
    return this.#framer !== null && this.#drained && this.#framer.settled ? 'caught-up' : 'disconnected';
  }

  open(position: string | null): void {
    if (position !== null) this.#taken = JSON.parse(position) as FramePlace;
    this.#committed = this.#taken;
  }

  read(limit: ReadLimit): SourceRead | null {
    this.#attend();
    const framer = this.#framer;
    if (framer === null) return null;
    const date = this.#clock.date();
    const frames = framer.read(limit, this.#more, false, () => date);
    if (frames.length > 0) {
      this.#taken = framer.place;
      this.#look(frames);
      return { frames, position: JSON.stringify(this.#taken), range: null };
    }
    if (this.#over && this.#drained) this.#leave(this.#isEnd);
    return null;
  }

  ready(): Promise<void> {
    return this.#wake.next();
  }

  committed(position: string): void {
    const { base } = this.#committed;
    this.#committed = JSON.parse(position) as FramePlace;
    const socket = this.#framer === null ? null : this.#socket;
    if (socket === null || this.#committed.base === base || socket.writableLength > mostUnread) return;
    socket.write(`committed ${this.#committed.base}\n`);
  }

  close(): void {
    this.#ended = true;
    this.#socket?.destroy();
  }

  readonly #more = (): Uint8Array | null => {
    const chunk = (this.#socket?.read() ?? null) as Uint8Array | null;
    this.#drained = chunk === null;
    this.#reached += chunk?.length ?? 0;
    return chunk;
  };

  /** Look after the connection. All of it happens when the source is asked: nobody is called whose frames would not be read. */
  #attend(): void {
    if (this.#ended) return;
    const now = this.#clock.now();
    if (this.#socket === null && now >= this.#retryAt && this.#isCommitted) this.#connect(now);
    else if (this.#socket?.connecting === true && now - this.#asked > answerIn) {
      this.#socket.destroy(new Error(`no answer in ${answerIn} ms`));
    }
  }

  // A process that dies ends its connections in order, too, but hardly twice at the same byte. If so, the next run goes on there: nothing of an
  // unfinished frame is taken.
  get #isEnd(): boolean {
    return this.#options.follow === false && this.#broken === null && this.#reached === this.#endedAt;
  }

  get #isCommitted(): boolean {
    return this.#taken.base === this.#committed.base && this.#taken.skip === this.#committed.skip;
  }

  #connect(now: number): void {
    const socket = connect({ ...this.#address, keepAlive: true, keepAliveInitialDelay: keepAlive });
    this.#asked = now;
    this.#socket = socket;
    this.#over = false;
    this.#broken = null;
    this.#drained = false;
    this.#worked = false;
    const isCurrent = (): boolean => this.#socket === socket && !this.#ended;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (isCurrent()) this.#broken ??= error.code ?? error.message;
    });
    socket.on('readable', this.#wake.now);
    socket.once('connect', () => {
      if (!isCurrent()) return;
      const { base } = this.#taken;
      this.#framer = new PlacedFramer(this.#format, this.#taken);
      this.#reached = base;
      this.#report(null, `connected with ${this.#options.connect}, from byte ${base} on`);
      socket.write(`resume ${base}\n`);
      this.#wake.now();
    });
    for (const event of ['end', 'close']) {
      socket.on(event, () => {
        if (!isCurrent()) return;
        this.#over = true;
        if (event === 'close' && this.#framer === null) this.#leave(false);
        this.#wake.now();
      });
    }
  }

  /** The connection is over, and all that came of it was taken. What it had sent of an unfinished frame comes again. */
  #leave(isEnd: boolean): void {
    this.#endedAt = this.#broken === null && this.#framer !== null ? this.#reached : -1;
    this.#socket?.destroy();
    this.#socket = null;
    this.#framer = null;
    if (this.#ended) return;
    if (isEnd) {
      this.#ended = true;
      return;
    }
    if (this.#worked) this.#wait = shortestWait;
    // Said once an outage, not once an attempt.
    if (this.#wait === shortestWait) {
      const how = this.#broken ?? 'it ended';
      this.#report(
        'CONNECTION_LOST',
        `no connection with ${this.#options.connect} (${how}); nothing is lost: it is resumed`,
      );
    }
    this.#retryAt = this.#clock.now() + this.#wait;
    if (!this.#worked) this.#wait = Math.min(longestWait, 2 * this.#wait);
  }

  /** Break the connection with one who sends nothing but garbage. */
  #look(frames: readonly SourceFrame[]): void {
    for (const { bytes, garbage } of frames) {
      this.#garbage = garbage === undefined ? 0 : this.#garbage + bytes.length;
      this.#worked ||= garbage === undefined;
    }
    if (this.#garbage <= mostGarbage) return;
    this.#garbage = 0;
    this.#worked = false;
    this.#broken ??= 'nothing but garbage came';
    this.#over = true;
    this.#socket?.destroy();
  }

  #report(code: Code | null, message: string): void {
    this.#options.onReport?.({ source: this.name, code, message });
  }
}
