import { connect, type Socket } from 'node:net';
import type { FrameFormat } from '../../src/frames/framer.ts';
import type { SourceClock } from '../../src/sources/source-clock.ts';
import type { SourceReport } from '../../src/sources/source-report.ts';
import type { ReadLimit, Source } from '../../src/streams/source.ts';

/** Frames that begin with their length in two bytes, of at most 1,000 bytes. */
export const lengths: FrameFormat = {
  format: 'frames',
  header: {
    minimum: 3,
    maximum: 1000,
    lengthAt: (bytes, at) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0),
  },
};

/** A frame of that protocol with a text. */
export function frameOf(text: string): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(2), Buffer.from(text)]);
  bytes.writeUInt16BE(bytes.length);
  return bytes;
}

/** The text of a frame, or the code of what is none. */
export function textOf(frame: {
  readonly bytes: Uint8Array;
  readonly garbage?: { readonly code: string } | undefined;
}): string {
  return frame.garbage?.code ?? Buffer.from(frame.bytes.subarray(2)).toString();
}

/** A clock that only moves when it is told to. */
export class StoppedClock implements SourceClock {
  time = 0;
  now(): number {
    return this.time;
  }
  date(): number {
    return 1_000_000 + this.time;
  }
}

/** Reads a source as a runtime does, and commits what it gives. */
export class LineReader {
  readonly frames: string[] = [];
  readonly times: (number | null)[] = [];
  readonly reports: SourceReport[];
  readonly source: Source;
  position: string | null = null;
  commits = true;

  constructor(source: Source, reports: SourceReport[] = []) {
    this.source = source;
    this.reports = reports;
    source.open(null);
  }

  /** What was reported as codes, `null` for what is only good to know. */
  get codes(): (string | null)[] {
    return this.reports.map(({ code }) => code);
  }

  /** The port of a listener, once it listens. */
  async port(): Promise<number> {
    await this.until(() => this.reports.some(({ message }) => message.startsWith('listening')));
    return Number(/:([0-9]+)$/.exec(this.reports[0]?.message ?? '')?.[1]);
  }

  /** Take what there is now. */
  read(limit: ReadLimit = { frames: 1000, bytes: 1 << 20 }): boolean {
    const read = this.source.read(limit);
    if (read === null) return false;
    this.frames.push(...read.frames.map(textOf));
    this.times.push(...read.frames.map(({ ingested }) => ingested));
    this.position = read.position;
    if (this.commits) this.source.committed?.(read.position);
    return true;
  }

  /** Read until something holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; turn < 10_000; turn++) {
      this.read();
      if (holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    throw new Error(`it never came to that: ${JSON.stringify([this.frames.length, this.source.status, this.reports])}`);
  }

  /** Read until a report with this text comes. */
  untilReport(text: string): Promise<void> {
    return this.until(() => this.reports.some(({ message }) => message.includes(text)));
  }
}

/** Connect to a port of this machine. */
export function connected(port: number, allowHalfOpen = false): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen }, () => resolve(socket));
    socket.on('error', reject);
  });
}

/** Let everything happen that is about to. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Open so many connections at once, and wait until all of them are closed by the other side. */
export async function besiege(port: number, count: number): Promise<void> {
  const tries = Array.from({ length: count }, async () => {
    const socket = await connected(port).catch(() => null);
    if (socket === null) return;
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.on('close', resolve).resume());
  });
  await Promise.all(tries);
}
