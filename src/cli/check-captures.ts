import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { isGzip } from '../frames/gunzip.ts';
import { ioError } from './io-error.ts';

/** Look at captures before anything is made, and give their paths without links. Throws USAGE and IO. */
export function checkCaptures(files: readonly string[]): readonly string[] {
  return files.map((file) => {
    if (file === '-') {
      throw new OverpunchError('USAGE', 'a capture is a file: standard input cannot be read again after a restart', {
        hint: 'write it to a file first',
      });
    }
    try {
      const path = realpathSync(file);
      if (!statSync(path).isFile()) {
        throw new OverpunchError('IO', `${printable(file)}: IO: is no regular file`, {
          hint: 'a capture is read again after a restart, which only files allow',
        });
      }
      if (startsPacked(path)) {
        throw new OverpunchError('USAGE', `${printable(file)} is compressed`, {
          hint: 'unpack it first: gunzip -k FILE',
        });
      }
      return path;
    } catch (error) {
      throw ioError(file, error);
    }
  });
}

function startsPacked(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(16);
    return isGzip(start.subarray(0, readSync(file, start)));
  } finally {
    closeSync(file);
  }
}
