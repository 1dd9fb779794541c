import type { CopyLibrary } from '../../src/copybook/copy-library.ts';
import { CopybookError, type Diagnostic } from '../../src/copybook/copybook-error.ts';
import type { ParseOptions } from '../../src/copybook/parse-options.ts';
import { readSource } from '../../src/copybook/read-source.ts';

/** The tokens of a text on one line: `#` before numbers, braces around pictures, apostrophes around literals. */
export function shown(text: string | Uint8Array, options: ParseOptions = {}): string {
  const pieces = readSource(text, options).tokens.map((token) => {
    if (token.kind === 'number') return `#${token.text}`;
    if (token.kind === 'picture') return `{${token.text}}`;
    if (token.kind === 'literal') return `'${token.text}'`;
    return token.text;
  });
  return pieces.slice(0, -1).join(' ');
}

/** The diagnostic that reading a text ends with. */
export function mistakeIn(text: string | Uint8Array, options: ParseOptions = {}): Diagnostic {
  try {
    readSource(text, options);
  } catch (error) {
    if (error instanceof CopybookError) return error.diagnostic;
    throw error;
  }
  throw new Error('the text was read without a mistake');
}

/** Members by name, each its own file `NAME.cpy`. */
export function libraryOf(members: Readonly<Record<string, string>>): CopyLibrary {
  const byName = new Map(Object.entries(members));
  return {
    find(member) {
      const text = byName.get(member.toUpperCase());
      return text === undefined ? null : { file: `${member.toUpperCase()}.cpy`, text };
    },
  };
}
