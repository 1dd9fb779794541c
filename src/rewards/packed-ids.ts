import { textHash } from './text-hash.ts';

const width = 6; // words of an id
const mostCharacters = 23; // of an id that fits into them; the last byte is its length
const elsewhere = 0xff; // as a length: the id is too long, or has characters beyond Latin-1
const lengthShift = 24;
const [quote, backslash, space, tilde] = [34, 92, 32, 126];

/**
 * Ids of bets or coupons by their places: characters in words, so that the collector of garbage has no millions of strings to look at. The few that are too
 * long for it are kept as strings.
 */
export class PackedIds {
  #words: Int32Array;
  /** The same, low byte first. */
  #bytes: Buffer;
  #others: Map<number, string> = new Map();
  /** The id at hand. */
  readonly #own = new Int32Array(width);
  #text = '';
  readonly #seed: number;

  /** `seed`: nobody who does not know it chooses ids whose hashes are alike. */
  constructor(places: number, seed: number) {
    this.#words = new Int32Array(width * places);
    this.#bytes = Buffer.from(this.#words.buffer);
    this.#seed = seed;
  }

  /** Take an id in hand; returns its hash, 32 bits: that of MurmurHash3 (A. Appleby) over its words. */
  take(id: string): number {
    const { length } = id;
    this.#text = id;
    if (length > mostCharacters) return this.#takeOther(id);
    const own = this.#own;
    let hash = this.#seed;
    let beyond = 0;
    for (let word = 0, at = 0; word < width; word++) {
      let bits = word === width - 1 ? length << lengthShift : 0;
      for (let shift = 0; shift < 32 && at < length; shift += 8) {
        const code = id.charCodeAt(at++);
        beyond |= code;
        bits |= code << shift;
      }
      own[word] = bits;
      hash = mixed(hash, bits);
    }
    return beyond > 0xff ? this.#takeOther(id) : finished(hash);
  }

  /** Whether the id at hand is that at a place. */
  isAt(place: number): boolean {
    const own = this.#own;
    const words = this.#words;
    const start = place * width;
    for (let at = width - 1; at >= 0; at--) if (words[start + at] !== own[at]) return false;
    return (own[width - 1] as number) >>> lengthShift !== elsewhere || this.#others.get(place) === this.#text;
  }

  /** Put the id at hand at a place. */
  put(place: number): void {
    const own = this.#own;
    const words = this.#words;
    const start = place * width;
    for (let at = 0; at < width; at++) words[start + at] = own[at] as number;
    if ((own[width - 1] as number) >>> lengthShift === elsewhere) this.#others.set(place, this.#text);
  }

  /** Let a place have none. */
  clear(place: number): void {
    const last = place * width + width - 1;
    if ((this.#words[last] as number) >>> lengthShift === elsewhere) this.#others.delete(place);
    this.#words[last] = 0;
  }

  /** The id at a place. */
  text(place: number): string {
    const length = this.#lengthAt(place);
    if (length === elsewhere) return this.#others.get(place) ?? '';
    const start = place * width * 4;
    return this.#bytes.toString('latin1', start, start + length);
  }

  /** Make room for so many places, a power of two, in a ring that holds what is numbered from one number up to another without it. */
  grow(places: number, first: number, end: number): void {
    const [old, others] = [this.#words, this.#others];
    const from = old.length / width - 1;
    const words = new Int32Array(width * places);
    this.#words = words;
    this.#bytes = Buffer.from(words.buffer);
    this.#others = new Map();
    for (let sequence = first; sequence < end; sequence++) {
      const place = sequence & (places - 1);
      const [start, to] = [(sequence & from) * width, place * width];
      for (let at = 0; at < width; at++) words[to + at] = old[start + at] as number;
      if ((words[to + width - 1] as number) >>> lengthShift !== elsewhere) continue;
      this.#others.set(place, others.get(sequence & from) ?? '');
    }
  }

  /** Bytes that `write` takes at most for an id. */
  bytesAt(place: number): number {
    const length = this.#lengthAt(place);
    return 2 + 6 * (length === elsewhere ? (this.#others.get(place) ?? '').length : length);
  }

  /** Write the id at a place in JSON; returns the end. */
  write(place: number, to: Buffer, start: number): number {
    const length = this.#lengthAt(place);
    const bytes = this.#bytes;
    const first = place * width * 4;
    let end = start;
    to[end++] = quote;
    for (let at = 0; at < length; at++) {
      const code = length === elsewhere ? 0 : (bytes[first + at] as number);
      if (code < space || code > tilde || code === quote || code === backslash) {
        return start + to.write(JSON.stringify(this.text(place)), start);
      }
      to[end++] = code;
    }
    to[end++] = quote;
    return end;
  }

  #takeOther(id: string): number {
    this.#own.fill(0);
    this.#own[width - 1] = elsewhere << lengthShift;
    return textHash(id, this.#seed);
  }

  #lengthAt(place: number): number {
    return (this.#words[place * width + width - 1] as number) >>> lengthShift;
  }
}

/** Mix a word into a hash. */
function mixed(hash: number, bits: number): number {
  let word = Math.imul(bits, 0xcc9e_2d51);
  word = Math.imul((word << 15) | (word >>> 17), 0x1b87_3593);
  const both = hash ^ word;
  return (Math.imul((both << 13) | (both >>> 19), 5) + 0xe654_6b64) | 0;
}

function finished(words: number): number {
  let hash = Math.imul(words ^ (words >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return hash ^ (hash >>> 16);
}
