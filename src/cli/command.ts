import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import type { OptionGroup } from './option-definition.ts';

/** What stands behind the name of a command: one file, or one or more, of which `two` asks for two. */
export interface Operand {
  readonly name: string;
  readonly many: boolean;
  readonly two?: boolean;
  /** It may be left out. */
  readonly optional?: boolean;
  /** All it may be, where that is not a file. */
  readonly values?: readonly string[];
  readonly summary: string;
}

/** A command of the command line. */
export interface Command<T> {
  /** One word, or that of a group and then its own: `decode`, `catalog check`. */
  readonly name: string;
  readonly summary: string;
  /** `null`: nothing but options. */
  readonly operand: Operand | null;
  /** Command lines and what they do; they lead the help. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly options: OptionTable<T>;
  /** Groups with fewer options than their usual heading promises. */
  readonly groups?: readonly OptionGroup[];
  /** Do it, and give the exit status. */
  run(operands: readonly string[], options: T & CommonOptions): Promise<number>;
}

/** Say how a command is typed, without its options: `decode FILES…`. */
export function commandUsage({ name, operand }: Pick<Command<unknown>, 'name' | 'operand'>): string {
  if (operand === null) return name;
  if (operand.optional === true) return `${name} [${operand.name.toUpperCase()}]`;
  return `${name} ${operand.name.toUpperCase()}${operand.many && operand.two !== true ? '…' : ''}`;
}
