import { codePage } from '../ebcdic/open-code-page.ts';
import { resolveCodePage } from '../ebcdic/resolve-code-page.ts';
import { type Guess, share } from './run-shape.ts';

/** ASCII read as EBCDIC. */
export const guessAscii: Guess = ({ format, sample, ebcdic }) => {
  const ascii = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d;
  if (!ebcdic || share(sample, ascii) <= 0.9) return null;
  const lines = sample.includes(0x0a) && format !== 'text' ? ' --format text' : '';
  return `the file looks like ASCII, not EBCDIC: try --codepage ascii${lines}`;
};

/** EBCDIC read as ASCII. */
export const guessEbcdic: Guess = ({ sample, ebcdic }) => {
  const text = (byte: number): boolean =>
    byte === 0x40 || byte >= 0xf0 || (byte >= 0xc1 && byte <= 0xe9) || (byte >= 0x81 && byte <= 0xa9);
  if (ebcdic || share(sample, text) <= 0.7) return null;
  return 'the file looks like EBCDIC: try --codepage cp037';
};

// Pages that differ in their letters, the common ones first.
const nationalPages = ['cp273', 'cp297', 'cp280', 'cp284', 'cp277', 'cp278', 'cp871', 'cp037'];
const letter = /\p{L}/u;
const enough = 3; // words with such characters, of two kinds: an e-mail address or a path is no foreign name

/** A national EBCDIC page read as another: names have symbols within them, `M}ller`. */
export const guessNationalPage: Guess = ({ sample, codepage, ebcdic }) => {
  const page = codePage(codepage);
  if (!ebcdic || page.kind !== 'single-byte') return null;
  const symbols = symbolsInWords(sample, page.toUnicode);
  if (symbols.size < 2) return null;
  let best = { count: 0, name: '', read: '' };
  for (const name of nationalPages) {
    if (resolveCodePage(name) === page.name) continue;
    const letters = codePage(name).toUnicode;
    let count = 0;
    let read = '';
    for (const [byte, times] of symbols) {
      if (!letter.test(letters[byte] ?? '')) continue;
      count += times;
      read += letters[byte];
    }
    if (count > best.count) best = { count, name, read };
  }
  if (best.count < enough || best.read.length < 2) return null;
  const shown = [...symbols.keys()].map((byte) => page.toUnicode[byte]).join(' ');
  return `text has ${shown} within words, which would be ${[...best.read].join(' ')} in another code page: try --codepage ${best.name}`;
};

/** Count the bytes that are no letters in a page but stand between two lower-case letters of all EBCDIC pages. */
function symbolsInWords(sample: Uint8Array, characters: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let at = 1; at + 1 < sample.length; at += 1) {
    const byte = sample[at] ?? 0;
    // In this order: the expressions take milliseconds to prepare.
    if (byte <= 0x40 || !isLetter(sample[at - 1] ?? 0) || !isLower(sample[at + 1] ?? 0)) continue;
    const character = characters[byte] ?? '';
    if (letter.test(character) || /[\p{C}\p{N}\p{Pd}.,/&'()_]/u.test(character)) continue;
    found.set(byte, (found.get(byte) ?? 0) + 1);
  }
  return found;
}

function isLower(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x89) || (byte >= 0x91 && byte <= 0x99) || (byte >= 0xa2 && byte <= 0xa9);
}

function isLetter(byte: number): boolean {
  return isLower(byte) || isLower(byte - 0x40);
}
