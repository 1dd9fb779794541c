import { statSync } from 'node:fs';
import { type EitherOptions, withoutCatalog } from './catalog-options.ts';
import type { ChunkFormat } from './chunk-decoder.ts';
import { codecOptions } from './codec-of-options.ts';
import type { CommonOptions } from './common-options.ts';
import { optionName } from './option-name.ts';
import type { EitherDecoding } from './prepare-either.ts';
import { longestRecord } from './record-batches.ts';
import type { DecodeJob, RunCrew } from './record-run.ts';
import { crewSettings, WorkerCrew } from './worker-crew.ts';

type Options = EitherOptions & CommonOptions;

// What decides about a record by those before it, or needs the reference decoder, or changes where records start.
const oneByOne = [
  ...(['catalog', 'meta', 'raw', 'where', 'skip', 'limit', 'strict', 'maxErrors'] as const),
  ...(['skipFileStart', 'skipFileEnd', 'skipRecordStart', 'skipRecordEnd'] as const),
];
const divided: ReadonlySet<string> = new Set(['fixed', 'rdw', 'bdw']);

/** Workers that wait for work. */
export interface HiredWorkers {
  /** Tell them what they decode. Where there is nothing for them: `null`, and why is said. */
  brief(compiled: NonNullable<DecodeJob['compiled']> | null, decoding: EitherDecoding): RunCrew | null;
}

/**
 * Let the workers start that the options ask for, so that they are ready when the rest is; `null` where one does as well or better.
 * Why is said.
 */
export function hireWorkers(
  files: readonly string[],
  options: Options,
  say: (text: string) => void,
): HiredWorkers | null {
  const { workers = 1, verbose = false, quarantine } = options;
  const sayOne = (reason: string): void => say(`decoded by one worker, not ${workers}: ${reason}\n`);
  const reason = whyOne(options) ?? whyNoFile(files);
  if (reason !== null) {
    sayOne(reason);
    return null;
  }
  const crew = new WorkerCrew(workers);
  return {
    brief(compiled, decoding): RunCrew | null {
      const format = chunkFormat(decoding);
      if (compiled !== null && 'codec' in compiled && format !== null) {
        const settings = { format, verbose, quarantined: quarantine !== undefined };
        crew.prepare(compiled, codecOptions(withoutCatalog(options)), settings);
        return crew;
      }
      void crew.dismiss();
      sayOne(compiled === null ? 'the reference engine is at work' : 'records are as long as they say themselves');
      return null;
    },
  };
}

function whyOne(options: Options): string | null {
  const { engine, to = 'jsonl', recfm, format = recfm === 'vb' ? 'rdw' : 'fixed' } = options;
  if (engine === 'reference') return '--engine reference is given';
  if (to !== 'jsonl') return `--to ${to} is given`;
  if (!divided.has(format)) return `--format ${format} is given`;
  for (const member of oneByOne) {
    const value = options[member];
    if (value !== undefined && value !== false) return `--${optionName(member)} is given`;
  }
  return null;
}

function whyNoFile(files: readonly string[]): string | null {
  const sizes = files.map((file) => (file === '-' ? null : sizeOf(file)));
  if (sizes.some((size) => size !== null && size >= crewSettings.smallestFile)) return null;
  return sizes.every((size) => size === null) ? 'no input is a file' : 'the inputs are too small';
}

function sizeOf(file: string): number | null {
  try {
    const found = statSync(file);
    return found.isFile() ? found.size : null;
  } catch {
    return null; // whoever opens it says what is wrong
  }
}

function chunkFormat({ format }: EitherDecoding): ChunkFormat | null {
  if (format.format === 'rdw' || format.format === 'bdw') return format;
  if (format.format !== 'fixed' || typeof format.recordLength !== 'number') return null;
  const { recordLength } = format;
  return recordLength > longestRecord ? null : { format: 'fixed', recordLength };
}
