import { commandNames, loadCommands } from './commands.ts';
import { commonOptions } from './common-options.ts';
import { impliedValues } from './implied-values.ts';
import { plainWords } from './plain-words.ts';
import { runCommand } from './run-command.ts';

/**
 * Parse a command line, run its command, and give the exit status. Throws `USAGE` for what makes no sense.
 *
 * Only what it is about is loaded: most of the time of a small file is that of loading code.
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const names = namesIn(argv);
  const commands = await loadCommands(names);
  const [command] = commands;
  if (command !== undefined && commands.length === 1) {
    const words = impliedValues(argv, commands).slice(command.name.split(' ').length);
    const plain = plainWords(words, { ...command.options, ...commonOptions });
    if (plain !== null) return runCommand(command, plain.given, plain.operands);
  }
  const { yargsCommandLine } = await import('./yargs-command-line.ts');
  return yargsCommandLine(argv, commands);
}

/** The commands that a command line may be about: all of them unless its first word says more. */
function namesIn(argv: readonly string[]): readonly string[] {
  const [first, second] = argv;
  if (first === '--version' && second === undefined) return [];
  const exact = commandNames.filter((name) => name === first || name === `${first} ${second}`);
  const group = commandNames.filter((name) => name.startsWith(`${first} `));
  return [exact, group, commandNames].find(({ length }) => length > 0) ?? [];
}
