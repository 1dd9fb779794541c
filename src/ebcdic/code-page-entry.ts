/** What is known about an EBCDIC page before its table is loaded. */
export interface CodePageEntry {
  readonly name: string;
  readonly kind: 'single-byte' | 'mixed' | 'dbcs';
  /** Independent tables the page was checked against. */
  readonly sources: 1 | 2;
  /** The page's double-byte half: the name of a `dbcs` page; itself for those, `null` for single-byte pages. */
  readonly doubleByte: string | null;
  /** More names in lower case, letters and digits only; forms of the page's number are not listed. */
  readonly aliases: readonly string[];
}
