import { readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { isInsideFolder } from '../copybook/inside-folder.ts';
import { OverpunchError } from '../errors.ts';
import { isBundledName } from '../pipeline/bundled-catalog.ts';
import { ioError } from '../settings/io-error.ts';
import { placesIn } from '../yaml/places-in.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { plainValue } from '../yaml/yaml-node.ts';

const longestFile = 1024 * 1024; // 1 MiB of options is a mistake

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
  const placeAt = placesIn(text);
  const place = (offset: number): string => {
    const { line, column } = placeAt(offset);
    return `${printable(file)}:${line}:${column}: `;
  };
  const fail = (offset: number, message: string): never => {
    throw new OverpunchError('USAGE', `${place(offset)}USAGE: ${printable(message)}`);
  };
  const { root, mistake } = readYaml(text);
  if (mistake !== null) return fail(mistake.offset, mistake.message);
  const options = new Map<string, FileOption>();
  if (root === null) return options;
  if (root.kind !== 'map') return fail(root.offset, 'an options file maps option names to values');
  const folder = dirname(resolve(file));
  for (const { key, keyOffset, value } of root.entries) {
    const inFolder = (path: unknown): unknown =>
      typeof path === 'string' && path !== '' && !isBundledName(path)
        ? resolveBelow(folder, path, allowOutside, place(keyOffset))
        : path;
    let plain = plainValue(value);
    if (isPath(key)) plain = Array.isArray(plain) ? plain.map(inFolder) : inFolder(plain);
    options.set(key, { value: plain, place: place(keyOffset) });
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
  if (allowOutside || isInsideFolder(folder, target)) return relative('', target) || '.';
  throw new OverpunchError('USAGE', `${place}USAGE: ${printable(path)} is outside the folder of the options file`, {
    hint: 'give --allow-outside if that is meant',
  });
}
