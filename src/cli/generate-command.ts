import { resolve } from 'node:path';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { generateTraffic } from '../traffic/generate-traffic.ts';
import type { TrafficTally } from '../traffic/tapped-line.ts';
import { faultRates, type TrafficOptions } from '../traffic/traffic-options.ts';
import { catalogOptions } from './catalog-options.ts';
import { checkTargets } from './check-targets.ts';
import type { Command } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import { inputFile } from './input-file.ts';
import { openCatalog } from './open-catalog.ts';
import { decimal, duration, flag, integer, text } from './option-definition.ts';
import { type OutputTarget, outputFile, standardOutput } from './output-target.ts';
import { refuseTerminal } from './refuse-terminal.ts';

/** What `generate` can be told. */
export interface GenerateOptions extends Omit<TrafficOptions, 'truth'> {
  readonly catalog?: string;
  readonly output?: string;
  /** A file, unlike that of the library. */
  readonly truth?: string;
}

type Rate = keyof typeof faultRates;

const rate = (name: Rate, summary: string): ReturnType<typeof decimal> =>
  decimal('What goes wrong', 'SHARE', 0, 1, summary, { standard: String(faultRates[name]) });

const options: OptionTable<GenerateOptions> = {
  catalog: catalogOptions.catalog,
  seed: integer('Traffic', 'N', 0, 'what chance follows: the same seed gives the same bytes', { standard: '1' }),
  frames: integer('Traffic', 'N', 0, 'write so many frames'),
  duration: duration('Traffic', 'TIME', 'write what happens in a simulated time: 30s, 5m, 2h'),
  rate: decimal('Traffic', 'N', 0.001, 10_000_000, 'mean frames per simulated second', { standard: '200' }),
  terminals: integer('Traffic', 'N', 1, 'points of sale', { standard: '3000' }),
  meetings: integer('Traffic', 'N', 1, 'race meetings at the same time, 5 at most', { standard: '5' }),
  duplicates: rate('duplicates', 'share of frames that are captured twice'),
  retransmissions: rate('retransmissions', 'share of requests that are sent again under the same key'),
  late: rate('late', 'share of responses that come after the window of the catalog'),
  missing: rate('missing', 'share of requests without a response'),
  orphans: rate('orphans', 'share of responses whose request was not captured'),
  disorder: duration('What goes wrong', 'TIME', 'how much later than its time a frame may be captured', {
    standard: 'that of the catalog',
  }),
  noise: rate('noise', 'records that are no frames, per frame'),
  malformed: rate('malformed', 'share of frames that are damaged'),
  clean: flag('What goes wrong', 'nothing, but for what is asked for'),
  output: text('Output', 'FILE', 'write the capture there; it appears when it is complete', { alias: 'o', path: true }),
  truth: text('Output', 'FILE', 'write what really happened there, one frame a line', { path: true }),
};

/** `overpunch generate`: a capture of simulated traffic. */
export const generateCommand: Command<GenerateOptions> = {
  name: 'generate',
  summary: 'Generate a capture of the traffic of a tote: races, bets, payments, and what goes wrong on the way.',
  operand: null,
  examples: [
    [
      'overpunch generate --catalog copybooks/itc/catalog.yaml --frames 10000 -o day.cap --truth day.jsonl',
      'ten thousand frames, and what each of them really says',
    ],
    [
      'overpunch generate --catalog copybooks/itc/catalog.yaml --duration 5m --rate 1000 --clean -o rush.cap',
      'five minutes in which all goes well',
    ],
  ],
  options,
  run: generate,
};

async function generate(_operands: readonly string[], options: GenerateOptions & CommonOptions): Promise<number> {
  const { catalog: file, output, truth, allowOutside, quiet, verbose, options: _, ...traffic } = options;
  if (file === undefined) throw new OverpunchError('USAGE', 'generate needs --catalog FILE');
  checkApart(output, truth);
  refuseTerminal(output);
  const catalog = await openCatalog(file, allowOutside);
  const inputs = await Promise.all(catalog.files().map((source) => inputFile(source).catch(() => null)));
  const read = inputs.filter((input) => input !== null);
  await checkTargets(read, output === undefined ? {} : { output });
  await checkTargets(read, truth === undefined ? {} : { output: truth });
  const blocks = generateTraffic(catalog, { ...traffic, truth: truth !== undefined });

  // The first block shows whether the catalog can be filled in at all: before a file is made.
  let block = blocks.next();
  let capture: OutputTarget | null = null;
  let lines: OutputTarget | null = null;
  let tally: TrafficTally;
  try {
    capture = output === undefined ? standardOutput() : await outputFile(output);
    lines = truth === undefined ? null : await outputFile(truth);
    while (block.done !== true) {
      await capture.write(block.value.capture);
      if (block.value.truth.length > 0) await lines?.write(block.value.truth);
      block = blocks.next();
    }
    tally = block.value;
    await lines?.commit();
    await capture.commit();
  } catch (error) {
    await lines?.abandon();
    await capture?.abandon();
    throw error;
  }
  if (quiet !== true) process.stderr.write(formatTally(tally, verbose === true));
  return 0;
}

/** Refuse to write both into one. */
function checkApart(output: string | undefined, truth: string | undefined): void {
  if (truth === undefined) return;
  const isStandard = (name: string | undefined): boolean =>
    name === undefined || name === '-' || name === '/dev/stdout';
  if (isStandard(output) && isStandard(truth)) {
    throw new OverpunchError('USAGE', 'the capture and its truth cannot both go to standard output', {
      hint: 'give -o FILE or --truth FILE',
    });
  }
  if (output !== undefined && resolve(output) === resolve(truth))
    throw new OverpunchError('USAGE', `-o and --truth both name ${printable(output)}`);
}

function formatTally(tally: TrafficTally, verbose: boolean): string {
  const { frames, bytes, types, ...faults } = tally;
  const count = (number: number): string => number.toLocaleString('en');
  const wrong = Object.entries(faults).map(([name, number]) => `${name} ${count(number)}`);
  const names = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, number]) => `  ${name} ${count(number)}`);
  const list = verbose ? `${names.join('\n')}\n` : '';
  return `frames ${count(frames)} in ${count(bytes)} bytes, of ${types.size} types; ${wrong.join(', ')}\n${list}`;
}
