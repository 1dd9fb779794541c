import { type CompletedCommand, firstWords } from './completion-words.ts';

/** Write the completion script for fish (3.0 and later). */
export function completeFish(commands: readonly CompletedCommand[]): string {
  const words = firstWords(commands);
  const names = words.map(({ word }) => word).join(' ');
  const lines = [
    '# fish completion for overpunch. Try it: overpunch completion fish | source',
    'complete -c overpunch -e',
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -f`,
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -l version -d 'show the version'`,
    `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -s h -l help -d 'show help'`,
  ];
  for (const { word, summary, seconds } of words) {
    lines.push(
      `complete -c overpunch -n 'not __fish_seen_subcommand_from ${names}' -a ${word} -d ${quoted(firstSentence(summary))}`,
    );
    const others = seconds.map((second) => second.word).join(' ');
    for (const { word: second, command } of seconds) {
      const here = `__fish_seen_subcommand_from ${word}; and not __fish_seen_subcommand_from ${others}`;
      lines.push(`complete -c overpunch -n '${here}' -f -a ${second} -d ${quoted(firstSentence(command.summary))}`);
    }
  }
  for (const { name, options, operands } of commands) {
    const seen = name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
    const here = `complete -c overpunch -n '${seen.join('; and ')}'`;
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
