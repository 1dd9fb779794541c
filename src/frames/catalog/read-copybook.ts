import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { CopyLibrary } from '../../copybook/copy-library.ts';
import { CopybookError } from '../../copybook/copybook-error.ts';
import { fileCopyLibrary } from '../../copybook/file-copy-library.ts';
import { isBelow, isInsideFolder } from '../../copybook/inside-folder.ts';
import type { Layout } from '../../copybook/layout.ts';
import { layoutOf } from '../../copybook/layout-of.ts';
import { parseCopybook } from '../../copybook/parse-copybook.ts';
import { readBounded } from '../../copybook/read-bounded.ts';
import { maximumSourceLength } from '../../copybook/source-budget.ts';
import type { SourcePosition } from '../../copybook/source-position.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import { SettingsError, type SettingsProblem } from '../../settings/settings-error.ts';
import type { DecodingSettings } from './catalog-settings.ts';

/** The paths of a catalog, which writes them relative to its file. */
export interface CatalogPaths {
  /** The path from here. Says nothing about links: what is read is looked at again. */
  locate(path: string): string;
  /** What is wrong with a path that leads out of the catalog's folder, with `links` also by a link; `null` for others. */
  problem(path: string, links: boolean, position: () => SourcePosition): SettingsProblem | null;
}

/** Find the paths of a catalog below its folder; elsewhere too with `allowOutside`. */
export function pathsOf(catalogFile: string, allowOutside: boolean): CatalogPaths {
  const folder = dirname(resolve(catalogFile));
  const prefix = dirname(catalogFile);
  return {
    locate: (path) => (isAbsolute(path) ? path : join(prefix, path)),
    problem(path, links, position) {
      const target = resolve(folder, path);
      const inside = links ? isInsideFolder(folder, target) : isBelow(folder, target);
      if (!path.includes('\0') && (allowOutside || inside)) return null;
      return {
        code: 'CATALOG_PATH',
        severity: 'error',
        position: position(),
        message: `${path} is outside the folder of the catalog`,
        expected: 'a path that stays below it, links followed',
        hint: 'give --allow-outside if that is meant',
      };
    },
  };
}

/** Read a located copybook and lay it out. Throws a CopybookError, or a SettingsError for a file that cannot be read. */
export type ReadCopybook = (file: string, position: SourcePosition) => Layout;

/**
 * Read copybooks as a catalog tells: COPY members are in the copybook's folder or in `include`, and nowhere else. `onMember` is told the
 * file of each.
 */
export function copybookReader(
  include: readonly string[],
  decoding: DecodingSettings,
  onMember: (file: string) => void = () => undefined,
): ReadCopybook {
  const libraries = new Map<string, CopyLibrary>();
  const libraryOf = (file: string): CopyLibrary => {
    const own = dirname(file);
    const known = libraries.get(own);
    if (known !== undefined) return known;
    const files = fileCopyLibrary({ folders: [...new Set([own, ...include])], decodeEbcdic });
    const library: CopyLibrary = {
      ...files,
      find(...asked) {
        const found = files.find(...asked);
        if (found !== null) onMember(found.file);
        return found;
      },
    };
    libraries.set(own, library);
    return library;
  };
  const { sourceFormat, decimalComma, currency, dialect, floats, trunc, asciiSign, odo } = decoding;
  const { binarySize, comp5Size, comp5Order, sync, pointerSize } = decoding;
  const source = given({ sourceFormat, decimalComma, currency });
  const sizes = { binarySize, comp5Size, comp5Order, sync, pointerSize };
  const dialectOptions = given({ dialect, floats, trunc, asciiSign, odo, ...sizes });
  return (file, position) => {
    const bytes = readFile(file, position);
    const copybook = parseCopybook(bytes, { file, library: libraryOf(file), decodeEbcdic, ...source });
    return layoutOf(copybook, dialectOptions);
  };
}

// The characters of COBOL are the same in all EBCDIC pages, but for a few that stand in literals only.
function decodeEbcdic(bytes: Uint8Array): string {
  return codePage('cp037').decode(bytes).text;
}

function readFile(file: string, position: SourcePosition): Uint8Array {
  let reason = 'it is larger than 16 MiB';
  try {
    const bytes = readBounded(file, maximumSourceLength);
    if (bytes !== null) return bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    reason = code === 'ENOENT' ? 'there is no such file' : message;
  }
  throw new SettingsError([
    {
      code: 'CATALOG_COPYBOOK',
      severity: 'error',
      position,
      message: `the copybook ${file} cannot be read: ${reason}`,
      expected: 'a copybook, by its path from the catalog',
      hint: 'is the name misspelt, in upper and lower case too?',
    },
  ]);
}

/** The problems that an error thrown for a copybook or its options stands for; what is no such error is thrown on. */
export function problemsOf(error: unknown): readonly SettingsProblem[] {
  if (error instanceof SettingsError) return error.problems;
  if (error instanceof CopybookError) return [error.diagnostic];
  throw error;
}

/** Leave out what was not given. */
function given<T extends object>(options: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
