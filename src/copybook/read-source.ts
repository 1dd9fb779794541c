import { CopyExpander } from './copy-expander.ts';
import { DataDivision } from './data-division.ts';
import type { ParseOptions } from './parse-options.ts';
import { readCopybookText } from './read-copybook-text.ts';
import { ReplaceStatements } from './replace-statements.ts';
import { SourceBudget } from './source-budget.ts';
import type { SourceSession } from './source-session.ts';
import { SpecialNames } from './special-names.ts';
import { TokenScanner } from './token-scanner.ts';
import type { TokenSource } from './token-source.ts';

/**
 * Read the source text of a copybook or program into the tokens of its data description entries.
 *
 * The stages, each pulling words from the one before: reference format and continuation, text words, COPY, REPLACE, divisions,
 * tokens. Throws a CopybookError at the first mistake.
 */
export function readSource(text: string | Uint8Array, options: ParseOptions = {}): TokenSource {
  const file = options.file ?? '<copybook>';
  const characters =
    typeof text === 'string' ? text : readCopybookText(text, { file, decodeEbcdic: options.decodeEbcdic });
  const session: SourceSession = {
    library: options.library,
    sourceFormat: options.sourceFormat ?? 'auto',
    budget: new SourceBudget(),
    warnings: [],
    copyPolicy: 'required',
  };
  session.budget.open(characters.length, { file, line: 1, column: 1, lineText: '' });
  const specialNames = new SpecialNames();
  const copied = new CopyExpander(session, file, withoutMark(characters));
  const entries = new DataDivision(session, new ReplaceStatements(session, copied), specialNames);
  const decimalComma = (): boolean => options.decimalComma ?? specialNames.decimalComma;
  const tokens = new TokenScanner(entries, session.budget, decimalComma).read(() => copied.behind);
  return {
    tokens,
    decimalComma: decimalComma(),
    currency: currencyOf(options.currency, specialNames.currency),
    warnings: session.warnings,
  };
}

/** Drop a byte order mark. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** A sign of several characters is the text of the symbol `$`; one character is a symbol of its own. */
function currencyOf(option: string | undefined, said: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (option !== undefined) return new Map([[[...option].length === 1 ? option : '$', option]]);
  return said.size > 0 ? said : new Map([['$', '$']]);
}
