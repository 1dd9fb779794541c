import { printable } from '../bytes/printable.ts';
import { createCodec } from '../codec/create-codec.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { OverpunchError } from '../errors.ts';
import { createFrameWriter } from '../frames/create-frame-writer.ts';
import { BatchedWriter } from './batched-writer.ts';
import { checkTargets } from './check-targets.ts';
import { codecOptions, recordSizes } from './codec-of-options.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { EncodeReport, encodeProblemLine } from './encode-report.ts';
import { type EncodeResult, encodeRun } from './encode-run.ts';
import { formatEncodeTally } from './encode-tally.ts';
import { type EncodingOptions, encodingOptions } from './encoding-options.ts';
import { frameFormat, skipOptions } from './frame-format.ts';
import { heldOutput } from './held-output.ts';
import { loadLayout } from './load-layout.ts';
import { OriginalFrames } from './original-frames.ts';
import { type OutputTarget, outputFile, standardOutput } from './output-target.ts';
import { openInputs, totalSize } from './prepare-decoding.ts';
import { ProgressBar } from './progress-bar.ts';
import { refuseTerminal } from './refuse-terminal.ts';
import { unlessQuiet } from './unless-quiet.ts';

type Options = EncodingOptions & CommonOptions;

/** `overpunch encode FILE…`: JSON lines to records, under the options that decode them. */
export const encodeCommand: Command<EncodingOptions> = {
  name: 'encode',
  summary: 'Encode JSON lines (or a JSON array) into records, under the options that decode them.',
  operand: { name: 'files', many: true, summary: 'JSON to encode; - is standard input, gzip is recognised' },
  examples: [
    ['overpunch encode customers.jsonl -c CUSTOMER.cpy -o CUSTOMER.DATA', 'a record for each line'],
    [
      'overpunch encode changed.jsonl -c ORDERS.cpy --format rdw --original ORDERS.vb -o NEW.vb',
      'what the lines do not say stays as it was; lines of decode --meta find their record themselves',
    ],
    [
      'overpunch encode tests.jsonl -c CUSTOMER.cpy --init -o TEST.DATA',
      'fields that a line leaves out are initialised',
    ],
    [
      'overpunch encode new.jsonl -c CUSTOMER.cpy --quarantine bad.jsonl -o NEW.DATA',
      'lines that do not fit go to bad.jsonl, to be corrected',
    ],
  ],
  options: encodingOptions,
  run: encode,
};

async function encode(operands: readonly string[], options: Options): Promise<number> {
  const say = unlessQuiet(options);
  const { copybook, original } = options;
  if (copybook === undefined) throw new OverpunchError('USAGE', 'encode needs --copybook FILE');
  const ebcdic = codePage(options.codepage ?? 'cp037').family === 'ebcdic';
  if (ebcdic) refuseTerminal(options.output);
  const read = await openInputs(original === undefined ? operands : [...operands, original]);
  const inputs = read.slice(0, operands.length);
  const frames = read[operands.length] ?? null;
  const codec = createCodec(loadLayout(copybook, options, say), codecOptions(options));
  const format = frameFormat(options, recordSizes(codec), ebcdic);
  const skip = skipOptions(options, format.format);
  if (format.format === 'quarantine') throw new OverpunchError('USAGE', 'encode does not write --format quarantine');
  if (options.blockSize !== undefined && format.format !== 'bdw')
    throw new OverpunchError('USAGE', '--block-size goes with --format bdw');
  await checkTargets(read, options);

  const { init = false, round = false, names = 'cobol', strict, blockSize } = options;
  const report = new EncodeReport(say, options.verbose === true);
  const progress = new ProgressBar(process.stderr, totalSize(inputs), options.quiet === true);
  const writer = createFrameWriter(format, skip, blockSize === undefined ? {} : { blockSize });
  let output: OutputTarget | null = null;
  let quarantine: BatchedWriter | null = null;
  let result: EncodeResult;
  try {
    output = await openTarget(options.output, strict !== undefined);
    if (options.quarantine !== undefined) quarantine = new BatchedWriter(await outputFile(options.quarantine));
    result = await encodeRun(inputs, {
      encode: codec.encode,
      init,
      round,
      names,
      writer,
      originals: frames === null ? null : new OriginalFrames(frames, format, skip),
      fileStart: skip.fileStart ?? 0,
      fileEnd: skip.fileEnd ?? 0,
      strict: strict !== undefined,
      maxErrors: options.maxErrors ?? Number.POSITIVE_INFINITY,
      output,
      quarantine,
      report,
      progress,
    });
    // Where the quarantine cannot be written, no output appears that lacks its lines.
    await quarantine?.flush();
    // Originals that were paired with the wrong lines give records that look good and are not.
    if (result.stopped === 'strict' || result.stopped === 'counts') await output.abandon();
    else await output.commit();
    await quarantine?.commit();
  } catch (error) {
    await output?.abandon();
    await quarantine?.abandon();
    throw error;
  } finally {
    progress.clear();
  }
  report.finish();
  finish(result, options, say);
  const { written, bad } = result.tally;
  if (written === 0 && bad > 1 && report.count('ENCODE_LINE') === bad) {
    say('hint: each line is to be one record, or the whole file one array; jq -c . puts each record on a line\n');
  }
  return result.tally.bad > 0 || result.stopped !== 'end' ? 1 : 0;
}

async function openTarget(file: string | undefined, strict: boolean): Promise<OutputTarget> {
  const target = file === undefined ? standardOutput() : await outputFile(file);
  return strict && (file === undefined || file === '-') ? await heldOutput(target) : target;
}

function finish(
  { tally, stopped, culprit, account }: EncodeResult,
  options: Options,
  say: (text: string) => void,
): void {
  // What stops the run is said even when --quiet.
  for (const problem of culprit) process.stderr.write(`${encodeProblemLine(problem)}\n`);
  if (stopped === 'strict') process.stderr.write('stopped by --strict at a bad line: nothing is written\n');
  if ((stopped === 'strict' || stopped === 'counts') && options.output !== undefined)
    say(`${printable(options.output)} is not written\n`);
  if (stopped === 'max-errors') say(`stopped by --max-errors ${options.maxErrors}\n`);
  if (stopped === 'counts') {
    const records = tally.originals === null ? '' : ` ${tally.originals}`;
    process.stderr.write(
      `${tally.lines - tally.blank} lines do not go with the${records} records of ${options.original} one to one: decode with --meta, so that each line says which is its own\n`,
    );
  }
  if (stopped !== 'strict') say(formatEncodeTally(tally, account));
}
