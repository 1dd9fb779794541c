import { compileWhere } from '../codec/compile-where.ts';
import { type Codec, createCodec } from '../codec/create-codec.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameFormat, SkipOptions } from '../frames/framer.ts';
import { codecOptions, recordSizes } from './codec-of-options.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { frameFormat, skipOptions } from './frame-format.ts';
import { guessMistake } from './guess-mistake.ts';
import { type InputFile, inputFile } from './input-file.ts';
import { loadLayout } from './load-layout.ts';
import { codecDecoder, type ReadRecord, type RecordDecoder } from './record-decoder.ts';
import type { RunFacts } from './run-shape.ts';

/** All a command that reads frames needs before it reads the first. */
export interface Decoding {
  readonly inputs: readonly InputFile[];
  /** Bytes of all inputs, when that can be known. */
  readonly totalSize: number | null;
  readonly decoder: RecordDecoder;
  /** Whether a record is wanted. */
  readonly where: (record: ReadRecord) => boolean;
  readonly format: FrameFormat;
  readonly skipBytes: SkipOptions;
  /** They are frames of a catalog, not records of a copybook. */
  readonly frames: boolean;
  /** Give the codec of the records that an undivided CSV file has. Throws USAGE when they are not alike. */
  columns(): Codec;
  /** The files that say how to read the inputs. */
  readonly sources: readonly string[];
  /** Say what probably went wrong in a run; `null` when nothing stands out. */
  guess(facts: RunFacts): string | null;
}

/** The same where a copybook describes the records. */
export interface CopybookDecoding extends Decoding {
  readonly frames: false;
  readonly codec: Codec;
}

/**
 * Look at the inputs, read the copybooks, and prepare codec and framing. Warnings about copybooks go to `warn`.
 *
 * Throws USAGE and IO, CopybookErrors, and what options with unknown names throw.
 */
export async function prepareDecoding(
  command: string,
  files: readonly string[],
  options: DecodingOptions,
  warn: (text: string) => void,
): Promise<CopybookDecoding> {
  if (options.copybook === undefined) throw new OverpunchError('USAGE', `${command} needs --copybook FILE`);
  const ebcdic = codePage(options.codepage ?? 'cp037').family === 'ebcdic';
  const inputs = await openInputs(files);
  const layout = loadLayout(options.copybook, options, warn);
  const codec = createCodec(layout, codecOptions(options));
  const where = compileWhere(codec, options.where);
  const format = frameFormat(options, recordSizes(codec), ebcdic);
  const known = {
    format: format.format,
    ebcdic,
    codepage: codec.options.codepage,
    hasBinary: codec.records.some(({ items }) => items.some(({ type }) => type !== null && !isText(type.kind))),
    recordLength: format.format === 'fixed' && typeof format.recordLength === 'number' ? format.recordLength : null,
    varies: codec.minimumLength < codec.maximumLength && layout.dialect.odo === 'shifted',
  };
  return {
    inputs,
    totalSize: totalSize(inputs),
    codec,
    decoder: codecDecoder(codec),
    where: ({ reading }) => where(reading),
    format,
    skipBytes: skipOptions(options, format.format),
    frames: false,
    columns: () => codec,
    sources: options.copybook,
    guess: (facts) => guessMistake({ ...facts, ...known }),
  };
}

/** Look at the inputs. Throws USAGE when standard input is among them twice, and IO. */
export async function openInputs(files: readonly string[]): Promise<readonly InputFile[]> {
  const inputs = await Promise.all(files.map(inputFile));
  if (inputs.filter(({ name }) => name === '-').length > 1)
    throw new OverpunchError('USAGE', 'standard input can be read once');
  return inputs;
}

/** Bytes of all inputs; `null` when that cannot be known. */
export function totalSize(inputs: readonly InputFile[]): number | null {
  const sizes = inputs.map(({ size }) => size);
  return sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null;
}

function isText(kind: string): boolean {
  return kind === 'text' || kind === 'edited' || kind === 'zoned';
}
