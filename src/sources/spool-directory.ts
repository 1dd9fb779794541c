import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameFormat } from '../frames/framer.ts';
import { ioError } from '../settings/io-error.ts';
import { makeFolders } from '../state/make-folders.ts';
import type { ReadLimit, Source, SourceFrame, SourceRead, SourceStatus } from '../streams/source.ts';
import { type FileIdentity, identityOf, isSameFile, openRegular } from './file-identity.ts';
import { FrameFile } from './frame-file.ts';
import { type FramePlace, inputStart } from './placed-framer.ts';

/** A directory as a source: every file that is put there is read once. */
export interface SpoolDirectoryOptions {
  readonly path: string;
  readonly format: FrameFormat;
  /** Default: the path. */
  readonly name?: string | undefined;
  /** Where files go when all of them is committed; on the same file system. Default: `done` below the directory. */
  readonly done?: string | undefined;
  /** Whether to wait for further files. Default `true`. */
  readonly follow?: boolean | undefined;
}

interface SpoolFile {
  readonly name: string;
  readonly file: FileIdentity;
}

interface Position {
  /** The file that is read, and how far. */
  readonly current: (SpoolFile & { readonly place: FramePlace }) | null;
  /** Files that are read, and perhaps not moved yet. */
  readonly done: readonly SpoolFile[];
}

interface Range extends SpoolFile {
  readonly place: FramePlace;
  readonly count: number;
}

/**
 * Read the files of a directory in the order of their names, each exactly once over restarts, and move each away when all of it is
 * committed. Files arrive by being renamed into the directory; links, directories, names with a leading full stop and names that end with
 * `.part` or `.tmp` are passed over. The end of a file is not the end of the input.
 */
export function spoolDirectory(options: SpoolDirectoryOptions): Source {
  return new SpoolDirectory(options, 0, new SpoolVotes(1));
}

/** Let each of several partitions read all files of a directory. A file is moved away when all of it is committed by all of them. */
export function sharedSpoolDirectory(options: SpoolDirectoryOptions, partitions: number): readonly Source[] {
  const votes = new SpoolVotes(partitions);
  return Array.from({ length: partitions }, (_unused, partition) => new SpoolDirectory(options, partition, votes));
}

class SpoolDirectory implements Source {
  readonly name: string;
  readonly #path: string;
  readonly #donePath: string;
  readonly #format: FrameFormat;
  readonly #follow: boolean;
  #waiting: string[] = [];
  #current: { entry: SpoolFile; file: number; frames: FrameFile } | null = null;
  #done: readonly SpoolFile[] = [];
  #status: SourceStatus = 'reading';
  #again: { entry: SpoolFile; file: number; frames: FrameFile } | null = null;
  readonly #partition: number;
  readonly #votes: SpoolVotes;

  constructor(options: SpoolDirectoryOptions, partition: number, votes: SpoolVotes) {
    this.#partition = partition;
    this.#votes = votes;
    this.name = options.name ?? options.path;
    this.#path = options.path;
    this.#donePath = options.done ?? join(options.path, 'done');
    this.#format = options.format;
    this.#follow = options.follow ?? true;
  }

  get status(): SourceStatus {
    return this.#status;
  }

  open(position: string | null): void {
    try {
      makeFolders(this.#donePath, 0o700);
    } catch (error) {
      throw ioError(this.#donePath, error);
    }
    if (position === null) return;
    const { current, done } = JSON.parse(position) as Position;
    this.#done = done;
    const file = current === null ? null : this.#find(current);
    if (current === null || file === null) return;
    const { name, file: identity, place } = current;
    const frames = new FrameFile(file, this.#format, place, null);
    this.#current = { entry: { name, file: identity }, file, frames };
  }

  read(limit: ReadLimit): SourceRead | null {
    for (;;) {
      if (this.#current === null && !this.#begin()) {
        this.#status = this.#follow ? 'caught-up' : 'ended';
        return null;
      }
      const current = this.#current;
      if (current === null) return null;
      this.#status = 'reading';
      const { entry, frames: reader } = current;
      const place = reader.place;
      const frames = reader.read(limit, true);
      if (frames.length > 0) {
        const range: Range = { ...entry, place, count: frames.length };
        return { frames, position: this.#position(), range: JSON.stringify(range) };
      }
      closeSync(current.file);
      this.#current = null;
      this.#done = [...this.#done, entry];
      return { frames: [], position: this.#position(), range: null };
    }
  }

  committed(position: string): void {
    const { done } = JSON.parse(position) as Position;
    const moved = done.filter((entry) => {
      if (!this.#isThere(entry)) return true; // moved, perhaps before a crash
      if (!this.#votes.add(this.#partition, entry)) return false;
      this.#moveAway(entry);
      return true;
    });
    if (moved.length > 0) syncDirectories(this.#donePath, this.#path);
    this.#done = this.#done.filter((entry) => !moved.some((other) => sameEntry(other, entry)));
  }

  again(range: string): SourceFrame[] {
    const { name, file: identity, place, count } = JSON.parse(range) as Range;
    const entry = { name, file: identity };
    const open = this.#again;
    if (open === null || !sameEntry(open.entry, entry) || !samePlace(open.frames.place, place)) {
      this.#closeAgain();
      const file = this.#find(entry);
      if (file === null) return [];
      this.#again = { entry, file, frames: new FrameFile(file, this.#format, place, null) };
    }
    return this.#again?.frames.read({ frames: count, bytes: Number.POSITIVE_INFINITY }, true) ?? [];
  }

  close(): void {
    this.#closeAgain();
    if (this.#current !== null) closeSync(this.#current.file);
    this.#current = null;
  }

  #position(): string {
    const current = this.#current;
    const reading = current === null ? null : { ...current.entry, place: current.frames.place };
    return JSON.stringify({ current: reading, done: this.#done } satisfies Position);
  }

  /** Open the next file that was not read yet. */
  #begin(): boolean {
    if (this.#waiting.length === 0) this.#waiting = namesIn(this.#path).filter(isReady).sort().reverse();
    for (let name = this.#waiting.pop(); name !== undefined; name = this.#waiting.pop()) {
      const file = openRegular(join(this.#path, name));
      if (file === null) continue;
      if (this.#done.some((entry) => isSameFile(file, entry.file, 0))) {
        closeSync(file);
        continue;
      }
      const frames = new FrameFile(file, this.#format, inputStart, null);
      this.#current = { entry: { name, file: identityOf(file) }, file, frames };
      return true;
    }
    return false;
  }

  /** Open a file wherever it is by now. */
  #find({ name, file: identity }: SpoolFile): number | null {
    const moved = namesIn(this.#donePath).filter((other) => other === name || other.startsWith(`${name}.`));
    for (const path of [join(this.#path, name), ...moved.map((other) => join(this.#donePath, other))]) {
      const file = openRegular(path);
      if (file === null) continue;
      if (isSameFile(file, identity, 0)) return file;
      closeSync(file);
    }
    return null;
  }

  #isThere({ name, file: identity }: SpoolFile): boolean {
    const file = openRegular(join(this.#path, name));
    if (file === null) return false;
    const same = isSameFile(file, identity, 0);
    closeSync(file);
    return same;
  }

  #moveAway({ name }: SpoolFile): void {
    const path = join(this.#path, name);
    let target = join(this.#donePath, name);
    for (let number = 1; existsSync(target); number++) target = join(this.#donePath, `${name}.${number}`);
    try {
      renameSync(path, target);
    } catch (error) {
      throw ioError(target, error);
    }
  }

  #closeAgain(): void {
    if (this.#again !== null) closeSync(this.#again.file);
    this.#again = null;
  }
}

/** Which partitions have committed all of a file. They are asked again after a restart, so it need not be kept. */
class SpoolVotes {
  readonly #partitions: number;
  readonly #votes = new Map<string, Set<number>>();

  constructor(partitions: number) {
    this.#partitions = partitions;
  }

  /** Whether all have by now. */
  add(partition: number, { name, file: { device, inode, hash } }: SpoolFile): boolean {
    const file = `${device} ${inode} ${hash} ${name}`;
    const votes = (this.#votes.get(file) ?? new Set()).add(partition);
    const all = votes.size === this.#partitions;
    if (all) this.#votes.delete(file);
    else this.#votes.set(file, votes);
    return all;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw ioError(folder, error);
  }
}

function isReady(name: string): boolean {
  return !name.startsWith('.') && !name.endsWith('.part') && !name.endsWith('.tmp');
}

function sameEntry(one: SpoolFile, other: SpoolFile): boolean {
  const { device, inode, hash } = one.file;
  return (
    one.name === other.name && device === other.file.device && inode === other.file.inode && hash === other.file.hash
  );
}

function samePlace(one: FramePlace, other: FramePlace): boolean {
  return one.base === other.base && one.skip === other.skip;
}

function syncDirectories(...paths: string[]): void {
  for (const path of paths) {
    const directory = openSync(path, 'r');
    fsyncSync(directory);
    closeSync(directory);
  }
}
