import { readFileSync } from 'node:fs';
import yargs, { type Argv } from 'yargs';
import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import { checkOptions, type GivenOptions } from './check-options.ts';
import type { Command } from './command.ts';
import { type CommandFace, commandFace } from './command-face.ts';
import { type CommonOptions, commonOptions } from './common-options.ts';
import { completionCommand } from './completion-command.ts';
import { decodeCommand } from './decode-command.ts';
import type { OptionTable } from './decoding-options.ts';
import { diffCommand } from './diff-command.ts';
import { encodeCommand } from './encode-command.ts';
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
] as const;
const faces = described.map((command) => commandFace(command as Command<object>));
const completion = completionCommand(faces);
const commands = [...described, completion] as const;

/** All commands, for the documentation. */
export const commandFaces: readonly CommandFace[] = [...faces, commandFace(completion)];
const commandNames = commands.map(({ name }) => name);
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
  parser = withCommand(parser, layoutCommand, done);
  parser = withCommand(parser, decodeCommand, done);
  parser = withCommand(parser, encodeCommand, done);
  parser = withCommand(parser, inspectCommand, done);
  parser = withCommand(parser, verifyCommand, done);
  parser = withCommand(parser, typesCommand, done);
  parser = withCommand(parser, schemaCommand, done);
  parser = withCommand(parser, diffCommand, done);
  parser = withCommand(parser, completion, done);
  parser = parser.command('$0', false, {}, (parsed) => {
    const [word] = parsed._;
    if (word === undefined)
      throw new OverpunchError('USAGE', 'no command given', { hint: 'overpunch --help shows the commands' });
    const name = String(word);
    throw new OverpunchError('USAGE', `there is no command ${printable(name)}${didYouMean(name, commandNames)}`);
  });
  let help = '';
  await parser.parseAsync([...impliedValues(argv)], {}, (_error: unknown, _parsed: unknown, output: string) => {
    help = output;
  });
  if (help !== '') {
    const command = commands.find(({ name }) => help.startsWith(`overpunch ${name} `));
    const output = new BatchedWriter(standardOutput());
    output.add(`${finishHelp(help, command?.examples ?? leadingExamples())}\n`);
    await output.commit();
  }
  return status;
}

function leadingExamples(): readonly (readonly [string, string])[] {
  return [
    ...layoutCommand.examples.slice(0, 1),
    ...decodeCommand.examples.slice(0, 2),
    ...inspectCommand.examples.slice(0, 1),
    ...verifyCommand.examples.slice(0, 1),
  ];
}

function withCommand<T>(parser: Argv, command: Command<T>, done: (status: number) => void): Argv {
  const { name, operand } = command;
  const table = { ...command.options, ...commonOptions };
  return parser.command(
    name,
    command.summary,
    (inner) => describe(inner, command),
    async (parsed) => {
      const known = new Set(['_', '$0', 'help', 'h', 'version']);
      const given = new Map<string, { value: unknown; place: string }>();
      for (const [key, value] of Object.entries(parsed)) {
        if (!known.has(key) && value !== undefined) given.set(key, { value, place: '' });
      }
      const options = checkOptions(table as unknown as OptionTable<T & CommonOptions>, withFile(table, given));
      const operands = parsed._.slice(1).map(String);
      if (operands.length === 0) throw new OverpunchError('USAGE', `${name} needs ${operand.summary}`);
      if (!operand.many && operands.length > 1) {
        throw new OverpunchError('USAGE', `${name} takes one file, but ${printable(operands[1] ?? '')} follows it`);
      }
      done(await command.run(operands, options));
    },
  );
}

function describe<T>(parser: Argv, command: Command<T>): Argv {
  const { name, operand } = command;
  const shown = operand.many && !operand.two ? `${operand.name.toUpperCase()}…` : operand.name.toUpperCase();
  let described: Argv = parser.usage(leadText(`overpunch ${name} ${shown}`, command.summary));
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
