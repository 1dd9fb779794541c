/** Digits of which a number is made without loss, when one more stands in front of them. */
export const mostDigits = 8;

const fewestSlots = 1024;
const mixer = 0x9e37_79b1; // 2 ** 32 divided by the golden ratio: numbers that follow each other are far apart

/**
 * Numbers for the terminals that campaigns name, from 0 in the order in which they come.
 *
 * Nearly all of them are a few digits, and a file of campaigns has millions: these are found by a number in a table with open addressing
 * (D. Knuth, The Art of Computer Programming, vol. 3, 6.4), without a string for each.
 */
export class TerminalNames {
  /** By number. */
  readonly words: string[] = [];
  readonly #others = new Map<string, number>();
  /** Digits and the number, one after the other; 0: nothing is there. */
  #slots = new Int32Array(2 * fewestSlots);
  /** Of a product the upper bits are the mixed ones: as many as there are slots, and one. */
  #shift = 31 - Math.log2(fewestSlots);
  #used = 0;

  /** Find the number of a terminal; -1: it was not added. */
  find(word: string): number {
    const digits = digitsOf(word);
    return digits > 0 ? this.ofDigits(digits) : (this.#others.get(word) ?? -1);
  }

  /** Find the number of a terminal of at most `mostDigits` digits: they are given as a number, with a one in front of them. */
  ofDigits(digits: number): number {
    const slots = this.#slots;
    const mask = slots.length - 2;
    for (let slot = (Math.imul(digits, mixer) >>> this.#shift) & mask; ; slot = (slot + 2) & mask) {
      const found = slots[slot] as number;
      if (found === digits) return slots[slot + 1] as number;
      if (found === 0) return -1;
    }
  }

  /** The number of a terminal, which may be a new one. */
  add(word: string): number {
    const known = this.find(word);
    if (known >= 0) return known;
    const number = this.words.length;
    const own = copyOf(word); // a part of a file would keep the whole of it
    this.words.push(own);
    const digits = digitsOf(own);
    if (digits === 0) this.#others.set(own, number);
    else this.#addDigits(digits, number);
    return number;
  }

  #addDigits(digits: number, number: number): void {
    if (4 * this.#used >= this.#slots.length) {
      const slots = this.#slots;
      this.#slots = new Int32Array(2 * slots.length);
      this.#shift -= 1;
      for (let slot = 0; slot < slots.length; slot += 2) {
        if (slots[slot] !== 0) this.#put(slots[slot] as number, slots[slot + 1] as number);
      }
    }
    this.#used += 1;
    this.#put(digits, number);
  }

  #put(digits: number, number: number): void {
    const slots = this.#slots;
    const mask = slots.length - 2;
    let slot = (Math.imul(digits, mixer) >>> this.#shift) & mask;
    while (slots[slot] !== 0) slot = (slot + 2) & mask;
    slots[slot] = digits;
    slots[slot + 1] = number;
  }
}

function copyOf(word: string): string {
  const encoding = /^[\0-\xff]*$/.test(word) ? 'latin1' : 'utf16le';
  return Buffer.from(word, encoding).toString(encoding);
}

/** Digits as a number with a one in front of them; 0 for what is none, or too long. */
function digitsOf(word: string): number {
  const { length } = word;
  if (length === 0 || length > mostDigits) return 0;
  let digits = 1;
  for (let at = 0; at < length; at++) {
    const digit = word.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return 0;
    digits = digits * 10 + digit;
  }
  return digits;
}
