import { parseArgs } from 'node:util';
import type { GivenOptions } from './check-options.ts';
import type { OptionDefinition } from './option-definition.ts';
import { optionName } from './option-name.ts';

/** The words behind a command, told apart. */
export interface PlainWords {
  readonly given: GivenOptions;
  readonly operands: readonly string[];
}

/** What parsers take differently: `--`, `-cFILE`, quotes within quotes, a lone `-` as a value, `true` behind a flag. */
const unplainWord = /^(?:--|true|false|-[^-].+)$/;
const unplainValue = /^(?:-?|['"].*)$/s;

/**
 * Tell options and operands apart where nobody can be in doubt: known options with a value each, flags, and operands.
 *
 * `null` for everything else — a request for help, a mistake, words that could be read in two ways: the full parser, which
 * takes longer to load than a small file to decode, says what those are.
 */
export function plainWords(
  words: readonly string[],
  table: Readonly<Record<string, OptionDefinition<unknown>>>,
): PlainWords | null {
  if (words.some((word) => unplainWord.test(word))) return null;
  const known = Object.entries(table).map(([member, { kind, alias }]) => {
    const type: 'boolean' | 'string' = kind === 'flag' ? 'boolean' : 'string';
    const short = alias === '' ? {} : { short: alias };
    return [optionName(member), { type, multiple: type === 'string', ...short }] as const;
  });
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: Object.fromEntries(known),
      allowPositionals: true,
    });
    const given = new Map<string, { value: unknown; place: string }>();
    for (const [name, value] of Object.entries(values)) {
      const texts = Array.isArray(value) ? value.map(String) : [];
      if (texts.some((text) => unplainValue.test(text))) return null;
      given.set(name, { value: texts.length === 1 ? texts[0] : value, place: '' });
    }
    return { given, operands: positionals };
  } catch {
    return null;
  }
}
