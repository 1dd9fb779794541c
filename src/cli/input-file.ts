import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ioError } from './io-error.ts';
import { notePipe } from './named-pipes.ts';

/** Bytes of a file that are read at a time. */
export const chunkBytes: number = 128 * 1024;

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
      chunks: () => guarded(name, () => createReadStream(name, { highWaterMark: chunkBytes })),
    };
  } catch (error) {
    throw ioError(name, error);
  }
}

async function* guarded(name: string, open: () => AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of open()) yield chunk as Uint8Array;
  } catch (error) {
    throw ioError(name, error);
  }
}
