import { statSync } from 'node:fs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { PipelineSettings } from '../pipeline/pipeline-schema.ts';
import { ioError } from '../settings/io-error.ts';
import { checkCaptures } from './check-captures.ts';

/** Look at what a pipeline reads, files and folders, before anything is made. What may grow need not be there yet. Throws USAGE and IO. */
export function checkInputs({ sources, rewards }: Pick<PipelineSettings, 'sources' | 'rewards'>): void {
  checkCaptures(sources.flatMap(({ capture, stdin }) => capture ?? (stdin === true ? '-' : [])));
  for (const { spool, follow } of sources) if (spool !== undefined) check(spool, 'folder', follow !== false);
  const { coupons, races, pointsOfSale, follow = false } = rewards ?? {};
  for (const file of [coupons, races, pointsOfSale]) if (file !== undefined) check(file, 'file', follow);
}

function check(path: string, kind: 'file' | 'folder', mayCome: boolean): void {
  let stat: ReturnType<typeof statSync> | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: !mayCome });
  } catch (error) {
    throw ioError(path, error);
  }
  if (stat === undefined || (kind === 'file' ? stat.isFile() : stat.isDirectory())) return;
  throw new OverpunchError('IO', `${printable(path)}: IO: is no ${kind === 'file' ? 'regular file' : 'folder'}`);
}
