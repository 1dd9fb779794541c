import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What makes a file the same file, whatever its name and however it grew: its place on disk and how it begins. */
export interface FileIdentity {
  readonly device: string;
  readonly inode: string;
  /** Bytes of the beginning that were hashed: all it had when it was first seen, at most 4,096. */
  readonly length: number;
  /** SHA-256 of them, in hexadecimal. */
  readonly hash: string;
}

const most = 4096;

/** The identity of an open file as it is seen now. */
export function identityOf(file: number): FileIdentity {
  const { dev, ino, size } = fstatSync(file, { bigint: true });
  const length = Math.min(most, Number(size));
  return { device: String(dev), inode: String(ino), length, hash: hashOf(file, length) };
}

/** Whether an open file is the one of an identity, at least `length` bytes long. */
export function isSameFile(file: number, identity: FileIdentity, length: number): boolean {
  const { dev, ino, size } = fstatSync(file, { bigint: true });
  if (String(dev) !== identity.device || String(ino) !== identity.inode || Number(size) < length) return false;
  return hashOf(file, identity.length) === identity.hash;
}

/** Open a regular file to read it, and no link; `null` when there is none of this name. */
export function openRegular(path: string): number | null {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO') return null;
    throw error;
  }
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  return null;
}

function hashOf(file: number, length: number): string {
  const bytes = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const count = readSync(file, bytes, read, length - read, read);
    if (count === 0) break;
    read += count;
  }
  return createHash('sha256').update(bytes.subarray(0, read)).digest('hex');
}
