import type { CopyLibrary } from './copy-library.ts';

/** What `parseCopybook` can be told. */
export interface ParseOptions {
  /** Shown in messages and, without folder and extension, the name of a fragment. Default `<copybook>`. */
  readonly file?: string;
  /** Default `auto`. */
  readonly sourceFormat?: 'auto' | 'fixed' | 'free';
  /** Where COPY members come from. Default: none, any COPY is an error. */
  readonly library?: CopyLibrary;
  /** Decodes one line of an EBCDIC copybook that is given as bytes. Default: none, such a copybook is an error. */
  readonly decodeEbcdic?: (bytes: Uint8Array) => string;
  /** DECIMAL-POINT IS COMMA. Default: what SPECIAL-NAMES says, else false. */
  readonly decimalComma?: boolean;
  /** The currency sign, when it is not `$`. Default: what SPECIAL-NAMES says. */
  readonly currency?: string;
}
