import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Read a regular file of at most `limit` bytes; `null` for a larger one. The size is that of the open file, so that it cannot grow in
 * between, and a pipe or device is not waited for.
 *
 * Throws what the file system throws, and an Error for what is no regular file.
 */
export function readBounded(path: string, limit: number): Uint8Array | null {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const status = fstatSync(descriptor);
    if (!status.isFile()) throw new Error('it is no regular file');
    if (status.size > limit) return null;
    const bytes = new Uint8Array(status.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < bytes.length; length += read) {
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
