import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EEXIST: 'is there already, as a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is no folder',
  ENOSPC: 'the disk is full',
  EMFILE: 'too many open files',
  ELOOP: 'too many links',
  EROFS: 'the file system is read-only',
  EXDEV: 'is on another file system',
  ENAMETOOLONG: 'the name is too long',
};

/** Make the coded error of a failed read or write; one that is coded already stays as it is. */
export function ioError(file: string, error: unknown): OverpunchError {
  if (error instanceof OverpunchError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new OverpunchError('IO', `${printable(file)}: IO: ${printable(reason)}`, { cause: error });
}
