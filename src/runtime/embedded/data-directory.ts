import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OverpunchError } from '../../errors.ts';
import type { Environment } from '../../state/environment.ts';
import { openLmdbEnvironment } from '../../state/open-lmdb-environment.ts';
import { checkFreeFolder } from './check-free-folder.ts';

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

const format = 1;
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
 * Throws STATE_INCOMPATIBLE when it was made for something else, STATE_GONE when there is none to look into, STATE_FOREIGN for
 * a folder with something else in it, STATE_CORRUPT, USAGE.
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
  if (!readOnly && JSON.stringify(before) !== JSON.stringify(now)) writeManifest(path, now);
  return new EnvironmentFolder(path, now, readOnly);
}

/** Open a data directory that is there, whatever it was made for. Throws STATE_INCOMPATIBLE for another format, STATE_GONE, STATE_CORRUPT. */
export function openToDrain(path: string): DrainableDirectory {
  const manifest = readManifest(path);
  if (manifest === null) throw new OverpunchError('STATE_GONE', `${path} is no data directory`);
  checkManifest(path, manifest, manifest.partitions, {});
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
    const more = Array.from({ length: Math.max(0, partitions - this.partitions) }, (_unused, index) => {
      return this.#environment(this.partitions + index);
    });
    if (more.length > 0) added(more);
    writeManifest(this.path, { format, partitions: this.partitions + more.length, hashes: {} });
  }

  async close(): Promise<void> {
    for (const environment of this.#environments.values()) await environment.close();
    this.#environments.clear();
  }

  #environment(number: number): Environment {
    let environment = this.#environments.get(number);
    if (environment === undefined) {
      const folder = join(this.path, `partition-${String(number).padStart(4, '0')}`);
      environment = openLmdbEnvironment(folder, { readOnly: this.#readOnly });
      this.#environments.set(number, environment);
    }
    return environment;
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
    if (code === 'ENOTDIR') throw new OverpunchError('IO', `${path} is a file, not a folder`, { cause: error });
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
  const file = join(path, 'manifest.json');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.tmp`, `${JSON.stringify(manifest)}\n`, { mode: 0o600, flush: true });
    renameSync(`${file}.tmp`, file);
    const folder = openSync(path, 'r');
    fsyncSync(folder);
    closeSync(folder);
  } catch (error) {
    throw new OverpunchError('IO', `cannot make the data directory ${path}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
