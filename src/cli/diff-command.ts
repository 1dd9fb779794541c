import { compareLayouts } from '../compare/compare-layouts.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { type DecodingOptions, decodingOptions, type OptionTable } from './decoding-options.ts';
import { diffRun } from './diff-run.ts';
import { diffTallyJson, formatDiffTally } from './diff-tally.ts';
import { layoutDifferenceJson, layoutDifferenceText } from './layout-difference.ts';
import { loadLayout } from './load-layout.ts';
import { flag, integer, list } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { prepareDecoding } from './prepare-decoding.ts';
import { ProblemReport } from './problem-report.ts';
import { type ReadingOptions, readingOptions } from './reading-options.ts';
import { recordDifferenceJson, recordDifferenceText } from './record-difference.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `diff` can be told. */
export interface DiffOptions extends ReadingOptions, Pick<DecodingOptions, 'select'> {
  readonly key?: readonly string[];
  readonly memory?: number;
  readonly bytes?: boolean;
  readonly json?: boolean;
}

const defaultMemory = 256; // megabytes
const megabyte = 1024 * 1024;

const options: OptionTable<DiffOptions> = {
  ...readingOptions,
  select: decodingOptions.select,
  key: list('Which records', 'FIELD', 'compare the records that have the same value there, not the n-th with the n-th'),
  memory: integer('Which records', 'MEGABYTES', 1, 'with --key: records that may wait for their partner', {
    standard: String(defaultMemory),
  }),
  bytes: flag('Output', 'records with the same values in other bytes differ too'),
  json: flag('Output', 'print JSON: of copybooks one object, of files a line for each difference'),
};

/** `overpunch diff OLD NEW`: two copybooks, or with `--copybook` two files of records. */
export const diffCommand: Command<DiffOptions> = {
  name: 'diff',
  summary: 'Compare two copybooks, or with --copybook two files of records; exit status 1 when they differ.',
  operand: { name: 'old new', many: true, two: true, summary: 'two copybooks, or two files of records and --copybook' },
  examples: [
    ['overpunch diff OLD.cpy NEW.cpy', 'which fields moved, grew, appeared, went or changed type'],
    ['overpunch diff MONDAY.DATA TUESDAY.DATA -c CUSTOMER.cpy', 'the n-th record with the n-th, field by field'],
    ['overpunch diff MONDAY.DATA TUESDAY.DATA -c CUSTOMER.cpy --key CUST-ID', 'records with the same CUST-ID'],
  ],
  options,
  async run(operands, given) {
    const [left, right] = operands;
    if (left === undefined || right === undefined || operands.length > 2) {
      throw new OverpunchError('USAGE', 'diff compares two files');
    }
    return given.copybook === undefined ? diffCopybooks(left, right, given) : diffFiles(left, right, given);
  },
};

async function diffCopybooks(left: string, right: string, given: DiffOptions & CommonOptions): Promise<number> {
  for (const member of ['key', 'memory', 'bytes', 'select', 'where', 'skip', 'limit'] as const) {
    if (given[member] === undefined) continue;
    throw new OverpunchError(
      'USAGE',
      `--${member} is about records: give --copybook FILE, or two copybooks without it`,
    );
  }
  const warn = unlessQuiet(given);
  const changes = compareLayouts(loadLayout([left], given, warn), loadLayout([right], given, warn));
  const output = new BatchedWriter(standardOutput());
  if (given.json === true) output.add(`${JSON.stringify(layoutDifferenceJson(changes), null, 2)}\n`);
  else output.add(layoutDifferenceText(changes));
  await output.commit();
  return changes.length > 0 ? 1 : 0;
}

async function diffFiles(left: string, right: string, given: DiffOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(given);
  if (given.memory !== undefined && given.key === undefined)
    throw new OverpunchError('USAGE', '--memory goes with --key');
  const decoding = await prepareDecoding('diff', [left, right], given, say);
  const [first, second] = decoding.inputs;
  if (first === undefined || second === undefined) throw new RangeError('two inputs were given');
  const output = new BatchedWriter(standardOutput());
  const report = new ProblemReport(say, given.verbose === true);
  const tally = await diffRun(first, second, {
    decoding,
    key: given.key?.flatMap((names) => names.split(',')) ?? [],
    memory: (given.memory ?? defaultMemory) * megabyte,
    bytes: given.bytes === true,
    filtered: given.where !== undefined,
    skip: given.skip ?? 0,
    limit: given.limit ?? Number.POSITIVE_INFINITY,
    report,
    async show(difference) {
      output.add(
        given.json === true ? recordDifferenceJson(difference) : recordDifferenceText(difference, [left, right]),
      );
      if (output.full) await output.flush();
    },
  });
  if (given.json === true) output.add(diffTallyJson(tally));
  await output.commit();
  report.finish();
  say(formatDiffTally(tally));
  const { different, otherBytes, leftOnly, rightOnly, garbage } = tally;
  return different + leftOnly + rightOnly + garbage + (given.bytes === true ? otherBytes : 0) > 0 ? 1 : 0;
}
