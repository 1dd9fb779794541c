import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { ioError } from '../settings/io-error.ts';
import { notePipe } from './named-pipes.ts';

/**
 * Bytes of a file that are read at a time: so many that what JavaScript does around a read counts little, and so few that they stay in
 * the cache of the processor until they are decoded.
 */
export const chunkBytes: number = 512 * 1024;

/** Chunks between looks at what else happens, signals above all. */
export const patience: number = 8;

/** An input that has been looked at but not opened. */
export interface InputFile {
  /** As the user named it; `-` is standard input. */
  readonly name: string;
  /** Bytes, when that can be known. */
  readonly size: number | null;
  /** What tells whether two names are one file; `''` when nothing does. */
  readonly identity: string;
  /** Read it, once. Throws `IO`. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** Look at an input, so that a missing one is known before anything is written. Throws `IO`. */
export async function inputFile(name: string): Promise<InputFile> {
  if (name === '-') return { name, size: null, identity: '', chunks: () => guarded(name, () => process.stdin) };
  try {
    const found = await stat(name);
    notePipe(found);
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    const size = found.isFile() ? found.size : null;
    const identity = `${found.dev}:${found.ino}`;
    return {
      name,
      size,
      identity,
      chunks: () =>
        guarded(name, () =>
          size === null ? createReadStream(name, { highWaterMark: chunkBytes }) : readFile(name, size),
        ),
    };
  } catch (error) {
    throw ioError(name, error);
  }
}

/** Read a file at once, piece by piece: a stream takes longer to start than a small file to read. */
async function* readFile(name: string, size: number): AsyncGenerator<Uint8Array> {
  const descriptor = openSync(name, 'r');
  try {
    for (let chunk = 0; ; chunk++) {
      if (chunk % patience === patience - 1) await setImmediate();
      // A file may have grown meanwhile: it ends where there is nothing more to read.
      const bytes = Buffer.allocUnsafeSlow(chunk === 0 ? Math.min(size + 1, chunkBytes) : chunkBytes);
      const read = readSync(descriptor, bytes);
      if (read === 0) return;
      yield bytes.subarray(0, read);
    }
  } finally {
    closeSync(descriptor);
  }
}

async function* guarded(name: string, open: () => AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of open()) yield chunk as Uint8Array;
  } catch (error) {
    throw ioError(name, error);
  }
}
