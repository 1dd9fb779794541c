import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { commandUsage } from '../../src/cli/command.ts';
import type { CommandFace } from '../../src/cli/command-face.ts';
import { loadCommandFaces } from '../../src/cli/commands.ts';
import { type OptionDefinition, optionGroups } from '../../src/cli/option-definition.ts';
import { fixtures, workFolder } from '../cli/overpunch.ts';

const page = new URL('../../docs/cli.md', import.meta.url);
const commandFaces = await loadCommandFaces();
const { folder, environment } = workFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** Examples by command, with what they show; they run in fixtures/cli. */
const examples: Readonly<Record<string, readonly (readonly [meaning: string, line: string])[]>> = {
  layout: [['Where every field lies:', 'overpunch layout stock.cpy']],
  decode: [
    [
      'Records to JSON lines; the record type chooses the view:',
      'overpunch decode stock.dat -c stock.cpy --view REC-TYPE:T=TEXT-DETAIL --view REC-TYPE:P=PRICE-DETAIL --quiet',
    ],
    [
      'Options from a file, some of the records, some of the fields, as CSV:',
      "overpunch decode stock.dat --options stock.yaml --where 'QUANTITY > 0' --select ITEM-NO,PRICE,QUANTITY --to csv --quiet",
    ],
    ['Variable records:', 'overpunch decode order.vb -c order.cpy -I copylib --format rdw --limit 1'],
    [
      'A capture of frames of many types, those that ask; what is in it stands below:',
      'overpunch decode till.cap --catalog till/catalog.yaml --role request --select TILL-KEY,ARTICLE,SALE-PRICE',
    ],
  ],
  encode: [
    [
      'A field is changed; what the line does not say stays as it was in the original:',
      `echo '{"_offset":36,"text_detail":"INK RED"}' | overpunch encode - --options stock.yaml --original stock.dat --quiet | overpunch decode - --options stock.yaml --quiet`,
    ],
    [
      'What does not fit is not written, and the message says where it stands:',
      `echo '{"rec_type":"T","item_no":123456,"text_detail":"PAPER"}' | overpunch encode - --options stock.yaml`,
    ],
  ],
  inspect: [
    ['One record, its bytes beside its fields:', 'overpunch inspect stock.dat --options stock.yaml --record-number 2'],
    [
      'A frame: header, decompression and body; BYTES are those of the frame as it was sent:',
      'overpunch inspect till.cap --catalog till/catalog.yaml --type SA',
    ],
  ],
  verify: [['Is a delivery good, and what is in it?', 'overpunch verify stock-bad.dat --options stock.yaml']],
  types: [['TypeScript for what decode gives:', 'overpunch types order.cpy -I copylib']],
  schema: [['An Avro schema:', 'overpunch schema order.cpy -I copylib --to avro']],
  diff: [['What changed between two copybooks:', 'overpunch diff stock.cpy stock-new.cpy']],
  'catalog check': [['What does not fit together:', 'overpunch catalog check till-unfit.yaml']],
  'catalog list': [['The types of frames:', 'overpunch catalog list till/catalog.yaml']],
  'catalog show': [['All about one of them:', 'overpunch catalog show till/catalog.yaml RA']],
  'catalog new': [
    ['A first catalog, from copybooks:', 'overpunch catalog new --copybooks till --header till/HEADER.cpy'],
  ],
  generate: [
    [
      'A capture of simulated traffic, here to standard output, and two of its bets:',
      'overpunch generate --catalog ../../copybooks/itc/catalog.yaml --seed 7 --frames 500 --clean --quiet | overpunch decode - --catalog ../../copybooks/itc/catalog.yaml --type T031 --select ITC-KEY,PARI-TYPE,T031-MISE-TOTALE --limit 2 --quiet',
    ],
  ],
  replay: [
    ['What became of every frame of a capture:', 'overpunch replay till.cap --catalog till/catalog.yaml --quiet'],
  ],
  run: [['Whether all is right with a pipeline:', 'overpunch run till-pipeline.yaml --check']],
  'rewards check': [['What campaigns ask for:', 'overpunch rewards check ../../examples/campaigns.yaml']],
  'rewards simulate': [
    [
      'What they would have given on a short afternoon:',
      'DATA=$(mktemp -d) && node ../../scripts/make-betting-day.js --frames 2000 $DATA/betting && cp ../../examples/betting.yaml ../../examples/campaigns.yaml $DATA && overpunch rewards simulate $DATA/betting.yaml',
    ],
  ],
  'rewards explain': [
    [
      'Why a bet got what it got:',
      'DATA=$(mktemp -d) && node ../../scripts/make-betting-day.js --frames 2000 $DATA/betting && cp ../../examples/betting.yaml ../../examples/campaigns.yaml $DATA && overpunch run $DATA/betting.yaml --quiet > $DATA.txt; overpunch rewards explain 72763060001352 --pipeline $DATA/betting.yaml',
    ],
  ],
  'topic list': [
    [
      'What a replay left in a data directory:',
      'DATA=$(mktemp -d) && overpunch replay till.cap --catalog till/catalog.yaml --data $DATA --quiet > $DATA.txt; overpunch topic list --data $DATA',
    ],
  ],
  'topic read': [
    [
      'The events of a replay:',
      'DATA=$(mktemp -d) && overpunch replay till.cap --catalog till/catalog.yaml --data $DATA --quiet > $DATA.txt; overpunch topic read sales --data $DATA',
    ],
  ],
  'topic tail': [
    [
      'The last one, and whatever comes; here it ends at once:',
      "DATA=$(mktemp -d) && overpunch replay till.cap --catalog till/catalog.yaml --data $DATA --quiet > $DATA.txt; overpunch topic tail sales --data $DATA --from=-1 --limit 1 -f '%o %k\\n'",
    ],
  ],
  completion: [['What the script for fish starts with:', 'overpunch completion fish | head -3']],
};

/** What a terminal would show: standard output, then the messages. */
function run(line: string): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: fixtures, env: environment, encoding: 'utf8' });
  const text = (stdout + stderr).replaceAll('\r\n', '\n').replace(/in [0-9.]+ s, [0-9.]+ MB\/s/g, 'in N s, N MB/s');
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The page as the tables of the commands and the examples make it. */
function cliPage(): string {
  const lines = [
    '# The command line',
    '',
    'Standard output carries data only; everything else goes to standard error. Exit status: 0 all good; 1 it ran, but something',
    'is bad; 2 usage or input and output; 3 the copybook or catalog is wrong. The examples run in `fixtures/cli`.',
    '',
    '| command | what it does |',
    '|---|---|',
    ...commandFaces.map(
      ({ name, summary }) => `| [\`${name}\`](#overpunch-${name.replaceAll(' ', '-')}) | ${cell(summary)} |`,
    ),
  ];
  for (const face of commandFaces) lines.push('', ...section(face));
  return `${lines.join('\n')}\n`;
}

function section(face: CommandFace): string[] {
  const { name, summary, operand, options } = face;
  const usage = `\`overpunch ${commandUsage(face)}\`: ${operand?.summary ?? 'nothing but options'}`;
  const lines = [`## overpunch ${name}`, '', usage, '', summary];
  for (const [meaning, line] of examples[name] ?? []) {
    lines.push('', meaning, '', '```console', `$ ${line}`, `${run(line)}\`\`\``);
  }
  for (const group of optionGroups) {
    const own = [...options].filter(([, definition]) => definition.group === group);
    if (own.length === 0) continue;
    lines.push('', `**${group}**`, '', '| option | values | what it does | default |', '|---|---|---|---|');
    lines.push(...own.map(([option, definition]) => row(option, definition)));
  }
  return lines;
}

function row(option: string, { alias, values, argument, summary, standard, kind }: OptionDefinition<unknown>): string {
  const names = `\`--${option}\`${alias === '' ? '' : `, \`-${alias}\``}`;
  const words = values.map((value) => `\`${value}\``).join(', ');
  const takes = words !== '' ? words : argument === '' ? '' : `\`${argument}\``;
  const again = kind === 'list' ? ' (repeatable)' : '';
  return `| ${names} | ${cell(takes)} | ${cell(summary)}${again} | ${cell(standard)} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

describe('docs/cli.md', () => {
  // UPDATE_TRANSCRIPTS=1 writes the page anew.
  test('is what the commands, their options and their examples make it', { timeout: 120_000 }, () => {
    const made = cliPage();
    if (process.env['UPDATE_TRANSCRIPTS'] === '1') writeFileSync(page, made);
    expect(readFileSync(page, 'utf8')).toBe(made);
  });

  test('shows an example of every command', () => {
    expect(Object.keys(examples)).toEqual(commandFaces.map(({ name }) => name));
  });
});
