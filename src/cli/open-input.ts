import { closeSync, openSync, readSync } from 'node:fs';
import { ioError } from '../settings/io-error.ts';
import type { InputFile } from './input-file.ts';
import { sampleLength } from './record-run.ts';

/** A file of known size that is open for reading anywhere in it. */
export interface OpenInput {
  readonly input: InputFile;
  readonly descriptor: number;
}

/**
 * Read the bytes of a file from a position on to a part of memory, fewer than it has room for only where the file ends. Without a part it
 * is all of `into`. Throws `IO`.
 */
export function readAt(
  { input, descriptor }: OpenInput,
  into: Uint8Array,
  position: number,
  at = 0,
  length: number = into.length,
): number {
  return attempt(input, () => {
    let done = 0;
    while (done < length) {
      const got = readSync(descriptor, into, at + done, length - done, position + done);
      if (got === 0) break;
      done += got;
    }
    return done;
  });
}

/** Read the first bytes of a file: enough to tell what it is. Throws `IO`. */
export function readStart(file: OpenInput): Uint8Array {
  const start = new Uint8Array(sampleLength);
  return start.subarray(0, readAt(file, start, 0));
}

/** Open a file for a while. Throws `IO`. */
export async function withOpenInput<T>(input: InputFile, work: (file: OpenInput) => Promise<T>): Promise<T> {
  const descriptor = attempt(input, () => openSync(input.name, 'r'));
  try {
    return await work({ input, descriptor });
  } finally {
    closeSync(descriptor);
  }
}

function attempt<T>({ name }: InputFile, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ioError(name, error);
  }
}
