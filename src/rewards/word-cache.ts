const slots = 4096; // a power of two: files of campaigns have hundreds of words that come again
const longest = 64; // characters
const longestPart = 12; // characters: longer parts of a text keep the whole of it

/** Words that were read of a text: one that comes again is the same string, which is quicker to compare and leaves nothing to be collected. */
export class WordCache {
  readonly #words: string[] = new Array<string>(slots).fill('');

  /** The word from an offset to another, which has a hash, and neither quotation marks nor backslashes nor what is no character. */
  of(text: string, start: number, end: number, hash: number): string {
    if (end - start > longest) return ownText(text, start, end);
    const slot = (hash ^ (hash >>> 12)) & (slots - 1);
    const known = this.#words[slot] as string;
    if (known.length === end - start && text.startsWith(known, start)) return known;
    const word = ownText(text, start, end);
    this.#words[slot] = word;
    return word;
  }
}

function ownText(text: string, start: number, end: number): string {
  const part = text.slice(start, end);
  return end - start <= longestPart ? part : (JSON.parse(`"${part}"`) as string);
}
