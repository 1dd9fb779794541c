/** The canonical name of a code page, as `resolveCodePage` gives it: `IBM037`, `EBCDIC-AT-DE`, `latin1`. */
export type CodePageName = string;

/** What was read from the bytes of one text field. */
export interface DecodedText {
  /** Never cut: unmapped bytes are U+FFFD, and with a `problem` it is the best that can be read. */
  readonly text: string;
  /** Offsets of the bytes (pairs, sequences) without a character, ascending, at most the first 256 of them. */
  readonly unmapped: readonly number[];
  /** Whether encoding `text` gives the same bytes. */
  readonly exact: boolean;
  /** `DBCS_SHIFT`: shifts do not balance or a pair is cut; `TEXT_BYTES`: a double-byte field of odd length. */
  readonly problem?: 'DBCS_SHIFT' | 'TEXT_BYTES';
}

/** Bytes, or the index (in UTF-16 units) of the first character that the page does not have. */
export type EncodedText = { readonly bytes: Uint8Array } | { readonly unmappable: number };

/** A code page: which bytes stand for which characters. Pages are immutable and shared. */
export interface CodePage {
  readonly name: CodePageName;
  /** How digits, signs and blanks are written in data that goes with the page. */
  readonly family: 'ebcdic' | 'ascii';
  /** `mixed`: single bytes, and pairs between shift-out and shift-in. `dbcs`: pairs only. */
  readonly kind: 'single-byte' | 'mixed' | 'dbcs' | 'utf8';
  /** The byte of a blank: X'40' (in a `dbcs` page a pair of them) or X'20'. */
  readonly blank: number;
  /** The characters of the 256 bytes, U+FFFD where there is none (in a `dbcs` page everywhere). */
  readonly toUnicode: string;
  /** Independent tables the page was checked against; 0 for `ascii`, `latin1` and `utf8`, which need none. */
  readonly sources: 0 | 1 | 2;
  readonly decode: (bytes: Uint8Array) => DecodedText;
  readonly encode: (text: string) => EncodedText;
}

/** What stands for bytes without a character. */
export const replacement = '\uFFFD';

/** Unmapped offsets beyond this many are not listed: one issue names a field, not its every byte. */
export const maximumUnmapped = 256;
