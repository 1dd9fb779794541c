import { readFileSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { type Command, commandUsage } from './command.ts';
import { commandNames } from './commands.ts';
import { commonOptions } from './common-options.ts';
import { finishHelp, leadText, optionText } from './help-text.ts';
import { impliedValues } from './implied-values.ts';
import { type OptionDefinition, optionGroups } from './option-definition.ts';
import { optionName } from './option-name.ts';
import { standardOutput } from './output-target.ts';
import { runCommand } from './run-command.ts';
import { didYouMean } from './suggest.ts';

/** What is said of words that the names of several commands start with. */
const groupSummaries: ReadonlyMap<string, string> = new Map([
  ['rewards', 'Check campaigns, try them on bets of the past, and answer for what they decided.'],
  ['topic', 'Look into the topics of a data directory.'],
  ['catalog', 'Check, list, show and draft the catalog of a protocol: its header and its types of frames.'],
]);

/** Command lines that show what all of it is for: so many of the first examples of these commands. */
const leadExamples: ReadonlyMap<string, number> = new Map([
  ['layout', 1],
  ['decode', 2],
  ['inspect', 1],
  ['verify', 1],
]);

const firstWords = [...new Set(commandNames.map(firstWord))];
const helpWidth = 110;

/**
 * Parse any command line, run its command or show a help, and give the exit status. Throws `USAGE` for what makes no sense.
 *
 * `commands` are those it may be about: one, those that start with the same word, or all.
 */
export async function yargsCommandLine(argv: readonly string[], commands: readonly Command<object>[]): Promise<number> {
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
  for (const word of new Set(commands.map(({ name }) => firstWord(name)))) {
    const own = commands.filter((command) => firstWord(command.name) === word);
    const summary = groupSummaries.get(word);
    if (summary !== undefined) parser = withGroup(parser, word, summary, own, done);
    else for (const command of own) parser = withCommand(parser, command, done);
  }
  parser = parser.command('$0', false, {}, (parsed) => refuseCommand('', parsed._, firstWords));
  let help = '';
  await parser.parseAsync(
    [...impliedValues(argv, commands)],
    {},
    (_error: unknown, _parsed: unknown, output: string) => {
      help = output;
    },
  );
  if (help !== '') {
    const output = new BatchedWriter(standardOutput());
    output.add(`${finishHelp(help, examplesIn(help, commands))}\n`);
    await output.commit();
  }
  return status;
}

type Examples = Command<object>['examples'];

/** The examples that belong into a help: those of its command, or one of each command of its group. */
function examplesIn(help: string, commands: readonly Command<object>[]): Examples {
  const usage = help.slice(0, help.indexOf('\n'));
  const command = commands.find((one) => usage === `overpunch ${commandUsage(one)}`);
  if (command !== undefined) return command.examples;
  const group = [...groupSummaries.keys()].find((word) => usage.startsWith(`overpunch ${word} `));
  return commands.flatMap((one) => {
    const shown = group === undefined ? leadExamples.get(one.name) : firstWord(one.name) === group ? 1 : 0;
    return one.examples.slice(0, shown ?? 0);
  });
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

function withGroup(
  parser: Argv,
  word: string,
  summary: string,
  commands: readonly Command<object>[],
  done: (status: number) => void,
): Argv {
  return parser.command(
    word,
    summary,
    (inner) => {
      let described = inner.usage(leadText(`overpunch ${word} COMMAND`, summary));
      for (const command of commands) described = withCommand(described, command, done);
      return described.command('$0', false, {}, (parsed) => {
        const names = commandNames.filter((name) => name.startsWith(`${word} `));
        refuseCommand(`${word} `, parsed._, names.map(lastWord));
      });
    },
    () => undefined,
  );
}

function firstWord(name: string): string {
  return name.replace(/ .*/, '');
}

function lastWord(name: string): string {
  return name.slice(name.indexOf(' ') + 1);
}

function withCommand(parser: Argv, command: Command<object>, done: (status: number) => void): Argv {
  return parser.command(
    lastWord(command.name),
    command.summary,
    (inner) => describe(inner, command),
    async (parsed) => {
      const known = new Set(['_', '$0', 'help', 'h', 'version']);
      const given = new Map<string, { value: unknown; place: string }>();
      for (const [key, value] of Object.entries(parsed)) {
        if (!known.has(key) && value !== undefined) given.set(key, { value, place: '' });
      }
      const operands = parsed._.slice(command.name.split(' ').length).map(String);
      done(await runCommand(command, given, operands));
    },
  );
}

function describe(parser: Argv, command: Command<object>): Argv {
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

function packageVersion(): string {
  // The same way up from src/cli and from dist/cli.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
