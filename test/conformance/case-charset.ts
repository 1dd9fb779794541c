import { codePage } from '../../src/ebcdic/index.ts';
import { OverpunchError } from '../../src/errors.ts';
import { UnknownKeyError } from './case-schema.ts';

/** What text is written in: the page the decoder takes, and a table of our own where the case changes what bytes show. */
export interface CaseCharset {
  /** For the decoder: numbers, signs and blanks go by its family. */
  readonly codepage: string;
  /** What each byte shows; `null` when the decoder's own text is right. */
  readonly table: readonly string[] | null;
  /** The same without `null`, for items the decoder does not take for text. */
  readonly byteTable: readonly string[];
}

/**
 * Resolve `charset`, `charset_overrides` and `encoding` (§5). Throws an UnknownKeyError for a page the product does not have,
 * and for overrides of a page with more than one byte a character.
 */
export function caseCharset(
  encoding: 'ebcdic' | 'ascii',
  charset: string = encoding === 'ascii' ? 'iso-8859-1' : 'cp037',
  overrides: ReadonlyMap<string, string> = new Map(),
): CaseCharset {
  if (charset === 'ebcdic-common') {
    const table = overridden(ebcdicCommon(), overrides);
    return { codepage: encoding === 'ascii' ? 'latin1' : 'cp037', table, byteTable: table };
  }
  const page = openPage(charset);
  const sameFamily = page.family === encoding;
  if (sameFamily && overrides.size === 0) return { codepage: charset, table: null, byteTable: [...page.toUnicode] };
  if (page.kind !== 'single-byte') throw new UnknownKeyError('charset_overrides', `${charset} is no single-byte page`);
  const codepage = sameFamily ? charset : encoding === 'ascii' ? 'latin1' : 'cp037';
  const table = overridden([...page.toUnicode], overrides);
  return { codepage, table, byteTable: table };
}

function openPage(charset: string): ReturnType<typeof codePage> {
  try {
    return codePage(charset);
  } catch (error) {
    if (error instanceof OverpunchError) throw new UnknownKeyError('charset', error.message);
    throw error;
  }
}

/** cp037 restricted to printable ASCII, with the few other characters that §5 lists; everything else a blank. */
function ebcdicCommon(): string[] {
  const table = [...codePage('cp037').toUnicode].map((character) =>
    character >= ' ' && character <= '~' ? character : ' ',
  );
  table[0x6a] = '¦';
  table[0xca] = '-';
  table[0x0d] = '\n';
  table[0x25] = '\r';
  return table;
}

function overridden(table: string[], overrides: ReadonlyMap<string, string>): string[] {
  for (const [range, text] of overrides) {
    const [first = '', last = first] = range.split('-');
    for (let byte = Number.parseInt(first, 16); byte <= Number.parseInt(last, 16); byte++) table[byte] = text;
  }
  return table;
}
