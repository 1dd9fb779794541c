import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { ioError } from './io-error.ts';

const longestFile = 1024 * 1024; // 1 MiB of options is a mistake
const maximumAliases = 100;

/** An option as an options file gives it. */
export interface FileOption {
  readonly value: unknown;
  /** `FILE:LINE:COLUMN: `, for messages. */
  readonly place: string;
}

/**
 * Read a YAML file that maps option names to values. Every scalar is taken as the text it is, as on the command line.
 *
 * `isPath` tells which options name files: those are relative to the options file, and stay below its folder unless
 * `allowOutside`. Throws `USAGE` with line and column; duplicate keys and more than 100 aliases are refused.
 */
export function readOptionsFile(
  file: string,
  isPath: (name: string) => boolean,
  allowOutside: boolean,
): ReadonlyMap<string, FileOption> {
  const text = readText(file);
  const lines = new LineCounter();
  const fail = (offset: number | undefined, message: string): never => {
    const { line, col } = lines.linePos(offset ?? 0);
    throw new OverpunchError('USAGE', `${printable(file)}:${line}:${col}: USAGE: ${printable(message)}`);
  };
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (mistake !== undefined) fail(mistake.pos[0], mistake.message);
  let aliases = 0;
  visit(document, {
    Alias: (_, { range }) => {
      aliases += 1;
      if (aliases > maximumAliases) fail(range?.[0], `more than ${maximumAliases} aliases`);
    },
  });
  const options = new Map<string, FileOption>();
  if (document.contents === null) return options;
  if (!isMap(document.contents)) return fail(0, 'an options file maps option names to values');
  const folder = dirname(resolve(file));
  for (const { key, value } of document.contents.items as Pair<unknown, { toJS?: unknown } | null>[]) {
    const offset = isScalar(key) ? key.range?.[0] : undefined;
    if (!isScalar(key) || typeof key.value !== 'string') return fail(offset, 'an option name is a plain text');
    const { line, col } = lines.linePos(offset ?? 0);
    const place = `${printable(file)}:${line}:${col}: `;
    const name = key.value;
    let plain: unknown = null;
    try {
      // A document of its own per value would lose the anchors.
      plain = (value as { toJS(document: unknown, options: object): unknown } | null)?.toJS(document, {
        maxAliasCount: maximumAliases,
      });
    } catch (error) {
      fail(offset, error instanceof Error ? error.message : String(error));
    }
    const inFolder = (path: unknown): unknown =>
      typeof path === 'string' && path !== '' ? resolveBelow(folder, path, allowOutside, place) : path;
    if (isPath(name)) plain = Array.isArray(plain) ? plain.map(inFolder) : inFolder(plain);
    options.set(name, { value: plain, place });
  }
  return options;
}

function readText(file: string): string {
  try {
    if (statSync(file).size > longestFile) throw new OverpunchError('IO', `${printable(file)}: IO: larger than 1 MiB`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw ioError(file, error);
  }
}

function resolveBelow(folder: string, path: string, allowOutside: boolean, place: string): string {
  const target = resolve(folder, path);
  if (allowOutside || (isBelow(folder, target) && isBelow(real(folder), real(target))))
    return relative('', target) || '.';
  throw new OverpunchError('USAGE', `${place}USAGE: ${printable(path)} is outside the folder of the options file`, {
    hint: 'give --allow-outside if that is meant',
  });
}

function isBelow(folder: string, target: string): boolean {
  const way = relative(folder, target);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The real place of a path; for one that is yet to be made, of the nearest folder that exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : resolve(real(parent), relative(parent, path));
  }
}
