import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OverpunchError } from '../../errors.ts';
import type { Environment } from '../../state/environment.ts';
import { makeFolders } from '../../state/make-folders.ts';
import { openLmdbEnvironment } from '../../state/open-lmdb-environment.ts';
import { checkFreeFolder, nextManifest } from './check-free-folder.ts';

/** What a data directory is to be. */
export interface DataDirectoryOptions {
  /** Only look into it: it has to exist, and may have a writer. Default `false`. */
  readonly readOnly?: boolean | undefined;
  /** How many partitions it has; when it is new, default 1. */
  readonly partitions?: number | undefined;
  /** Hashes of what its state depends on, by name: a pipeline, its catalog. */
  readonly hashes?: Readonly<Record<string, string>> | undefined;
}

/** A folder with one environment per partition, each opened when it is asked for first. */
export interface DataDirectory {
  readonly path: string;
  readonly partitions: number;
  /** The environment of a partition. Throws STATE_LOCKED when somebody else writes to it. */
  partition(number: number): Environment;
  close(): Promise<void>;
}

/** A data directory that is opened whatever it was made for, to close what is open in it. */
export interface DrainableDirectory extends DataDirectory {
  /** The hashes it was made with, by name. */
  readonly hashes: Readonly<Record<string, string>>;
  /**
   * Forget what it was made for, so that it can be opened for anything, with at least the partitions it had. Environments of further ones are
   * given to `added` first.
   */
  release(partitions: number, added: (environments: readonly Environment[]) => void): void;
}

interface Manifest {
  readonly format: number;
  readonly partitions: number;
  readonly hashes: Readonly<Record<string, string>>;
}

/** 2: state lies in block tables. */
const format = 3;
/** The most partitions that anything may be spread over. */
export const mostPartitions = 1024;
const wayOut =
  'close what is open in it with --drain and start again, or start with an empty data directory and replay the input';

/** Throw USAGE for what is no number of partitions. */
export function checkPartitions(partitions: number): void {
  if (Number.isInteger(partitions) && partitions >= 1 && partitions <= mostPartitions) return;
  throw new OverpunchError('USAGE', `${partitions} is not a number of partitions between 1 and ${mostPartitions}`);
}

/**
 * Open a data directory, or make it, for its owner alone. `manifest.json` in it says what it was made for.
 *
 * Throws STATE_INCOMPATIBLE when it was made for something else, STATE_GONE when there is none to look into or a partition of it is lost,
 * STATE_FOREIGN for a folder with something else in it, STATE_CORRUPT, STATE_LOCKED, USAGE.
 */
export function openDataDirectory(path: string, options: DataDirectoryOptions = {}): DataDirectory {
  const { readOnly = false, hashes = {} } = options;
  const before = readManifest(path);
  if (before === null && readOnly) throw new OverpunchError('STATE_GONE', `${path} is no data directory`);
  const partitions = options.partitions ?? before?.partitions ?? 1;
  checkPartitions(partitions);
  if (before !== null) checkManifest(path, before, partitions, hashes);
  else checkFreeFolder(path);
  const now: Manifest = { format, partitions, hashes: { ...before?.hashes, ...hashes } };
  if (before === null) return newDirectory(path, now);
  checkPresent(path, partitions);
  if (!readOnly && JSON.stringify(before) !== JSON.stringify(now)) writeManifest(path, now);
  return new EnvironmentFolder(path, now, readOnly);
}

/** Make the partitions, then the manifest: what has one has all of its partitions, so that one that is missing was lost. */
function newDirectory(path: string, manifest: Manifest): DataDirectory {
  beginManifest(path, manifest);
  const directory = new EnvironmentFolder(path, manifest, false);
  try {
    directory.make(0, manifest.partitions);
    endManifest(path);
    return directory;
  } catch (error) {
    void directory.close();
    throw error;
  }
}

/** Open a data directory that is there, whatever it was made for. Throws STATE_INCOMPATIBLE for another format, STATE_GONE, STATE_CORRUPT. */
export function openToDrain(path: string): DrainableDirectory {
  const manifest = readManifest(path);
  if (manifest === null) throw new OverpunchError('STATE_GONE', `${path} is no data directory`);
  checkManifest(path, manifest, manifest.partitions, {});
  checkPresent(path, manifest.partitions);
  return new EnvironmentFolder(path, manifest, false);
}

class EnvironmentFolder implements DrainableDirectory {
  readonly path: string;
  readonly partitions: number;
  readonly hashes: Readonly<Record<string, string>>;
  readonly #readOnly: boolean;
  readonly #environments = new Map<number, Environment>();

  constructor(path: string, { partitions, hashes }: Manifest, readOnly: boolean) {
    this.path = path;
    this.partitions = partitions;
    this.hashes = hashes;
    this.#readOnly = readOnly;
  }

  partition(number: number): Environment {
    if (Number.isInteger(number) && number >= 0 && number < this.partitions) return this.#environment(number);
    throw new RangeError(`there is no partition ${number} of ${this.partitions}`);
  }

  release(partitions: number, added: (environments: readonly Environment[]) => void): void {
    checkPartitions(partitions);
    const more = this.make(this.partitions, partitions);
    if (more.length > 0) added(more);
    writeManifest(this.path, { format, partitions: this.partitions + more.length, hashes: {} });
  }

  /** Make the environments of partitions `from` to `to`. */
  make(from: number, to: number): readonly Environment[] {
    return Array.from({ length: Math.max(0, to - from) }, (_unused, index) => this.#environment(from + index));
  }

  async close(): Promise<void> {
    for (const environment of this.#environments.values()) await environment.close();
    this.#environments.clear();
  }

  #environment(number: number): Environment {
    let environment = this.#environments.get(number);
    if (environment === undefined) {
      environment = openLmdbEnvironment(folderOf(this.path, number), { readOnly: this.#readOnly });
      this.#environments.set(number, environment);
    }
    return environment;
  }
}

function folderOf(path: string, partition: number): string {
  return join(path, `partition-${String(partition).padStart(4, '0')}`);
}

/** A partition that was lost must not be made anew: it would read its input again, and give again what it gave. */
function checkPresent(path: string, partitions: number): void {
  for (let partition = 0; partition < partitions; partition++) {
    const folder = folderOf(path, partition);
    if (existsSync(join(folder, 'data.mdb'))) continue;
    throw new OverpunchError(
      'STATE_GONE',
      `there is no state in ${folder}, one of ${partitions} partitions of ${path}`,
      {
        hint: 'restore the whole data directory from a copy, or start with an empty one and replay the input',
      },
    );
  }
}

function checkManifest(
  path: string,
  manifest: Manifest,
  partitions: number,
  hashes: Readonly<Record<string, string>>,
): void {
  const refuse = (reason: string): never => {
    throw new OverpunchError('STATE_INCOMPATIBLE', `${path} ${reason}`, { hint: wayOut });
  };
  if (manifest.format !== format) refuse(`has format ${manifest.format}; this version reads ${format}`);
  if (manifest.partitions !== partitions) refuse(`has ${manifest.partitions} partitions, not ${partitions}`);
  for (const [name, hash] of Object.entries(hashes)) {
    const before = Object.hasOwn(manifest.hashes, name) ? manifest.hashes[name] : undefined;
    if (before !== undefined && before !== hash) refuse(`was written with another ${name}`);
  }
}

function readManifest(path: string): Manifest | null {
  const file = join(path, 'manifest.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') {
      const part = existsSync(path) ? path : `a part of ${path}`;
      throw new OverpunchError('IO', `${part} is a file, not a folder`, { cause: error });
    }
    throw new OverpunchError('IO', `cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
  try {
    const { format: version, partitions, hashes } = JSON.parse(text) as Partial<Manifest>;
    if (typeof version === 'number' && typeof partitions === 'number' && typeof hashes === 'object') {
      return { format: version, partitions, hashes };
    }
  } catch {
    // damaged: said below
  }
  throw new OverpunchError('STATE_CORRUPT', `${file} is no manifest of a data directory`, {
    hint: 'restore it from a copy, or start with an empty data directory and replay the input',
  });
}

/** By renaming, so that a crash leaves the former one or this one. */
function writeManifest(path: string, manifest: Manifest): void {
  beginManifest(path, manifest);
  endManifest(path);
}

function beginManifest(path: string, manifest: Manifest): void {
  making(path, () => {
    makeFolders(path, 0o700);
    const file = join(path, nextManifest);
    writeFileSync(file, `${JSON.stringify(manifest)}\n`, { mode: 0o600, flush: true });
  });
}

function endManifest(path: string): void {
  making(path, () => {
    renameSync(join(path, nextManifest), join(path, 'manifest.json'));
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  });
}

function making(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const [reason, hint] = refusals[code] ?? [message, undefined];
    throw new OverpunchError('IO', `cannot make the data directory ${path}: ${reason}`, {
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

const anotherUser = 'give the user of this process the right to write there, or choose another folder';
const refusals: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  EROFS: ['the file system is read-only', 'mount it so that it may be written to, or choose another folder'],
  EACCES: ['it may not be written to', anotherUser],
  EPERM: ['it may not be written to', anotherUser],
  ENOENT: ['its file system has no place for folders', 'choose a folder on a disk'],
  ENOSPC: ['the disk is full', 'make room on it, or choose another folder'],
  ENOTDIR: ['a part of the path is a file', 'choose a folder'],
  EEXIST: ['there is a file of that name', 'choose another folder'],
};
