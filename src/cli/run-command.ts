import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { checkOptions, type GivenOptions } from './check-options.ts';
import type { Command } from './command.ts';
import { commandNames, loadCommands } from './commands.ts';
import { type CommonOptions, commonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';

/** Check what was given to a command, run it, and give the exit status. Throws `USAGE`. */
export async function runCommand(
  command: Command<object>,
  given: GivenOptions,
  operands: readonly string[],
): Promise<number> {
  const table: OptionTable<CommonOptions> = { ...command.options, ...commonOptions };
  const options = checkOptions(table, await withFile(table, given));
  checkOperands(command, operands);
  return command.run(operands, options);
}

function checkOperands({ name, operand }: Pick<Command<unknown>, 'name' | 'operand'>, given: readonly string[]): void {
  const [first, second] = given;
  if (operand === null) {
    if (first === undefined) return;
    throw new OverpunchError('USAGE', `${name} takes options only, but ${printable(first)} is given`);
  }
  if (first === undefined && operand.optional === true) return;
  if (first === undefined) throw new OverpunchError('USAGE', `${name} needs ${operand.summary}`);
  if (!operand.many && second !== undefined) {
    throw new OverpunchError(
      'USAGE',
      `${name} takes one ${operand.name === 'topic' ? 'topic' : 'file'}, but ${printable(second)} follows it`,
    );
  }
}

/** Put what the options file says below what the command line says. */
async function withFile(table: object, given: GivenOptions): Promise<GivenOptions> {
  const file = given.get('options')?.value;
  if (typeof file !== 'string' || file === '') return given;
  const byName = new Map(
    Object.entries(table as Record<string, OptionDefinition<unknown>>).map(([member, definition]) => [
      optionName(member),
      definition,
    ]),
  );
  const { readOptionsFile } = await import('./options-file.ts');
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
  const foreign = [...fromFile.keys()].filter((name) => !byName.has(name));
  const others = foreign.length === 0 ? [] : await loadCommands(commandNames);
  const elsewhere = new Set(others.flatMap(({ options }) => Object.keys(options).map(optionName)));
  const own = [...fromFile].filter(([name]) => byName.has(name) || !elsewhere.has(name));
  return new Map([...own, ...given]);
}
