import { readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, sep } from 'node:path';
import { OverpunchError } from '../errors.ts';
import type { CopyLibrary, CopyMember } from './copy-library.ts';
import { nearNames } from './near-names.ts';
import { readBounded } from './read-bounded.ts';
import { readCopybookText } from './read-copybook-text.ts';
import { maximumSourceLength } from './source-budget.ts';
import { sourceMistake } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';

/** Where `fileCopyLibrary` looks. */
export interface FileCopyLibraryOptions {
  /** Searched in this order: the copybook's own folder first, then the include folders. */
  readonly folders: readonly string[];
  /** As in `ParseOptions`. */
  readonly decodeEbcdic?: ((bytes: Uint8Array) => string) | undefined;
}

/** Tried in this order behind a member's name; any case fits. */
const extensions = ['', '.cpy', '.cbl', '.cob', '.copy', '.cpb', '.cobcopy', '.inc', '.dcl', '.dclgen', '.lib', '.txt'];

/**
 * Find COPY members as files below some folders, and nowhere else.
 *
 * A name fits in any case, with or without a usual extension; `COPY A OF B` looks in a folder B first. Throws COPY_OUTSIDE for a
 * name with `..` or an absolute path and for a link that leads out of the folders, COPYBOOK_TOO_LARGE for a member above
 * 16 MiB, IO for one that cannot be read.
 */
export function fileCopyLibrary(options: FileCopyLibraryOptions): CopyLibrary {
  const listings = new Map<string, readonly string[]>();
  const members = new Map<string, CopyMember | null>();

  function list(folder: string): readonly string[] {
    let names = listings.get(folder);
    if (names === undefined) {
      names = namesIn(folder);
      listings.set(folder, names);
    }
    return names;
  }

  /** The path of an entry of a folder, its own spelling preferred. */
  function entry(folder: string, name: string): string | null {
    const names = list(folder);
    if (names.includes(name)) return join(folder, name);
    const lower = name.toLowerCase();
    const other = names.find((candidate) => candidate.toLowerCase() === lower);
    return other === undefined ? null : join(folder, other);
  }

  function descend(folder: string, segments: readonly string[]): string | null {
    let path: string | null = folder;
    for (const segment of segments) path = path === null ? null : entry(path, segment);
    return path;
  }

  function locate(root: string, segments: readonly string[], position: SourcePosition): string | null {
    const folder = descend(root, segments.slice(0, -1));
    if (folder === null) return null;
    for (const extension of extensions) {
      const path = entry(folder, `${segments.at(-1)}${extension}`);
      if (path === null || !isRegularFile(path)) continue;
      if (!isInside(root, path)) throw outside(segments.join('/'), position);
      return path;
    }
    return null;
  }

  /** The folders a member may be in: for `OF library` those of the library first. */
  function roots(library: string | null, position: SourcePosition): string[] {
    if (library === null) return [...options.folders];
    const segments = segmentsOf(library, position);
    const own = options.folders.map((folder) => ({ folder, path: descend(folder, segments) }));
    const named = own.flatMap(({ folder, path }) => (path !== null && isInside(folder, path) ? [path] : []));
    return [...named, ...options.folders];
  }

  return {
    find(member, library, from) {
      const key = JSON.stringify([member, library]);
      const known = members.get(key);
      if (known !== undefined) return known;
      const segments = segmentsOf(member, from);
      let found: CopyMember | null = null;
      for (const root of roots(library, from)) {
        const path = locate(root, segments, from);
        if (path === null) continue;
        found = { file: path, text: readMember(path, from, options.decodeEbcdic) };
        break;
      }
      members.set(key, found);
      return found;
    },
    advice(member) {
      if (options.folders.length === 0) return 'name the folder of the members with -I';
      const names = options.folders.flatMap((folder) => list(folder));
      const near = nearNames(member.split(/[\\/]/).at(-1) ?? member, names);
      const searched = `searched ${options.folders.map((folder) => (folder === '' ? '.' : folder)).join(', ')}`;
      return near.length === 0 ? `${searched}; name other folders with -I` : `${searched}; there is ${near.join(', ')}`;
    },
  };
}

function segmentsOf(name: string, position: SourcePosition): string[] {
  const segments = name.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
  const leaves = isAbsolute(name) || /^[\\/]|^[A-Za-z]:/.test(name) || segments.includes('..');
  if (leaves || segments.length === 0 || name.includes('\0')) throw outside(name, position);
  return segments;
}

function outside(name: string, position: SourcePosition): Error {
  return sourceMistake('COPY_OUTSIDE', position, `the COPY member ${name} lies outside the include folders`, {
    hint: 'members are read from below the folder of the copybook and the folders given with -I only',
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder === '' ? '.' : folder).sort();
  } catch {
    return []; // no such folder: it holds no member
  }
}

function isRegularFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // a link to nowhere
  }
}

function isInside(root: string, path: string): boolean {
  const base = realpathSync(root === '' ? '.' : root);
  return realpathSync(path).startsWith(base.endsWith(sep) ? base : base + sep);
}

function readMember(
  path: string,
  position: SourcePosition,
  decodeEbcdic: FileCopyLibraryOptions['decodeEbcdic'],
): string {
  try {
    const bytes = readBounded(path, maximumSourceLength);
    if (bytes === null) {
      throw sourceMistake('COPYBOOK_TOO_LARGE', position, `the COPY member ${path} is larger than 16 MiB`);
    }
    return readCopybookText(bytes, { file: path, decodeEbcdic });
  } catch (error) {
    if (error instanceof OverpunchError) throw error;
    throw new OverpunchError('IO', `the COPY member ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
