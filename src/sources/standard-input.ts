import { fstatSync } from 'node:fs';
import { OverpunchError } from '../errors.ts';
import type { FrameFormat } from '../frames/framer.ts';
import type { ReadLimit, Source, SourceRead, SourceStatus } from '../streams/source.ts';
import { ByteConnection } from './byte-connection.ts';
import { captureOf } from './capture-file.ts';
import { Wake } from './wake.ts';

/** Standard input as a source. */
export interface StandardInputOptions {
  readonly format: FrameFormat;
  /** Default `stdin`. */
  readonly name?: string | undefined;
  /** Whether frames without a length in front are taken as they come, for input that goes on for long. Default `false`. */
  readonly live?: boolean | undefined;
}

const descriptor = 0;

/** Whether standard input is a file, which can be read again. */
export function isInputFile(): boolean {
  return fstatSync(descriptor).isFile();
}

/**
 * Read the frames of standard input to its end.
 *
 * A file is read from its beginning, each frame exactly once over restarts, by device, inode and its first bytes as in `captureFile`. Anything
 * else is read from where it is: what was sent and not committed when a run ends has to be sent again, and what is sent again comes
 * twice. It can be read by one reader only. Throws IO for a folder.
 */
export function standardInput(options: StandardInputOptions): Source {
  const { name = 'stdin', format, live = false } = options;
  const kind = fstatSync(descriptor);
  if (kind.isDirectory()) throw new OverpunchError('IO', 'standard input is a folder');
  if (kind.isFile()) {
    const access = { name: 'standard input', open: () => descriptor, close: () => undefined };
    return captureOf(access, { name, format });
  }
  return new InputStream(name, live && format.format === 'frames' ? { ...format, live } : format);
}

class InputStream implements Source {
  readonly name: string;
  readonly #format: FrameFormat;
  readonly #wake: Wake = new Wake();
  #connection: ByteConnection | null = null; // made by the first read: a pipeline may be opened only to finish what it has

  constructor(name: string, format: FrameFormat) {
    this.name = name;
    this.#format = format;
  }

  get status(): SourceStatus {
    if (this.#connection?.finished === true) return 'ended';
    return this.#connection?.settled === true ? 'caught-up' : 'disconnected';
  }

  open(): void {}

  read(limit: ReadLimit): SourceRead | null {
    this.#connection ??= new ByteConnection(1, this.name, process.stdin, this.#format, this.#wake.now);
    const frames = this.#connection.take(limit, (piece) => (piece.kind === 'record' ? (piece.time ?? null) : null));
    if (frames.length === 0) return null;
    return { frames, position: String(this.#connection.frames), range: null };
  }

  ready(): Promise<void> {
    return this.#wake.next();
  }

  close(): void {
    this.#connection?.close();
  }
}
