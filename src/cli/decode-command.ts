import { toHex } from '../bytes/hex.ts';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { catalogOptions, type EitherOptions, formatWithCatalog } from './catalog-options.ts';
import { checkTargets } from './check-targets.ts';
import { chooseEngine } from './choose-engine.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { decodeRun } from './decode-run.ts';
import { formatTally } from './decode-tally.ts';
import { decodingOptions } from './decoding-options.ts';
import { openOutput } from './open-output.ts';
import { outputFile } from './output-target.ts';
import { prepareEither } from './prepare-either.ts';
import { ProblemReport, problemLine } from './problem-report.ts';
import { ProgressBar } from './progress-bar.ts';
import type { RecordOutput } from './record-output.ts';
import type { DecodeResult } from './record-run.ts';
import type { RunFacts } from './run-shape.ts';
import { TypeTally } from './type-tally.ts';
import { unlessQuiet } from './unless-quiet.ts';

const shownBytes = 128; // of the record that stops a run

type Options = EitherOptions & CommonOptions;

/** `overpunch decode FILE…`: records to JSON or CSV, bad ones to the quarantine. */
export const decodeCommand: Command<EitherOptions> = {
  name: 'decode',
  summary: 'Decode records, or the frames of a catalog, to JSON lines, JSON or CSV.',
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
    [
      'overpunch decode LINE.cap --catalog catalog.yaml --type T031 --meta',
      'a capture of frames of many types: those of one, and when they were sent',
    ],
  ],
  options: { ...decodingOptions, ...catalogOptions, format: formatWithCatalog },
  run: decode,
};

async function decode(operands: readonly string[], options: Options): Promise<number> {
  const say = unlessQuiet(options);
  checkCombinations(options);
  const tell = options.verbose === true ? say : () => undefined;
  const hired =
    (options.workers ?? 1) > 1 ? (await import('./hire-workers.ts')).hireWorkers(operands, options, tell) : null;
  const decoding = await prepareEither('decode', operands, options, say);
  const { inputs, decoder, where, format, skipBytes } = decoding;
  await checkTargets(inputs, { ...options, copybook: decoding.sources });
  const compiled = await chooseEngine(options, decoding, tell);
  const crew = hired?.brief(compiled, decoding) ?? null;
  const types = decoding.frames ? new TypeTally() : null;

  const report = new ProblemReport(say, options.verbose === true);
  const progress = new ProgressBar(process.stderr, decoding.totalSize, options.quiet === true);
  const started = process.uptime();
  let output: RecordOutput | null = null;
  let quarantine: BatchedWriter | null = null;
  let result: DecodeResult;
  try {
    output = await openOutput(options, decoding, compiled?.space ?? null);
    if (options.quarantine !== undefined) quarantine = new BatchedWriter(await outputFile(options.quarantine));
    result = await decodeRun(inputs, {
      format,
      skipBytes,
      decoder,
      compiled,
      crew,
      where,
      skip: options.skip ?? 0,
      limit: options.limit ?? Number.POSITIVE_INFINITY,
      strict: options.strict ?? null,
      maxErrors: options.maxErrors ?? Number.POSITIVE_INFINITY,
      output,
      quarantine,
      types,
      report,
      progress,
    });
    // Where the quarantine cannot be written, no output appears that lacks its records.
    await quarantine?.flush();
    if (result.stopped === 'strict') {
      // A file does not appear, but what has no name to appear under holds what there was.
      if (options.output === undefined) await output.commit();
      else await output.flush();
      await output.abandon();
    } else {
      await output.commit();
    }
    await quarantine?.commit();
  } catch (error) {
    await output?.abandon();
    await quarantine?.abandon();
    throw error;
  } finally {
    progress.clear();
  }
  report.finish();
  const seconds = process.uptime() - started;
  const summary = (): string => (types?.format() ?? '') + formatTally(result.tally, seconds);
  finish(result, options, say, summary, (facts) => {
    return decoding.guess({ ...facts, untyped: types?.untyped ?? 0 });
  });
  const { tally, stopped } = result;
  return tally.bad > 0 || tally.garbage > 0 || stopped === 'strict' ? 1 : 0;
}

function finish(
  result: DecodeResult,
  options: Options,
  say: (text: string) => void,
  summary: () => string,
  guess: (facts: Omit<RunFacts, 'untyped'>) => string | null,
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
  if (stopped === 'strict' && options.output !== undefined) say(`${printable(options.output)} is not written\n`);
  if (stopped === 'max-errors') say(`stopped by --max-errors ${options.maxErrors}\n`);
  if (stopped === 'limit') say(`stopped by --limit ${options.limit}; the rest of the input was not read\n`);
  if (options.quiet === true) return; // making a guess takes its time
  say(summary());
  const { written, quarantined, bad, garbage, account } = tally;
  const records = written + quarantined;
  const hint = guess({ sample, records, bad, garbage, size: account.input, remainder });
  if (hint !== null) say(`hint: ${hint}\n`);
}

function checkCombinations(options: Options): void {
  const wrong = (message: string): never => {
    throw new OverpunchError('USAGE', message);
  };
  if (options.split === true && options.to !== 'csv') wrong('--split goes with --to csv');
  if (options.split === true && options.output === undefined)
    wrong('--split needs -o FILE, from which the other names are made');
  if (options.csvSafe === true && options.to !== 'csv') wrong('--csv-safe goes with --to csv');
}
