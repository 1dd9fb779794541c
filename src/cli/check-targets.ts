import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { InputFile } from './input-file.ts';

/** The files a command writes, as given. */
export interface Targets {
  readonly output?: string;
  readonly quarantine?: string;
  readonly copybook?: readonly string[];
}

/** Refuse to write over what is read, or two things into one file. */
export async function checkTargets(
  inputs: readonly InputFile[],
  { output, quarantine, copybook = [] }: Targets,
): Promise<void> {
  const names = [output, quarantine].filter((name) => name !== undefined && name !== '-');
  const targets = await Promise.all(
    names.map(async (name) => ({ name: name ?? '', there: await stat(name ?? '').catch(() => null) })),
  );
  const written = targets.filter(({ there }) => there?.isFile() === true);
  const sources = new Set(inputs.map(({ identity }) => identity));
  // A catalog may name a copybook that is not there, for a type that nobody asks for.
  const copybooks = written.length === 0 ? [] : copybook;
  for (const there of await Promise.all(copybooks.map((name) => stat(name).catch(() => null)))) {
    if (there !== null) sources.add(`${there.dev}:${there.ino}`);
  }
  for (const { name, there } of written) {
    if (sources.has(`${there?.dev}:${there?.ino}`))
      throw new OverpunchError('USAGE', `${printable(name)} would be written over while it is read`);
  }
  if (output !== undefined && quarantine !== undefined && resolve(output) === resolve(quarantine)) {
    throw new OverpunchError('USAGE', `-o and --quarantine both name ${printable(output)}`);
  }
}
