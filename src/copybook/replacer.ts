import { comparable, type Replacement } from './replacement.ts';
import type { SourceBudget } from './source-budget.ts';
import type { TextWord, WordSource } from './text-word.ts';

/**
 * Carries out replacements on a stream of text words by the comparison rules of COPY (IBM Enterprise COBOL Language
 * Reference, "Comparison and replacement rules").
 *
 * At each word the replacements are tried in the order written; the first that fits is carried out and the comparison goes
 * on behind it, so replaced text is not looked at again. Case and the kind and number of separators do not matter.
 */
export class Replacer implements WordSource {
  readonly #source: WordSource;
  readonly #budget: SourceBudget;
  #replacements: readonly Replacement[] = [];
  #byFirst = new Map<string, Replacement[]>();
  #partial: Replacement[] = [];
  /** Words read ahead for a comparison, from `#head` on. */
  #ahead: TextWord[] = [];
  /** Their comparable forms. */
  #keys: string[] = [];
  #head = 0;
  #output: readonly TextWord[] = [];
  #outputAt = 0;
  /** A replacement by nothing leaves the blank before it to the word that follows. */
  #blankDue = false;

  constructor(source: WordSource, replacements: readonly Replacement[], budget: SourceBudget) {
    this.#source = source;
    this.#budget = budget;
    this.use(replacements);
  }

  /** Carry out these replacements from here on. */
  use(replacements: readonly Replacement[]): void {
    this.#replacements = replacements;
    this.#keys = this.#ahead.map(comparable);
    this.#byFirst = new Map();
    this.#partial = replacements.filter((replacement) => replacement.part !== 'whole');
    for (const replacement of replacements) {
      if (replacement.part !== 'whole') continue;
      const first = replacement.pattern[0] as string;
      const others = this.#byFirst.get(first);
      if (others === undefined) this.#byFirst.set(first, [replacement]);
      else others.push(replacement);
    }
  }

  next(): TextWord | null {
    for (;;) {
      const waiting = this.#output[this.#outputAt];
      if (waiting !== undefined) {
        this.#outputAt += 1;
        return waiting;
      }
      const word = this.#peek(0);
      if (word === null) return null;
      const replaced = this.#replacements.length === 0 ? null : this.#replace(word);
      if (replaced === null) {
        this.#drop(1);
        return this.#settle(word);
      }
      this.#output = replaced;
      this.#outputAt = 0;
    }
  }

  /** The next word as it is, no replacement tried. */
  nextRaw(): TextWord | null {
    const word = this.#peek(0);
    if (word !== null) this.#drop(1);
    return word;
  }

  /** The words that stand for the next ones, or `null` when no replacement fits. */
  #replace(word: TextWord): readonly TextWord[] | null {
    if (word.kind === 'problem' || word.kind === 'include') return null;
    const key = this.#keys[this.#head] ?? '';
    const whole = this.#byFirst.get(key)?.find((replacement) => this.#fits(replacement, word));
    const partial =
      word.kind === 'word' ? this.#partial.find((candidate) => this.#fitsPart(candidate, key, word)) : undefined;
    if (whole === undefined && partial === undefined) return null;
    const chosen = this.#first(whole, partial);
    this.#drop(chosen.part === 'whole' ? chosen.pattern.length : 1);
    return chosen.part === 'whole' ? this.#insert(chosen.by, word) : this.#exchange(chosen, word);
  }

  #first(whole: Replacement | undefined, partial: Replacement | undefined): Replacement {
    if (whole === undefined || partial === undefined) return (whole ?? partial) as Replacement;
    return this.#replacements.indexOf(whole) < this.#replacements.indexOf(partial) ? whole : partial;
  }

  #fits(replacement: Replacement, word: TextWord): boolean {
    let index = 1;
    for (; index < replacement.pattern.length; index++) {
      if (this.#peek(index) === null || this.#keys[this.#head + index] !== replacement.pattern[index]) break;
    }
    this.#budget.compare(index, word.position);
    return index === replacement.pattern.length;
  }

  #fitsPart(replacement: Replacement, key: string, word: TextWord): boolean {
    this.#budget.compare(1, word.position);
    const part = replacement.pattern[0] as string;
    return replacement.part === 'leading' ? key.startsWith(part) : key.endsWith(part);
  }

  /** A single word stands where the replaced one stood; longer text keeps its place in the replacing statement. */
  #insert(by: readonly TextWord[], matched: TextWord): readonly TextWord[] {
    const first = by[0];
    if (first === undefined) {
      this.#blankDue ||= matched.spaced;
      return [];
    }
    for (const word of by) this.#budget.grow(word.text.length + 1, matched.position);
    const position = by.length === 1 ? matched.position : first.position;
    return [this.#settle({ ...first, spaced: matched.spaced, position }), ...by.slice(1)];
  }

  #exchange(replacement: Replacement, word: TextWord): readonly TextWord[] {
    const length = replacement.pattern[0]?.length ?? 0;
    const by = replacement.by.map((piece) => piece.text).join('');
    this.#budget.grow(by.length, word.position);
    const rest =
      replacement.part === 'leading' ? word.text.slice(length) : word.text.slice(0, word.text.length - length);
    const text = replacement.part === 'leading' ? by + rest : rest + by;
    if (text === '') return this.#insert([], word);
    return [this.#settle({ ...word, text })];
  }

  #settle(word: TextWord): TextWord {
    if (!this.#blankDue) return word;
    this.#blankDue = false;
    return word.spaced ? word : { ...word, spaced: true };
  }

  #peek(index: number): TextWord | null {
    while (this.#ahead.length - this.#head <= index) {
      const word = this.#source.next();
      if (word === null) return null;
      this.#ahead.push(word);
      this.#keys.push(this.#replacements.length === 0 ? '' : comparable(word));
    }
    return this.#ahead[this.#head + index] ?? null;
  }

  #drop(count: number): void {
    this.#head += count;
    if (this.#head < 1024 && this.#head < this.#ahead.length) return;
    this.#ahead = this.#ahead.slice(this.#head);
    this.#keys = this.#keys.slice(this.#head);
    this.#head = 0;
  }
}
