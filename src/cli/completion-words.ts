import { codePageNames } from '../ebcdic/resolve-code-page.ts';
import type { CommandFace } from './command-face.ts';

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `--format`, and `-o` where there is one. */
  readonly names: readonly string[];
  readonly summary: string;
  /** `never` takes a value, `always` does, `maybe` behind `=` only. */
  readonly takes: 'never' | 'always' | 'maybe';
  /** What the value may be; empty when that is open. */
  readonly words: readonly string[];
  /** The value is a file or folder. */
  readonly path: boolean;
  readonly repeats: boolean;
  /** What stands there, for people. */
  readonly argument: string;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** One word, or that of a group and its own. */
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its operands may be; files when empty. */
  readonly operands: readonly string[];
}

/** Say what a shell may complete behind a command. */
export function completedCommand({ name, summary, operand, options }: CommandFace): CompletedCommand {
  const own = [...options].map(([option, definition]): CompletedOption => {
    const { kind, values, alias, path, argument } = definition;
    return {
      names: [`--${option}`, ...(alias === '' ? [] : [`-${alias}`])],
      summary: definition.summary,
      takes: kind === 'flag' ? 'never' : kind === 'maybe' ? 'maybe' : 'always',
      words: option === 'codepage' ? codePageNames() : values,
      path,
      repeats: kind === 'list',
      argument: argument === '' ? option : argument,
    };
  });
  const help: CompletedOption = {
    names: ['--help', '-h'],
    summary: 'show help',
    takes: 'never',
    words: [],
    path: false,
    repeats: false,
    argument: '',
  };
  return { name, summary, options: [...own, help], operands: operand?.values ?? [] };
}

/** What may stand first: a command, or the word that several commands start with. */
export interface FirstWord {
  readonly word: string;
  readonly summary: string;
  /** The second words, where there are some. */
  readonly seconds: readonly { readonly word: string; readonly command: CompletedCommand }[];
}

/** Sort commands by their first words. */
export function firstWords(commands: readonly CompletedCommand[]): readonly FirstWord[] {
  const words = [...new Set(commands.map(({ name }) => name.replace(/ .*/, '')))];
  return words.map((word) => {
    const own = commands.filter(({ name }) => name.startsWith(`${word} `));
    const seconds = own.map((command) => ({ word: command.name.slice(word.length + 1), command }));
    const alone = commands.find(({ name }) => name === word);
    return { word, summary: alone?.summary ?? seconds.map((second) => second.word).join(', '), seconds };
  });
}
