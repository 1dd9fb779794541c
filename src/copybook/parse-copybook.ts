import { CopybookError, type Diagnostic } from './copybook-error.ts';
import { parseEntries } from './parse-entries.ts';
import type { ParseOptions } from './parse-options.ts';
import { readSource } from './read-source.ts';
import type { Copybook } from './syntax.ts';
import { TokenReader } from './token-reader.ts';

/**
 * Parse a copybook, or the DATA DIVISION of a program, into its syntax tree.
 *
 * Takes text, or bytes that may be EBCDIC (also 80-byte cards) when `options.decodeEbcdic` is given. Throws a CopybookError
 * at the first mistake.
 */
export function parseCopybook(text: string | Uint8Array, options: ParseOptions = {}): Copybook {
  const source = readSource(text, options);
  const reader = new TokenReader(source.tokens);
  const file = options.file ?? '<copybook>';
  const warnings: Diagnostic[] = [...source.warnings];
  const records = parseEntries(reader, fragmentName(file), warnings);
  if (records.length === 0) {
    throw new CopybookError({
      code: 'NO_ITEMS',
      severity: 'error',
      position: { file, line: 1, column: 1, lineText: '' },
      message: 'the copybook describes no data item',
      expected: 'entries such as 01 NAME. and 05 FIELD PIC X(10).',
    });
  }
  return { file, records, decimalComma: source.decimalComma, currency: source.currency, warnings };
}

/** The file's name without folder and extension, in upper case. */
function fragmentName(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? '';
  const name = base.replace(/\.[^.]*$/, '').replaceAll(/[<>]/g, '');
  return name === '' ? 'RECORD' : name.toUpperCase();
}
