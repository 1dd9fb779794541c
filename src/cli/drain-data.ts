import { printable } from '../bytes/printable.ts';
import { drainPipeline, type RunOptions } from '../pipeline.ts';
import { type DataDirectory, openToDrain } from '../runtime/embedded/data-directory.ts';
import type { CommonOptions } from './common-options.ts';
import { finishPipeline } from './finish-pipeline.ts';
import { flag, type OptionDefinition } from './option-definition.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** The option that asks for it. */
export const drainOption: OptionDefinition<boolean> = flag(
  'Data directory',
  'read nothing: close all that is open in the data directory, so that another pipeline, catalog or more partitions may start on it',
);

/** What is drained. */
export interface DrainDataOptions {
  readonly path: string;
  /** How many partitions it is to have. Default: as many as there are. */
  readonly partitions: number | undefined;
  readonly hashes: Readonly<Record<string, string>>;
  /** Make the pipeline on the directory as it is. */
  readonly pipelineOn: (data: DataDirectory) => RunOptions;
  readonly form: 'table' | 'equations' | 'json';
  /** Where what was counted goes. Default: standard output. */
  readonly print?: ((text: string) => void) | undefined;
}

/** Close all that is open in a data directory, print what was counted, and give the exit status. */
export async function drainData(options: DrainDataOptions & CommonOptions): Promise<number> {
  const { path, partitions, hashes, pipelineOn, form, print } = options;
  const data = openToDrain(path);
  try {
    const summary = await drainPipeline({ ...pipelineOn(data), data, partitions, hashes });
    const status = await finishPipeline(summary, form, print);
    const others = summary.waiting.map(printable).join(', ');
    const shown = printable(path);
    unlessQuiet(options)(
      others === ''
        ? `${shown} is drained: any pipeline, catalog and correlation may go on with it\n`
        : `${shown} stays with its catalog and partitions until these pipelines are drained, too: ${others}\n`,
    );
    return status;
  } finally {
    await data.close();
  }
}
