import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OverpunchError } from '../../errors.ts';
import type { Environment } from '../../state/environment.ts';
import { openLmdbEnvironment } from '../../state/open-lmdb-environment.ts';

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

interface Manifest {
  readonly format: number;
  readonly partitions: number;
  readonly hashes: Readonly<Record<string, string>>;
}

const format = 1;
/** The most partitions that anything may be spread over. */
export const mostPartitions = 1024;
const wayOut =
  'let the version that wrote it finish what is open (--drain), or start with an empty data directory and replay the input';

/** Throw USAGE for what is no number of partitions. */
export function checkPartitions(partitions: number): void {
  if (Number.isInteger(partitions) && partitions >= 1 && partitions <= mostPartitions) return;
  throw new OverpunchError('USAGE', `${partitions} is not a number of partitions between 1 and ${mostPartitions}`);
}

/**
 * Open a data directory, or make it, for its owner alone. `manifest.json` in it says what it was made for.
 *
 * Throws STATE_INCOMPATIBLE when it was made for something else, STATE_GONE when there is none to look into, STATE_CORRUPT, USAGE.
 */
export function openDataDirectory(path: string, options: DataDirectoryOptions = {}): DataDirectory {
  const { readOnly = false, hashes = {} } = options;
  const before = readManifest(path);
  if (before === null && readOnly) throw new OverpunchError('STATE_GONE', `${path} is no data directory`);
  const partitions = options.partitions ?? before?.partitions ?? 1;
  checkPartitions(partitions);
  if (before !== null) checkManifest(path, before, partitions, hashes);
  const now: Manifest = { format, partitions, hashes: { ...before?.hashes, ...hashes } };
  const environments = new Map<number, Environment>();
  const directory: DataDirectory = {
    path,
    partitions,
    partition(number) {
      if (!Number.isInteger(number) || number < 0 || number >= partitions) {
        throw new RangeError(`there is no partition ${number} of ${partitions}`);
      }
      let environment = environments.get(number);
      if (environment === undefined) {
        environment = openLmdbEnvironment(join(path, `partition-${String(number).padStart(4, '0')}`), { readOnly });
        environments.set(number, environment);
      }
      return environment;
    },
    async close() {
      for (const environment of environments.values()) await environment.close();
      environments.clear();
    },
  };
  if (!readOnly && JSON.stringify(before) !== JSON.stringify(now)) {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      writeManifest(path, now);
    } catch (error) {
      throw new OverpunchError('IO', `cannot make the data directory ${path}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
  return directory;
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
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
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
  writeFileSync(`${file}.tmp`, `${JSON.stringify(manifest)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.tmp`, file);
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
