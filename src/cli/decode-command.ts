import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { toHex } from '../bytes/hex.ts';
import { printable } from '../bytes/printable.ts';
import { compileWhere } from '../codec/compile-where.ts';
import { createCodec } from '../codec/create-codec.ts';
import { codePage } from '../ebcdic/open-code-page.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { codecOptions, recordSizes } from './codec-of-options.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { type DecodeResult, decodeRun } from './decode-run.ts';
import { formatTally } from './decode-tally.ts';
import { type DecodingOptions, decodingOptions } from './decoding-options.ts';
import { formatName, frameFormat, skipOptions } from './frame-format.ts';
import { guessMistake } from './guess-mistake.ts';
import { type InputFile, inputFile } from './input-file.ts';
import { loadLayout } from './load-layout.ts';
import { openOutput } from './open-output.ts';
import { outputFile } from './output-target.ts';
import { ProblemReport, problemLine } from './problem-report.ts';
import { ProgressBar } from './progress-bar.ts';
import type { RecordOutput } from './record-output.ts';

const shownBytes = 128; // of the record that stops a run

type Options = DecodingOptions & CommonOptions;

/** `overpunch decode FILE…`: records to JSON or CSV, bad ones to the quarantine. */
export const decodeCommand: Command<DecodingOptions> = {
  name: 'decode',
  summary: 'Decode records to JSON lines, JSON or CSV.',
  operand: { name: 'files', many: true, summary: 'files to decode; - is standard input, gzip is recognised' },
  examples: [
    ['overpunch decode CUSTOMER.DATA --copybook CUSTOMER.cpy', 'fixed-length EBCDIC records, a JSON line each'],
    [
      'overpunch decode EXPORT.DATA --copybook EXPORT.cpy --view REC-TYPE:C=CUSTOMER-DATA --view REC-TYPE:A=ACCOUNT-DATA',
      'the record type chooses the REDEFINES view',
    ],
    [
      'overpunch decode ORDERS.vb -c ORDERS.cpy --format rdw --to csv -o orders.csv --quarantine bad.jsonl',
      'variable records to CSV; bad ones apart',
    ],
    ['overpunch decode bad.jsonl -c ORDERS.cpy --format quarantine --meta', 'look at the bad ones again'],
    [
      "zcat BIG.gz | overpunch decode - -c BIG.cpy --where 'STATUS = A' --limit 10",
      'the first ten active ones of a stream',
    ],
  ],
  options: decodingOptions,
  run: decode,
};

async function decode(operands: readonly string[], options: Options): Promise<number> {
  const say = (text: string): void => {
    if (options.quiet !== true) process.stderr.write(text);
  };
  checkCombinations(options);
  const ebcdic = codePage(options.codepage ?? 'cp037').family === 'ebcdic';
  const inputs = await Promise.all(operands.map(inputFile));
  if (inputs.filter(({ name }) => name === '-').length > 1)
    throw new OverpunchError('USAGE', 'standard input can be read once');
  const layout = loadLayout(options.copybook ?? [], options, say);
  const codec = createCodec(layout, codecOptions(options));
  const where = compileWhere(codec, options.where);
  const format = frameFormat(options, recordSizes(codec), ebcdic);
  await checkTargets(inputs, options);

  const report = new ProblemReport(say, options.verbose === true);
  const sizes = inputs.map(({ size }) => size);
  const total = sizes.every((size) => size !== null) ? sizes.reduce((sum, size) => sum + size, 0) : null;
  const progress = new ProgressBar(process.stderr, total, options.quiet === true);
  const started = performance.now();
  let output: RecordOutput | null = null;
  let quarantine: BatchedWriter | null = null;
  let result: DecodeResult;
  try {
    output = await openOutput(options, codec);
    if (options.quarantine !== undefined) quarantine = new BatchedWriter(await outputFile(options.quarantine));
    result = await decodeRun(inputs, {
      format,
      skipBytes: skipOptions(options),
      read: codec.read,
      where,
      skip: options.skip ?? 0,
      limit: options.limit ?? Number.POSITIVE_INFINITY,
      strict: options.strict ?? null,
      maxErrors: options.maxErrors ?? Number.POSITIVE_INFINITY,
      output,
      quarantine,
      report,
      progress,
    });
    if (result.stopped === 'strict') {
      await output.abandon();
      await quarantine?.abandon();
    } else {
      await output.commit();
      await quarantine?.commit();
    }
  } catch (error) {
    await output?.abandon();
    await quarantine?.abandon();
    throw error;
  } finally {
    progress.clear();
  }
  report.finish();
  finish(result, options, say, (performance.now() - started) / 1000, {
    ebcdic,
    recordLength: format.format === 'fixed' && typeof format.recordLength === 'number' ? format.recordLength : null,
    varies: codec.minimumLength < codec.maximumLength && layout.dialect.odo === 'shifted',
  });
  const { tally, stopped } = result;
  return tally.bad > 0 || tally.garbage > 0 || stopped === 'strict' ? 1 : 0;
}

function finish(
  result: DecodeResult,
  options: Options,
  say: (text: string) => void,
  seconds: number,
  known: { ebcdic: boolean; recordLength: number | null; varies: boolean },
): void {
  const { tally, stopped, culprit, sample, remainder } = result;
  if (culprit !== null) {
    // What stops the run is said even when --quiet.
    const { place, bytes, issues } = culprit;
    for (const issue of issues) process.stderr.write(`${problemLine(place, issue)}\n`);
    const hex = toHex(bytes.subarray(0, shownBytes));
    const record = place.record === null ? 'bytes that are no record' : `record ${place.record}`;
    const more = bytes.length > shownBytes ? '…' : '';
    process.stderr.write(
      `stopped by --strict at ${printable(place.file)}@${place.offset}: ${record}, ${bytes.length} bytes X'${hex}${more}'\n`,
    );
  }
  if (stopped === 'max-errors') say(`stopped by --max-errors ${options.maxErrors}\n`);
  if (stopped === 'limit') say(`stopped by --limit ${options.limit}; the rest of the input was not read\n`);
  say(formatTally(tally, seconds));
  const { records, bad, garbage } = tally;
  const hint = guessMistake({ format: formatName(options), sample, records, bad, garbage, remainder, ...known });
  if (hint !== null) say(`hint: ${hint}\n`);
}

function checkCombinations(options: Options): void {
  const wrong = (message: string): never => {
    throw new OverpunchError('USAGE', message);
  };
  if (options.copybook === undefined) wrong('decode needs --copybook FILE');
  if (options.split === true && options.to !== 'csv') wrong('--split goes with --to csv');
  if (options.split === true && options.output === undefined)
    wrong('--split needs -o FILE, from which the other names are made');
  if (options.csvSafe === true && options.to !== 'csv') wrong('--csv-safe goes with --to csv');
}

/** Refuse to write over what is read, or two things into one file. */
async function checkTargets(
  inputs: readonly InputFile[],
  { output, quarantine, copybook = [] }: Options,
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
