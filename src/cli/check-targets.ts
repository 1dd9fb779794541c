import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { type InputFile, inputFile } from './input-file.ts';

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
  const sources = [...inputs, ...(await Promise.all(copybook.map(inputFile)))];
  const names = [output, quarantine].filter((name) => name !== undefined && name !== '-');
  const targets = await Promise.all(
    names.map(async (name) => ({ name: name ?? '', there: await stat(name ?? '').catch(() => null) })),
  );
  for (const { name, there } of targets) {
    if (there?.isFile() !== true) continue;
    const source = sources.find(({ identity }) => identity === `${there.dev}:${there.ino}`);
    if (source !== undefined)
      throw new OverpunchError('USAGE', `${printable(name)} would be written over while it is read`);
  }
  if (output !== undefined && quarantine !== undefined && resolve(output) === resolve(quarantine)) {
    throw new OverpunchError('USAGE', `-o and --quarantine both name ${printable(output)}`);
  }
}
