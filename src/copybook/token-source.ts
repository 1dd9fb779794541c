import type { Diagnostic } from './copybook-error.ts';
import type { Token } from './token.ts';

/** What the source reader hands to the parser: the tokens of the data description entries, and what SPECIAL-NAMES said. */
export interface TokenSource {
  /**
   * Data description entries only: of a whole program those of its DATA DIVISION, section headers and FD entries left out.
   * Always ends with an `end` token.
   */
  readonly tokens: readonly Token[];
  readonly decimalComma: boolean;
  readonly currency: ReadonlyMap<string, string>;
  readonly warnings: readonly Diagnostic[];
}
