import { connect, type Socket } from 'node:net';
import type { TcpAddress } from '../settings/tcp-address.ts';

const answerIn = 10_000; // milliseconds
const keepAlive = 15_000; // milliseconds of silence after which the other side is asked whether it is still there
const longestAnswer = 64; // bytes: a number and the end of its line
const endIn = 1000; // milliseconds

/** A connection on which bytes are sent and lines come back, one exchange at a time. It fails once and for all. */
export class OutgoingConnection {
  readonly #socket: Socket;
  #failure: Error | null = null;
  #answer = '';
  #expected: string | null = null;
  #settle: ((error: Error | null) => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data: Buffer) => this.#hear(data));
    socket.on('error', (error) => this.#fail(error));
    socket.on('end', () => this.#fail(new Error('the other side ended it')));
    socket.on('close', () => this.#fail(new Error('it was closed')));
  }

  /** Connect. Rejects with what comes in the way, at the latest after ten seconds. */
  static open(address: TcpAddress, signal: AbortSignal): Promise<OutgoingConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ ...address, keepAlive: true, keepAliveInitialDelay: keepAlive, noDelay: true });
      const timer = setTimeout(() => socket.destroy(new Error(`no answer in ${answerIn} ms`)), answerIn);
      const abort = (): void => void socket.destroy(signal.reason as Error);
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort);
      socket.once('error', reject);
      socket.once('close', settle);
      socket.once('connect', () => {
        settle();
        resolve(new OutgoingConnection(socket));
      });
    });
  }

  /** Send bytes; resolves when the expected line has come back, or, where none is, when the system has taken all of them. */
  send(bytes: Uint8Array, expected: string | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      const abort = (): void => this.#fail(signal.reason as Error);
      signal.addEventListener('abort', abort, { once: true });
      this.#expected = expected;
      this.#settle = (error) => {
        this.#settle = null;
        this.#expected = null;
        signal.removeEventListener('abort', abort);
        if (error === null) resolve();
        else reject(error);
      };
      this.#socket.write(bytes, (error) => {
        if (error !== null && error !== undefined) this.#fail(error);
        else if (expected === null) this.#settle?.(null);
      });
    });
  }

  /** Let what was sent arrive, and end it. */
  end(): Promise<void> {
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#socket.destroy(), endIn);
      this.#socket.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#socket.end();
    });
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Take what comes back. Where nothing is expected it is of no interest. */
  #hear(data: Buffer): void {
    if (this.#expected === null) return;
    this.#answer += data.toString('latin1', 0, longestAnswer);
    const end = this.#answer.indexOf('\n');
    if (end < 0 && this.#answer.length < longestAnswer) return;
    const answer = (end < 0 ? this.#answer : this.#answer.slice(0, end)).trim();
    this.#answer = '';
    if (answer === this.#expected) this.#settle?.(null);
    else this.#fail(new Error(`${JSON.stringify(answer)} came back instead of ${this.#expected}`));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#socket.destroy();
    this.#settle?.(this.#failure);
  }
}
