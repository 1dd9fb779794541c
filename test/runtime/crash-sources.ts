import { join } from 'node:path';
import { captureFile } from '../../src/sources/capture-file.ts';
import { spoolDirectory } from '../../src/sources/spool-directory.ts';
import type { Source } from '../../src/streams/source.ts';

/** The inputs of the crash test. */
export function crashSources(folder: string, follow: boolean): Source[] {
  const format = { format: 'rdw' } as const;
  return [
    spoolDirectory({ path: join(folder, 'spool'), name: 'spool', format, follow }),
    captureFile({ path: join(folder, 'capture'), name: 'capture', format, follow }),
  ];
}
