import { printable } from '../bytes/printable.ts';
import type { Codec } from '../codec/create-codec.ts';
import type { Issue } from '../codec/issue.ts';
import { OverpunchError } from '../errors.ts';
import type { Piece } from '../frames/piece.ts';
import { frameIssue } from '../frames/quarantine-line.ts';
import { BatchedWriter } from './batched-writer.ts';
import { type CatalogOptions, catalogOptions, type EitherOptions, formatWithCatalog } from './catalog-options.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import { type FoundFrame, findFrame } from './find-frame.ts';
import { issuesOf } from './frame-issues.ts';
import { inspectHeading } from './inspect-heading.ts';
import { inspectJson } from './inspect-json.ts';
import { inspectTree } from './inspect-tree.ts';
import { inspectVertical } from './inspect-vertical.ts';
import type { Inspected } from './inspected.ts';
import { flag, integer } from './option-definition.ts';
import { standardOutput } from './output-target.ts';
import type { CatalogDecoding } from './prepare-catalog.ts';
import { type EitherDecoding, prepareEither } from './prepare-either.ts';
import type { Place } from './problem-report.ts';
import { type ReadingOptions, readingOptions } from './reading-options.ts';
import { screenOf } from './screen.ts';
import { sentPlaces } from './sent-places.ts';
import { unlessQuiet } from './unless-quiet.ts';

/** What `inspect` can be told. */
export interface InspectOptions extends Omit<ReadingOptions, 'limit' | 'format'>, CatalogOptions {
  readonly format?: NonNullable<EitherOptions['format']>;
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
  ...catalogOptions,
  format: formatWithCatalog,
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
  summary:
    'Show one record or frame: hexadecimal beside its fields, what is wrong with them, and what no field describes.',
  operand: { name: 'file', many: false, summary: 'a file; - is standard input, gzip is recognised' },
  examples: [
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --record-number 7', 'the seventh record'],
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --offset 3512', 'the record an error message gives as @3512'],
    ["overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --where 'CUST-ID = 4711'", 'the first record that fits'],
    [
      'overpunch inspect LINE.cap --catalog catalog.yaml --type T031',
      'the first frame of a type: header, decompression, body',
    ],
    ['overpunch inspect CUSTOMER.DATA -c CUSTOMER.cpy --vertical', 'as ISPF shows it with HEX ON VERT'],
    ['overpunch inspect bad.jsonl -c CUSTOMER.cpy --format quarantine --json', 'a record of a quarantine, as JSON'],
  ],
  options,
  run: inspect,
};

async function inspect(operands: readonly string[], options: InspectOptions & CommonOptions): Promise<number> {
  const say = unlessQuiet(options);
  if (options.json === true && options.vertical === true) {
    throw new OverpunchError('USAGE', '--json and --vertical are both given');
  }
  const decoding = await prepareEither('inspect', operands, options, say);
  const [input] = decoding.inputs;
  if (input === undefined) throw new OverpunchError('USAGE', 'inspect needs a file');
  const found = await findFrame(input, decoding, {
    recordNumber: options.recordNumber,
    offset: options.offset,
    where: asksForSome(options) ? decoding.where : null,
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

function asksForSome({ where, type, role }: InspectOptions): boolean {
  return where !== undefined || type !== undefined || role !== undefined;
}

/** Take a piece apart. */
function explainPiece(piece: Piece, place: Place, decoding: EitherDecoding, full: boolean): Inspected {
  const { bytes } = piece;
  const { codepage, format } = (decoding.frames ? decoding.header : decoding.codec).options;
  const shown = { place, bytes, codepage, filled: format === 'text', full };
  if (piece.kind === 'garbage') {
    const issues = [frameIssue(piece, bytes)];
    return { ...shown, explained: null, frame: null, recordIssues: issues, issues };
  }
  const { explained, frame, recordIssues, issues } = decoding.frames
    ? explainFrame(bytes, decoding)
    : explainRecord(bytes, decoding.codec);
  const merged = (found: readonly Issue[]): readonly Issue[] => issuesOf(piece, found);
  return { ...shown, explained, frame, recordIssues: merged(recordIssues), issues: merged(issues) };
}

type Explained = Pick<Inspected, 'explained' | 'frame' | 'recordIssues' | 'issues'>;

function explainRecord(bytes: Uint8Array, codec: Codec): Explained {
  const explained = codec.explain(bytes);
  return { explained, frame: null, recordIssues: explained.recordIssues, issues: explained.issues };
}

function explainFrame(bytes: Uint8Array, { reader, header, catalog }: CatalogDecoding): Explained {
  const frame = reader.explain(bytes);
  const { length, record } = catalog.header;
  const { explained, issues } = frame;
  const ofFields = new Set(frame.reading?.issues);
  const ofFrame = issues.filter((issue) => !ofFields.has(issue));
  return {
    // Of a frame that could not be taken apart at least the header can be seen.
    explained: explained ?? header.explain(bytes.subarray(0, length)),
    frame: {
      frame,
      headerName: record.name,
      headerLength: length,
      sent: sentPlaces(length, frame.segments, bytes.length),
    },
    recordIssues: [...ofFrame, ...(explained?.recordIssues ?? [])],
    issues,
  };
}
