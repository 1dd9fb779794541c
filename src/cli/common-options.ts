import type { OptionTable } from './decoding-options.ts';
import { flag, text } from './option-definition.ts';

/** What every command can be told. */
export interface CommonOptions {
  readonly options?: string;
  readonly allowOutside?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The options of every command. */
export const commonOptions: OptionTable<CommonOptions> = {
  options: text('Everywhere', 'FILE', 'YAML file with options under the same names; the command line wins'),
  allowOutside: flag('Everywhere', 'let the options file, or a catalog, name files outside its folder'),
  quiet: flag('Everywhere', 'write nothing to standard error but what stops the run'),
  verbose: flag('Everywhere', 'write every problem to standard error, notes too'),
};
