import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import { BatchedWriter } from './batched-writer.ts';
import type { Command } from './command.ts';
import { type CommandFace, commandFace } from './command-face.ts';
import { completeBash } from './complete-bash.ts';
import { completeFish } from './complete-fish.ts';
import { completeZsh } from './complete-zsh.ts';
import { type CompletedCommand, completedCommand } from './completion-words.ts';
import { standardOutput } from './output-target.ts';
import { didYouMean } from './suggest.ts';

type Script = (commands: readonly CompletedCommand[]) => string;

const shells: ReadonlyMap<string, Script> = new Map([
  ['bash', completeBash],
  ['zsh', completeZsh],
  ['fish', completeFish],
]);

/** `overpunch completion SHELL`: a script that completes commands, options, their values and files. */
export function completionCommand(others: readonly CommandFace[]): Command<object> {
  const command: Command<object> = {
    name: 'completion',
    summary: 'Print a script that makes the shell complete commands, options and their values.',
    operand: { name: 'shell', many: false, values: [...shells.keys()], summary: 'the shell: bash, zsh or fish' },
    examples: [
      ['source <(overpunch completion bash)', 'in ~/.bashrc; likewise for zsh, behind compinit'],
      ['overpunch completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
    options: {},
    async run([shell = '']) {
      const script = shells.get(shell);
      if (script === undefined) {
        const known = [...shells.keys()].join(', ');
        const hint = didYouMean(shell, shells.keys());
        throw new OverpunchError('USAGE', `completion takes one of ${known}, not ${printable(shell)}${hint}`);
      }
      const output = new BatchedWriter(standardOutput());
      output.add(script([...others, commandFace(command)].map(completedCommand)));
      await output.commit();
      return 0;
    },
  };
  return command;
}
