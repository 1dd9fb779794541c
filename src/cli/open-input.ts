import { closeSync, openSync, readSync } from 'node:fs';
import { ioError } from '../settings/io-error.ts';
import type { InputFile } from './input-file.ts';
import { sampleLength } from './record-run.ts';

/** A file of known size that is open for reading anywhere in it. */
export interface OpenInput {
  readonly input: InputFile;
  readonly descriptor: number;
}

/** Read so many bytes of a file from an offset on, fewer only where it ends. Throws `IO`. */
export function readAt({ input, descriptor }: OpenInput, into: Uint8Array, position: number): number {
  return attempt(input, () => {
    let done = 0;
    while (done < into.length) {
      const got = readSync(descriptor, into, done, into.length - done, position + done);
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
