import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';

/** What can be said about a command without running it: for completion and documentation. */
export interface CommandFace extends Pick<Command<unknown>, 'name' | 'summary' | 'operand' | 'examples'> {
  /** Those of every command too, under their names on the command line. */
  readonly options: ReadonlyMap<string, OptionDefinition<unknown>>;
}

/** Take the face of a command. */
export function commandFace<T>(command: Command<T>): CommandFace {
  const { name, summary, operand, examples } = command;
  const table = { ...command.options, ...commonOptions } as Readonly<Record<string, OptionDefinition<unknown>>>;
  const options = new Map(Object.entries(table).map(([member, definition]) => [optionName(member), definition]));
  return { name, summary, operand, examples, options };
}
