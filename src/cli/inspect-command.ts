import { printable } from '../bytes/printable.ts';
import type { Issue } from '../codec/issue.ts';
import { OverpunchError } from '../errors.ts';
import type { Piece } from '../frames/piece.ts';
import { frameIssue } from '../frames/quarantine-line.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import { type FoundFrame, findFrame } from './find-frame.ts';
import { inspectHeading } from './inspect-heading.ts';
import { inspectJson } from './inspect-json.ts';
import { inspectTree } from './inspect-tree.ts';
import { inspectVertical } from './inspect-vertical.ts';
import type { Inspected } from './inspected.ts';
import { flag, integer } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import { type Decoding, prepareDecoding } from './prepare-decoding.ts';
import type { Place } from './problem-report.ts';
import { type ReadingOptions, readingOptions } from './reading-options.ts';
import { screenOf } from './screen.ts';

/** What `inspect` can be told. */
export interface InspectOptions extends Omit<ReadingOptions, 'limit'> {
  readonly recordNumber?: number;
  readonly offset?: number;
  readonly vertical?: boolean;
  readonly full?: boolean;
  readonly width?: number;
  readonly json?: boolean;
}

const { limit: _limit, ...reading } = readingOptions;
const options: OptionTable<InspectOptions> = {
  ...reading,
  recordNumber: integer('Which records', 'N', 1, 'the Nth record of the file', { standard: '1' }),
  offset: integer('Which records', 'BYTES', 0, 'the record that holds this byte of the file; the first byte is 0'),
  vertical: flag('Output', 'characters, zones and digits one below the other, as ISPF shows it with HEX ON VERT'),
  full: flag('Output', 'show long fields whole'),
  width: integer('Output', 'COLUMNS', 1, 'columns to use', { standard: "the terminal's, or 100" }),
  json: flag('Output', 'print JSON'),
};

/** `overpunch inspect FILE`: one record, its bytes beside its fields. */
export const inspectCommand: Command<InspectOptions> = {
  name: 'inspect',
  summary: 'Show one record: hexadecimal beside its fields, what is wrong with them, and what no field describes.',
  operand: { name: 'file', many: false, summary: 'a file; - is standard input, gzip is recognised' },
  examples: [
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --record-number 7', 'the seventh record'],
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --offset 3512', 'the record an error message gives as @3512'],
    ["overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --where 'CUST-ID = 4711'", 'the first record that fits'],
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --vertical', 'as ISPF shows it with HEX ON VERT'],
    ['overpunch inspect bad.jsonl -c CUSTOMER.cpy --format quarantine --json', 'a record of a quarantine, as JSON'],
  ],
  options,
  run: inspect,
};

async function inspect(operands: readonly string[], options: InspectOptions & CommonOptions): Promise<number> {
  const say = (text: string): void => {
    if (options.quiet !== true) process.stderr.write(text);
  };
  if (options.json === true && options.vertical === true) {
    throw new OverpunchError('USAGE', '--json and --vertical are both given');
  }
  const decoding = await prepareDecoding('inspect', operands, options, say);
  const [input] = decoding.inputs;
  if (input === undefined) throw new OverpunchError('USAGE', 'inspect needs a file');
  const found = await findFrame(input, decoding, {
    recordNumber: options.recordNumber,
    offset: options.offset,
    where: options.where === undefined ? null : decoding.where,
    skip: options.skip ?? 0,
  });
  if (found.piece === null) {
    process.stderr.write(`${printable(input.name)}: no such record${searched(found)}\n`);
    return 1;
  }
  const inspected = explainPiece(found.piece, found.place, decoding, options.full === true);
  const output = new BatchedWriter(standardOutput());
  const screen = screenOf(process.stdout, options.width);
  if (options.json === true) {
    output.add(inspectJson(inspected));
  } else {
    const body = options.vertical === true ? inspectVertical(inspected, screen) : inspectTree(inspected, screen);
    for (const lines of [inspectHeading(inspected, screen), body]) {
      for (const line of lines) {
        output.add(`${line.trimEnd()}\n`);
        if (output.full) await output.flush();
      }
    }
  }
  await output.commit();
  return inspected.issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function searched({ records, bytes }: FoundFrame): string {
  return `; the file has ${records} ${records === 1 ? 'record' : 'records'} in ${bytes} bytes`;
}

/** Take a piece apart. That a cut record is short goes without saying. */
function explainPiece(piece: Piece, place: Place, { codec }: Decoding, full: boolean): Inspected {
  const { bytes } = piece;
  if (piece.kind === 'garbage') {
    const issues = [frameIssue(piece, bytes)];
    return { place, bytes, codec, explained: null, recordIssues: issues, issues, full };
  }
  const explained = codec.explain(bytes);
  const { problem } = piece;
  const merged = (issues: readonly Issue[]): readonly Issue[] =>
    problem === null ? issues : [frameIssue(problem, bytes), ...issues.filter(({ code }) => code !== 'RECORD_SHORT')];
  const recordIssues = merged(explained.recordIssues);
  return { place, bytes, codec, explained, recordIssues, issues: merged(explained.issues), full };
}
