import type { Command } from './command.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';

/** Give options that may stand without a value theirs, so that the file behind them is not taken for it. */
export function impliedValues(
  argv: readonly string[],
  commands: readonly Pick<Command<object>, 'options'>[],
): readonly string[] {
  const maybe = new Map<string, readonly string[]>();
  for (const { options } of commands) {
    for (const [member, definition] of Object.entries(options as Record<string, OptionDefinition<unknown>>)) {
      if (definition.kind === 'maybe') maybe.set(`--${optionName(member)}`, definition.values);
    }
  }
  const end = argv.indexOf('--');
  return argv.flatMap((word, at) => {
    const values = end >= 0 && at > end ? undefined : maybe.get(word);
    if (values === undefined) return maybe.get(argv[at - 1] ?? '')?.includes(word) === true ? [] : word;
    const next = argv[at + 1];
    return `${word}=${next !== undefined && values.includes(next) ? next : values[0]}`;
  });
}
