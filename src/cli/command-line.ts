import { readFileSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { catalogCheckCommand } from './catalog-check-command.ts';
import { catalogListCommand } from './catalog-list-command.ts';
import { catalogNewCommand } from './catalog-new-command.ts';
import { catalogShowCommand } from './catalog-show-command.ts';
import { checkOptions, type GivenOptions } from './check-options.ts';
import { type Command, commandUsage } from './command.ts';
import { type CommandFace, commandFace } from './command-face.ts';
import { type CommonOptions, commonOptions } from './common-options.ts';
import { completionCommand } from './completion-command.ts';
import { decodeCommand } from './decode-command.ts';
import type { OptionTable } from './decoding-options.ts';
import { diffCommand } from './diff-command.ts';
import { encodeCommand } from './encode-command.ts';
import { generateCommand } from './generate-command.ts';
import { finishHelp, leadText, optionText } from './help-text.ts';
import { inspectCommand } from './inspect-command.ts';
import { layoutCommand } from './layout-command.ts';
import { type OptionDefinition, optionGroups } from './option-definition.ts';
import { optionName } from './option-name.ts';
import { readOptionsFile } from './options-file.ts';
import { standardOutput } from './output-target.ts';
import { schemaCommand } from './schema-command.ts';
import { didYouMean } from './suggest.ts';
import { typesCommand } from './types-command.ts';
import { verifyCommand } from './verify-command.ts';

const described = [
  layoutCommand,
  decodeCommand,
  encodeCommand,
  inspectCommand,
  verifyCommand,
  typesCommand,
  schemaCommand,
  diffCommand,
  catalogCheckCommand,
  catalogListCommand,
  catalogShowCommand,
  catalogNewCommand,
  generateCommand,
].map((command) => command as Command<object>);
const faces = described.map(commandFace);
const completion = completionCommand(faces);
const commands: readonly Command<object>[] = [...described, completion];

/** Commands whose names start with the same word. */
interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly Command<object>[];
}
const groups: readonly CommandGroup[] = [
  {
    name: 'catalog',
    summary: 'Check, list, show and draft the catalog of a protocol: its header and its types of frames.',
    commands: commands.filter(({ name }) => name.startsWith('catalog ')),
  },
];

/** All commands, for the documentation. */
export const commandFaces: readonly CommandFace[] = [...faces, commandFace(completion)];
const firstWords = [...new Set(commands.map(({ name }) => name.replace(/ .*/, '')))];
const helpWidth = 110;

/** Parse a command line, run its command, and give the exit status. Throws `USAGE` for what makes no sense. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let status = 0;
  const done = (result: number): void => {
    status = result;
  };
  let parser: Argv = yargs()
    .scriptName('overpunch')
    .usage(leadText('overpunch COMMAND', 'Decode, check and encode mainframe records exactly.'))
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
      'strip-aliased': true,
    })
    .version(packageVersion())
    .help()
    .alias('help', 'h')
    .group(['help', 'version'], 'Everywhere:')
    .wrap(helpWidth)
    .exitProcess(false)
    .fail((message, error) => {
      throw error instanceof Error ? error : new OverpunchError('USAGE', printable(message ?? 'bad command line'));
    });
  for (const command of commands) {
    const group = groups.find(({ commands: own }) => own.includes(command));
    if (group === undefined) parser = withCommand(parser, command, done);
    else if (group.commands[0] === command) parser = withGroup(parser, group, done);
  }
  parser = parser.command('$0', false, {}, (parsed) => refuseCommand('', parsed._, firstWords));
  let help = '';
  await parser.parseAsync([...impliedValues(argv)], {}, (_error: unknown, _parsed: unknown, output: string) => {
    help = output;
  });
  if (help !== '') {
    const output = new BatchedWriter(standardOutput());
    output.add(`${finishHelp(help, examplesIn(help))}\n`);
    await output.commit();
  }
  return status;
}

/** The examples that belong into a help: those of its command, or one of each command of its group. */
function examplesIn(help: string): readonly (readonly [string, string])[] {
  const usage = help.slice(0, help.indexOf('\n'));
  const command = commands.find((one) => usage === `overpunch ${commandUsage(one)}`);
  if (command !== undefined) return command.examples;
  const group = groups.find(({ name }) => usage.startsWith(`overpunch ${name} `));
  if (group !== undefined) return group.commands.flatMap(({ examples }) => examples.slice(0, 1));
  return [
    ...layoutCommand.examples.slice(0, 1),
    ...decodeCommand.examples.slice(0, 2),
    ...inspectCommand.examples.slice(0, 1),
    ...verifyCommand.examples.slice(0, 1),
  ];
}

/** Say that there is no such command, or that none is given; `group` with a blank behind it. */
function refuseCommand(group: string, words: readonly (string | number)[], names: readonly string[]): never {
  const word = words[group === '' ? 0 : 1];
  if (word === undefined) {
    throw new OverpunchError('USAGE', group === '' ? 'no command given' : `${group}needs one of ${names.join(', ')}`, {
      hint: `overpunch ${group}--help shows the commands`,
    });
  }
  const name = String(word);
  throw new OverpunchError('USAGE', `there is no command ${group}${printable(name)}${didYouMean(name, names, group)}`);
}

function withGroup(parser: Argv, group: CommandGroup, done: (status: number) => void): Argv {
  return parser.command(
    group.name,
    group.summary,
    (inner) => {
      let described = inner.usage(leadText(`overpunch ${group.name} COMMAND`, group.summary));
      for (const command of group.commands) described = withCommand(described, command, done);
      return described.command('$0', false, {}, (parsed) => {
        refuseCommand(`${group.name} `, parsed._, group.commands.map(lastWord));
      });
    },
    () => undefined,
  );
}

function lastWord({ name }: Pick<Command<unknown>, 'name'>): string {
  return name.slice(name.indexOf(' ') + 1);
}

function withCommand<T>(parser: Argv, command: Command<T>, done: (status: number) => void): Argv {
  const table = { ...command.options, ...commonOptions };
  return parser.command(
    lastWord(command),
    command.summary,
    (inner) => describe(inner, command),
    async (parsed) => {
      const known = new Set(['_', '$0', 'help', 'h', 'version']);
      const given = new Map<string, { value: unknown; place: string }>();
      for (const [key, value] of Object.entries(parsed)) {
        if (!known.has(key) && value !== undefined) given.set(key, { value, place: '' });
      }
      const options = checkOptions(table as unknown as OptionTable<T & CommonOptions>, withFile(table, given));
      const operands = parsed._.slice(command.name.split(' ').length).map(String);
      checkOperands(command, operands);
      done(await command.run(operands, options));
    },
  );
}

function checkOperands({ name, operand }: Pick<Command<unknown>, 'name' | 'operand'>, given: readonly string[]): void {
  const [first, second] = given;
  if (operand === null) {
    if (first === undefined) return;
    throw new OverpunchError('USAGE', `${name} takes options only, but ${printable(first)} is given`);
  }
  if (first === undefined) throw new OverpunchError('USAGE', `${name} needs ${operand.summary}`);
  if (!operand.many && second !== undefined) {
    throw new OverpunchError('USAGE', `${name} takes one file, but ${printable(second)} follows it`);
  }
}

function describe<T>(parser: Argv, command: Command<T>): Argv {
  let described: Argv = parser.usage(leadText(`overpunch ${commandUsage(command)}`, command.summary));
  const table = { ...command.options, ...commonOptions } as Readonly<Record<string, OptionDefinition<unknown>>>;
  for (const group of optionGroups) {
    for (const [member, definition] of Object.entries(table)) {
      if (definition.group !== group) continue;
      described = described.option(optionName(member), {
        group: `${group}:`,
        describe: optionText(definition),
        ...(definition.kind === 'flag'
          ? { boolean: true }
          : definition.kind === 'list'
            ? { array: true, string: true }
            : { string: true }),
        ...(definition.alias === '' ? {} : { alias: definition.alias }),
      });
    }
  }
  return described;
}

/** Put what the options file says below what the command line says. */
function withFile(table: object, given: GivenOptions): GivenOptions {
  const file = given.get('options')?.value;
  if (typeof file !== 'string' || file === '') return given;
  const byName = new Map(
    Object.entries(table as Record<string, OptionDefinition<unknown>>).map(([member, definition]) => [
      optionName(member),
      definition,
    ]),
  );
  const fromFile = readOptionsFile(
    file,
    (name) => byName.get(name)?.path === true,
    given.get('allow-outside')?.value === true,
  );
  const refused = ['options', 'allow-outside'].find((name) => fromFile.has(name));
  if (refused !== undefined) {
    throw new OverpunchError(
      'USAGE',
      `${fromFile.get(refused)?.place}USAGE: ${refused} cannot stand in an options file`,
    );
  }
  // One file may serve several commands: what only others take is passed over.
  const elsewhere = new Set(commands.flatMap(({ options }) => Object.keys(options).map(optionName)));
  const own = [...fromFile].filter(([name]) => byName.has(name) || !elsewhere.has(name));
  return new Map([...own, ...given]);
}

/** Give options that may stand without a value theirs, so that the file behind them is not taken for it. */
function impliedValues(argv: readonly string[]): string[] {
  const maybe = new Map<string, readonly string[]>();
  for (const { options } of commands) {
    for (const [member, definition] of Object.entries(options as Record<string, OptionDefinition<unknown>>)) {
      if (definition.kind === 'maybe') maybe.set(`--${optionName(member)}`, definition.values);
    }
  }
  const end = argv.indexOf('--');
  return argv.flatMap((word, at) => {
    const values = end >= 0 && at > end ? undefined : maybe.get(word);
    if (values === undefined) return maybe.get(argv[at - 1] ?? '')?.includes(word) === true ? [] : word;
    const next = argv[at + 1];
    return `${word}=${next !== undefined && values.includes(next) ? next : values[0]}`;
  });
}

function packageVersion(): string {
  // The same way up from src/cli and from dist/cli.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
