import iconv from 'iconv-lite';
import type { CodePageEntry } from './code-page-entry.ts';
import { codePageIndex } from './generated/code-page-index.ts';
import { PageDecoder, PageEncoder } from './iconv-codec.ts';
import type { NewLineRule } from './open-code-page.ts';
import { codePage } from './open-code-page.ts';

/** An iconv-lite codec made for one page, when that is asked for first. */
class PageCodec {
  readonly encoder: new () => PageEncoder;
  readonly decoder: new () => PageDecoder;

  constructor(options: { readonly page: string; readonly nel: NewLineRule }) {
    const page = codePage(options.page, { nel: options.nel });
    this.encoder = class extends PageEncoder {
      constructor() {
        super(page);
      }
    };
    this.decoder = class extends PageDecoder {
      constructor() {
        super(page);
      }
    };
  }
}

const codecType = '_overpunch';

/**
 * Make every EBCDIC page an encoding of iconv-lite: `iconv.decode(bytes, 'ibm-1140')`.
 *
 * Each page has its usual names, and with `,swaplfnl` behind them X'15' and X'25' exchanged (`nel: 'lf'`). Encodings that
 * iconv-lite already has keep their names. Unmappable characters are written as substitutes X'3F' (pairs: X'FEFE').
 * Tables are loaded when an encoding is used first; calling it again changes nothing.
 */
export function registerEncodings(): void {
  // Any look-up makes iconv-lite create its table of encodings, which is `null` before.
  iconv.encodingExists('utf8');
  const encodings = iconv.encodings as Record<string, unknown> | null;
  if (encodings === null || codecType in encodings) return;
  encodings[codecType] = PageCodec;
  for (const entry of codePageIndex) {
    for (const name of namesOf(entry)) {
      encodings[name] ??= { type: codecType, page: entry.name, nel: 'nel' };
      encodings[`${name}swaplfnl`] ??= { type: codecType, page: entry.name, nel: 'lf' };
    }
  }
}

/** Names as iconv-lite looks them up: lower case, letters and digits only. */
function namesOf(entry: CodePageEntry): readonly string[] {
  const number = /^IBM0*(\d+)$/.exec(entry.name)?.[1];
  if (number === undefined) return entry.aliases;
  const forms = new Set([number, number.padStart(3, '0'), number.padStart(5, '0')]);
  const numbered = [...forms].flatMap((form) =>
    ['', 'ibm', 'cp', 'ccsid', 'xibm', 'csibm'].map((prefix) => prefix + form),
  );
  return [...numbered, ...entry.aliases];
}
