import type { CompletedCommand } from './completion-words.ts';

/** Write the completion script for fish (3.0 and later). */
export function completeFish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const lines = [
    '# fish completion for overpunch. Try it: overpunch completion fish | source',
    'complete -c overpunch -e',
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -f`,
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -l version -d 'show the version'`,
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -s h -l help -d 'show help'`,
  ];
  for (const { name, summary } of commands) {
    lines.push(
      `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -a ${name} -d ${quoted(firstSentence(summary))}`,
    );
  }
  for (const { name, options, operands } of commands) {
    const here = `complete -c overpunch -n '__fish_seen_subcommand_from ${name}'`;
    if (operands.length > 0) lines.push(`${here} -f -a ${quoted(operands.join(' '))}`);
    for (const { names: own, summary, takes, words, path } of options) {
      const spelled = own.map((option) =>
        option.startsWith('--') ? `-l ${option.slice(2)}` : `-s ${option.slice(1)}`,
      );
      // fish takes no word of its own for the value of an option that may stand without one: such options are as flags.
      const value = words.length > 0 ? ` -x -a ${quoted(words.join(' '))}` : path ? ' -r -F' : ' -x';
      lines.push(`${here} ${spelled.join(' ')}${takes === 'always' ? value : ''} -d ${quoted(summary)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function firstSentence(text: string): string {
  return text.replace(/(?<=\.) .*$/s, '');
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
