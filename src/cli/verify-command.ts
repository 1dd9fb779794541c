import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import { decodeRun } from './decode-run.ts';
import type { OptionTable } from './decoding-options.ts';
import { FieldStatistics } from './field-statistics.ts';
import { IssueStatistics } from './issue-statistics.ts';
import { flag, integer } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { prepareDecoding } from './prepare-decoding.ts';
import { ProgressBar } from './progress-bar.ts';
import { type ReadingOptions, readingOptions } from './reading-options.ts';
import type { OutputRecord } from './record-members.ts';
import { unlessQuiet } from './unless-quiet.ts';
import type { Findings, TypeCount } from './verify-findings.ts';
import { verifyJson } from './verify-json.ts';
import { verifyText } from './verify-text.ts';

const shownTypes = 1000; // combinations of views beyond that are counted together

/** What `verify` can be told. */
export interface VerifyOptions extends ReadingOptions {
  readonly maxErrors?: number;
  readonly json?: boolean;
}

const options: OptionTable<VerifyOptions> = {
  ...readingOptions,
  maxErrors: integer('Bad records', 'N', 1, 'stop after N bad records'),
  json: flag('Output', 'print JSON'),
};

/** `overpunch verify FILE…`: decode without output, and report what is there. */
export const verifyCommand: Command<VerifyOptions> = {
  name: 'verify',
  summary:
    'Check files: count records, errors and notes, and show what each field holds. Exit status 1 if something is bad.',
  operand: { name: 'files', many: true, summary: 'files to check; - is standard input, gzip is recognised' },
  examples: [
    ['overpunch verify CUSTOMER.DATA -c CUSTOMER.cpy', 'is the delivery good, and what is in it?'],
    ['overpunch verify CUSTOMER.DATA -c CUSTOMER.cpy --max-errors 10', 'give up early when it is not'],
    ['overpunch verify day1.vb day2.vb -c ORDERS.cpy --format rdw --json', 'several files together, as JSON'],
  ],
  options,
  run: verify,
};

async function verify(operands: readonly string[], options: VerifyOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(options);
  const decoding = await prepareDecoding('verify', operands, options, say);
  const { inputs, codec } = decoding;
  const types = new Map<string, TypeCount>();
  const issues = new IssueStatistics();
  const fields = new FieldStatistics(codec.records, codec.options.filler === 'keep');
  const progress = new ProgressBar(process.stderr, decoding.totalSize, options.quiet === true);
  const nothing = async (): Promise<void> => undefined;
  const output = {
    add({ file, recordNumber, offset, reading, issues: found }: OutputRecord): void {
      const { record, view, root } = reading;
      const fits = !found.some(({ code }) => code === 'NO_RECORD');
      const type = typeOf(types, fits ? record.name : '(no record rule fits)', view);
      type.records += 1;
      if (found.some(({ severity }) => severity === 'error')) type.bad += 1;
      if (fits) fields.add(record, root, { file, record: recordNumber, offset });
    },
    full: false,
    flush: nothing,
    commit: nothing,
    abandon: nothing,
  };
  const { tally, stopped, sample, remainder } = await decodeRun(inputs, {
    ...decoding,
    skip: options.skip ?? 0,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    strict: null,
    maxErrors: options.maxErrors ?? Number.POSITIVE_INFINITY,
    output,
    quarantine: null,
    types: null,
    report: issues,
    progress,
  });
  progress.clear();
  const { written, bad, garbage, account } = tally;
  const findings: Findings = {
    files: inputs.map(({ name }) => name),
    tally,
    stopped,
    types: [...types.values()],
    issues: issues.sorted(),
    records: codec.records.map((record) => ({ record, fields: fields.of(record) })),
    hint: decoding.guess({ sample, records: written, bad, garbage, size: account.input, remainder, untyped: 0 }),
  };
  const writer = new BatchedWriter(standardOutput());
  writer.add(options.json === true ? verifyJson(findings) : verifyText(findings));
  await writer.commit();
  if (findings.hint !== null) say(`hint: ${findings.hint}\n`);
  return bad > 0 || garbage > 0 ? 1 : 0;
}

function typeOf(types: Map<string, TypeCount>, record: string, view: string | null): TypeCount {
  const others = types.size >= shownTypes && !types.has(typeKey(record, view));
  const made = { record, view: others ? '(others)' : view, records: 0, bad: 0 };
  const key = typeKey(record, made.view);
  const there = types.get(key);
  if (there === undefined) types.set(key, made);
  return there ?? made;
}

function typeKey(record: string, view: string | null): string {
  return JSON.stringify([record, view]);
}
