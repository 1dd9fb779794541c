import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { type Code, OverpunchError } from '../errors.ts';

// Numbers of LMDB's own errors, and of the system's, which are positive.
const codesOfNumbers: ReadonlyMap<number, Code> = new Map([
  [-30_797, 'STATE_CORRUPT'], // page not found
  [-30_796, 'STATE_CORRUPT'], // corrupted
  [-30_795, 'STATE_CORRUPT'], // panic, after an earlier error
  [-30_794, 'STATE_CORRUPT'], // version mismatch
  [-30_793, 'STATE_CORRUPT'], // invalid
  [-30_792, 'STATE_FULL'], // map full
  [1, 'STATE_READ_ONLY'], // EPERM
  [13, 'STATE_READ_ONLY'], // EACCES
  [27, 'STATE_FULL'], // EFBIG: a limit on the size of files
  [28, 'STATE_FULL'], // ENOSPC
  [30, 'STATE_READ_ONLY'], // EROFS
  [69, 'STATE_FULL'], // EDQUOT on macOS
  [122, 'STATE_FULL'], // EDQUOT on Linux
]);

const codesOfNames: ReadonlyMap<string, Code> = new Map([
  ['EACCES', 'STATE_READ_ONLY'],
  ['EPERM', 'STATE_READ_ONLY'],
  ['EROFS', 'STATE_READ_ONLY'],
  ['ENOSPC', 'STATE_FULL'],
  ['EDQUOT', 'STATE_FULL'],
  ['EFBIG', 'STATE_FULL'],
  ['ENOENT', 'STATE_GONE'],
  ['ENOTDIR', 'STATE_GONE'],
  ['EEXIST', 'STATE_GONE'], // a file is where the folder should be
]);

const hints: Partial<Record<Code, string>> = {
  STATE_FULL: 'make room on the disk, then start again: it goes on behind the last commit',
  STATE_READ_ONLY:
    'let the user of this process write there (owner, mode, how the disk is mounted), or choose another folder',
  STATE_CORRUPT: 'restore the folder from a backup, or move it away and begin anew',
};

const ioError = 5; // EIO, which LMDB also reports for a write that was cut short

/** Make a coded error of what LMDB or the file system threw; `what` says what was tried. */
export function stateError(error: unknown, what: string, dataFile: string): OverpunchError {
  if (error instanceof OverpunchError) return error;
  const { code: given, message } = error as { readonly code?: unknown; readonly message?: unknown };
  let code: Code = 'IO';
  if (typeof given === 'number') code = codesOfNumbers.get(given) ?? 'IO';
  if (typeof given === 'string') code = codesOfNames.get(given) ?? 'IO';
  if (given === ioError && isFull(dataFile)) code = 'STATE_FULL';
  const hint = hints[code];
  return new OverpunchError(code, `${what}: ${String(message)}`, {
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

/** Find out whether a file cannot grow, by trying: what is behind the last page belongs to nobody. */
function isFull(file: string): boolean {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, 'r+');
    const { size } = fstatSync(descriptor);
    const piece = new Uint8Array(1 << 20); // 1 MiB: less could still fit where a commit did not
    const written = writeSync(descriptor, piece, 0, piece.length, size);
    ftruncateSync(descriptor, size);
    return written < piece.length;
  } catch (error) {
    return codesOfNames.get((error as { readonly code: string }).code) === 'STATE_FULL';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
