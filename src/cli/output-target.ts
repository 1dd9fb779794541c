import { fstatSync, rmSync, type Stats } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat } from 'node:fs/promises';
import { ioError } from '../settings/io-error.ts';
import { ClosedPipe } from './closed-pipe.ts';
import { notePipe } from './named-pipes.ts';
import { keepTrack, loseTrack } from './temporary-files.ts';
import { writeWhole } from './write-whole.ts';

/** Somewhere bytes are written to. */
export interface OutputTarget {
  /** The same as an open file that other threads may write to at once, taking turns; absent where a write may have to wait. */
  readonly shared?: SharedFile | null;
  /** Write all of the bytes; resolves when there is room for more. Throws `IO`, and ClosedPipe when nobody reads any more. */
  write(bytes: Uint8Array): Promise<void>;
  /** Finish: a file appears under its name, complete. */
  commit(): Promise<void>;
  /** Give up: a file does not appear, what was there before stays. */
  abandon(): Promise<void>;
}

/** An open file that does not make whoever writes to it wait. */
export interface SharedFile {
  readonly descriptor: number;
  /** Make the error of a write what `write` throws for it. */
  failure(error: unknown): Error;
}

/** Write to standard output. */
export function standardOutput(): OutputTarget {
  const name = 'standard output';
  return {
    get shared(): SharedFile | null {
      return fstatSync(1).isFile() ? sharedFile(name, 1) : null;
    },
    write: (bytes) =>
      new Promise((resolve, reject) => {
        process.stdout.write(bytes, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(hungUp(error) ? new ClosedPipe() : ioError(name, error));
        });
      }),
    commit: async () => undefined,
    abandon: async () => undefined,
  };
}

/**
 * Write to a file that appears when it is complete: beside it first, as `FILE.part-…`, then renamed.
 *
 * A device, a pipe or a socket is written to as it is: renaming a file over it would replace it.
 */
export async function outputFile(file: string): Promise<OutputTarget> {
  if (file === '-' || file === '/dev/stdout') return standardOutput();
  try {
    const there = await stat(file).catch(absent);
    notePipe(there);
    if (there?.isDirectory() === true) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (there !== null && !there.isFile()) {
      const handle = await open(file, 'w');
      return direct(file, handle, mayWait(there) || (await isTerminal(handle)));
    }
    // Whoever follows a link to the file finds the new one: it is the link's target that is replaced.
    const target = there === null ? file : await realpath(file);
    // What the kernel names so is a file that someone holds open: renaming would pull it away.
    if (/^\/(?:dev|proc)\//.test(file)) return direct(file, await open(file, 'a'), false);
    return await beside(file, target, there === null ? 0o666 : there.mode & 0o777);
  } catch (error) {
    throw ioError(file, error);
  }
}

async function beside(file: string, target: string, mode: number): Promise<OutputTarget> {
  const { randomBytes } = await import('node:crypto'); // most output goes to standard output
  const part = `${target}.part-${process.pid}-${randomBytes(4).toString('hex')}`;
  keepTrack(part);
  const handle = await open(part, 'wx', mode);
  return {
    shared: sharedFile(file, handle.fd),
    write: (bytes) => writeAtOnce(file, handle, bytes),
    async commit(): Promise<void> {
      try {
        await handle.datasync(); // a crash must not leave an empty file under the final name
        await handle.close();
        await rename(part, target);
        loseTrack(part);
      } catch (error) {
        throw ioError(file, error);
      }
    },
    async abandon(): Promise<void> {
      await handle.close().catch(absent);
      rmSync(part, { force: true });
      loseTrack(part);
    },
  };
}

function direct(file: string, handle: FileHandle, waits: boolean): OutputTarget {
  const write = waits ? writeAll : writeAtOnce;
  return {
    shared: waits ? null : sharedFile(file, handle.fd),
    write: (bytes) => write(file, handle, bytes),
    commit: () => handle.close(),
    abandon: () => handle.close(),
  };
}

/** Whoever reads the other end may take all the time there is, and nothing else must wait for that. */
function mayWait(file: Stats): boolean {
  return file.isFIFO() || file.isSocket();
}

async function isTerminal({ fd }: FileHandle): Promise<boolean> {
  const { isatty } = await import('node:tty');
  return isatty(fd);
}

function sharedFile(file: string, descriptor: number): SharedFile {
  return { descriptor, failure: (error) => (hungUp(error) ? new ClosedPipe() : ioError(file, error)) };
}

/** What cannot make us wait is written without a detour through other threads. */
async function writeAtOnce(file: string, handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    writeWhole(handle.fd, bytes);
  } catch (error) {
    throw hungUp(error) ? new ClosedPipe() : ioError(file, error);
  }
}

async function writeAll(file: string, handle: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
  } catch (error) {
    throw hungUp(error) ? new ClosedPipe() : ioError(file, error);
  }
}

function hungUp(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ECONNRESET';
}

function absent(): null {
  return null;
}
