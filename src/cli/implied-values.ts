import type { Command } from './command.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';

/**
 * Give options that may stand without a value theirs, so that the file behind them is not taken for it, and others the `-` behind them, which
 * stands for standard output and is not taken for a file.
 */
export function impliedValues(
  argv: readonly string[],
  commands: readonly Pick<Command<object>, 'options'>[],
): readonly string[] {
  const maybe = new Map<string, readonly string[]>();
  const valued = new Map<string, string>();
  for (const { options } of commands) {
    for (const [member, definition] of Object.entries(options as Record<string, OptionDefinition<unknown>>)) {
      if (definition.kind === 'maybe') maybe.set(`--${optionName(member)}`, definition.values);
      if (definition.kind !== 'value') continue;
      valued.set(`--${optionName(member)}`, `--${optionName(member)}`);
      if (definition.alias !== '') valued.set(`-${definition.alias}`, `--${optionName(member)}`);
    }
  }
  const end = argv.indexOf('--');
  return argv.flatMap((word, at) => {
    const isOption = end < 0 || at < end;
    const name = isOption && argv[at + 1] === '-' ? valued.get(word) : undefined;
    if (name !== undefined) return `${name}=-`;
    if (word === '-' && isOption && valued.has(argv[at - 1] ?? '')) return [];
    const values = end >= 0 && at > end ? undefined : maybe.get(word);
    if (values === undefined) return maybe.get(argv[at - 1] ?? '')?.includes(word) === true ? [] : word;
    const next = argv[at + 1];
    return `${word}=${next !== undefined && values.includes(next) ? next : values[0]}`;
  });
}
