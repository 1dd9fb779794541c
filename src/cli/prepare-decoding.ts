import { compileWhere, type RecordTest } from '../codec/compile-where.ts';
import { type Codec, createCodec } from '../codec/create-codec.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { OverpunchError } from '../errors.ts';
import type { FrameFormat, SkipOptions } from '../frames/framer.ts';
import { codecOptions, recordSizes } from './codec-of-options.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { frameFormat, skipOptions } from './frame-format.ts';
import { type InputFile, inputFile } from './input-file.ts';
import { loadLayout } from './load-layout.ts';
import type { RunShape } from './run-shape.ts';

/** All a command that reads frames needs before it reads the first. */
export interface Decoding {
  readonly inputs: readonly InputFile[];
  /** Bytes of all inputs, when that can be known. */
  readonly totalSize: number | null;
  readonly codec: Codec;
  readonly where: RecordTest;
  readonly format: FrameFormat;
  readonly skipBytes: SkipOptions;
  /** What the options say about the input, for guessing what went wrong. */
  readonly known: Pick<RunShape, 'format' | 'ebcdic' | 'codepage' | 'hasBinary' | 'recordLength' | 'varies'>;
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
): Promise<Decoding> {
  if (options.copybook === undefined) throw new OverpunchError('USAGE', `${command} needs --copybook FILE`);
  const ebcdic = codePage(options.codepage ?? 'cp037').family === 'ebcdic';
  const inputs = await Promise.all(files.map(inputFile));
  if (inputs.filter(({ name }) => name === '-').length > 1)
    throw new OverpunchError('USAGE', 'standard input can be read once');
  const layout = loadLayout(options.copybook, options, warn);
  const codec = createCodec(layout, codecOptions(options));
  const where = compileWhere(codec, options.where);
  const format = frameFormat(options, recordSizes(codec), ebcdic);
  const sizes = inputs.map(({ size }) => size);
  return {
    inputs,
    totalSize: sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null,
    codec,
    where,
    format,
    skipBytes: skipOptions(options),
    known: {
      format: format.format,
      ebcdic,
      codepage: codec.options.codepage,
      hasBinary: codec.records.some(({ items }) => items.some(({ type }) => type !== null && !isText(type.kind))),
      recordLength: format.format === 'fixed' && typeof format.recordLength === 'number' ? format.recordLength : null,
      varies: codec.minimumLength < codec.maximumLength && layout.dialect.odo === 'shifted',
    },
  };
}

function isText(kind: string): boolean {
  return kind === 'text' || kind === 'edited' || kind === 'zoned';
}
