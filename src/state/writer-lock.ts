import { statSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { OverpunchError } from '../errors.ts';
import { checkLmdbFile } from './check-lmdb-file.ts';
import { stateError } from './lmdb-error.ts';
import { makeFolders } from './make-folders.ts';

/** Held by the one writer of a folder of state. */
export interface WriterLock {
  release(): Promise<void>;
}

/**
 * Take the right to write to a folder of state, or throw STATE_LOCKED.
 *
 * Whoever has the right is the only reader of an empty LMDB environment, `writer`, in that folder. The locks of the operating system behind
 * LMDB's table of readers end with their process, however it ends: a killed writer locks nobody out, no process number is mistaken for
 * another, and it holds between threads and containers too. Of two writers that start in the same moment both may be refused.
 */
export function takeWriterLock(path: string): WriterLock {
  const folder = join(path, 'writer');
  const file = join(folder, 'data.mdb');
  try {
    makeFolders(folder, 0o700);
    if (statSync(file, { throwIfNoEntry: false }) !== undefined) checkLmdbFile(file);
    const options = {
      encoding: 'binary' as const,
      keyEncoding: 'binary' as const,
      mapSize: 1 << 16,
      maxDbs: 1,
      maxReaders: 126,
      noSubdir: false,
      overlappingSync: false,
      permissionsMode: 0o600,
    };
    const environment = open(`${folder}/`, options);
    const reading = environment.useReadTransaction();
    const others = readers(environment.readerList());
    others.splice(others.indexOf(process.pid), 1);
    const release = async (): Promise<void> => {
      reading.done();
      await environment.close();
    };
    if (others.length === 0) return { release };
    void release();
    throw new OverpunchError('STATE_LOCKED', `process ${others.join(', ')} writes to ${path}`, {
      hint: 'stop it, or choose another folder; commands that only read may run beside it',
    });
  } catch (error) {
    throw stateError(error, `cannot become the writer of ${path}`, file);
  }
}

/** The process numbers in LMDB's list of readers: `  PID THREAD TRANSACTION` on each line but the first. */
function readers(list: string): number[] {
  return [...list.matchAll(/^\s*(\d+) /gm)].map(([, pid]) => Number(pid));
}
