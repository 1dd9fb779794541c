import type { CommonOptions } from './common-options.ts';
import type { OptionTable } from './decoding-options.ts';
import type { OptionGroup } from './option-definition.ts';

/** A command of the command line. */
export interface Command<T> {
  readonly name: string;
  readonly summary: string;
  /** What stands behind the name: one file, or one or more, of which `two` asks for two. */
  readonly operand: {
    readonly name: string;
    readonly many: boolean;
    readonly two?: boolean;
    /** All it may be, where that is not a file. */
    readonly values?: readonly string[];
    readonly summary: string;
  };
  /** Command lines and what they do; they lead the help. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly options: OptionTable<T>;
  /** Groups with fewer options than their usual heading promises. */
  readonly groups?: readonly OptionGroup[];
  /** Do it, and give the exit status. */
  run(operands: readonly string[], options: T & CommonOptions): Promise<number>;
}
