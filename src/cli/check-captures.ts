import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { isGzip } from '../frames/gunzip.ts';
import { ioError } from '../settings/io-error.ts';
import { fileMarks } from '../sources/file-marks.ts';

const standardInput = 0;

/** Look at captures before anything is made, and give their paths without links; `-` is standard input. Throws USAGE and IO. */
export function checkCaptures(files: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return files.map((file) => {
    const path = file === '-' ? checkInput() : checkFile(file);
    const marks = file === '-' ? [file] : fileMarks(path);
    if (marks.some((mark) => seen.has(mark))) {
      throw new OverpunchError('USAGE', `${printable(file)} is given twice: every frame of it would come twice`, {
        hint: 'name each capture once',
      });
    }
    for (const mark of marks) seen.add(mark);
    return path;
  });
}

function checkFile(file: string): string {
  try {
    const path = realpathSync(file);
    if (!statSync(path).isFile()) {
      throw new OverpunchError('IO', `${printable(file)}: IO: is no regular file`, {
        hint: 'a capture is read again after a restart, which only files allow',
      });
    }
    const descriptor = openSync(path, 'r');
    try {
      refusePacked(file, descriptor);
    } finally {
      closeSync(descriptor);
    }
    return path;
  } catch (error) {
    throw ioError(file, error);
  }
}

function checkInput(): string {
  const kind = fstatSync(standardInput);
  if (kind.isDirectory()) throw new OverpunchError('IO', 'standard input: IO: is a folder');
  if (kind.isFile()) refusePacked('standard input', standardInput);
  return '-';
}

function refusePacked(name: string, descriptor: number): void {
  const start = new Uint8Array(16);
  if (!isGzip(start.subarray(0, readSync(descriptor, start, 0, start.length, 0)))) return;
  throw new OverpunchError('USAGE', `${printable(name)} is compressed`, { hint: 'unpack it first: gunzip -k FILE' });
}
