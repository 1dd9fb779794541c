import { readReplacements, type StatementWords } from './read-replacements.ts';
import type { Replacement } from './replacement.ts';
import { Replacer } from './replacer.ts';
import { sourceMistake } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';
import type { SourceSession } from './source-session.ts';
import type { TextWord, WordSource } from './text-word.ts';

/**
 * Carries out REPLACE statements on text whose COPY statements were carried out: `REPLACE [ALSO] ==a== BY ==b== … .` holds until the
 * next REPLACE, `REPLACE [LAST] OFF.` ends it.
 */
export class ReplaceStatements implements WordSource {
  readonly #session: SourceSession;
  readonly #replacer: Replacer;
  #active: (readonly Replacement[])[] = [];

  constructor(session: SourceSession, source: WordSource) {
    this.#session = session;
    this.#replacer = new Replacer(source, [], session.budget);
  }

  next(): TextWord | null {
    for (;;) {
      const word = this.#replacer.next();
      if (word?.kind !== 'word' || word.text.length !== 7 || this.#session.copyPolicy === 'ignored') return word;
      if (word.text.toUpperCase() !== 'REPLACE') return word;
      this.#statement(word);
    }
  }

  #statement(replace: TextWord): void {
    const words = new RawWords(this.#replacer, replace.position);
    const first = words.peek()?.text.toUpperCase();
    if (first === 'OFF' || first === 'LAST') {
      words.take();
      if (first === 'LAST') words.take();
      if (words.take()?.kind !== 'period') {
        throw sourceMistake('COPY_SYNTAX', replace.position, 'REPLACE OFF does not end with a period', {
          expected: 'a period',
        });
      }
      this.#active = first === 'LAST' ? this.#active.slice(0, -1) : [];
    } else {
      if (first === 'ALSO') words.take();
      const replacements = readReplacements(words, 'REPLACE');
      this.#active = first === 'ALSO' ? [...this.#active, replacements] : [replacements];
    }
    const rules = this.#active.reduce((sum, replacements) => sum + replacements.length, 0);
    // Putting a replacement to use costs as much as some comparisons.
    this.#session.budget.compare(8 * rules, replace.position);
    this.#replacer.use([...this.#active].reverse().flat());
  }
}

/** The words of a REPLACE statement, to which no replacement applies. */
class RawWords implements StatementWords {
  readonly #replacer: Replacer;
  #next: TextWord | null = null;
  position: SourcePosition;

  constructor(replacer: Replacer, position: SourcePosition) {
    this.#replacer = replacer;
    this.position = position;
  }

  peek(): TextWord | null {
    this.#next ??= this.#replacer.nextRaw();
    return this.#next;
  }

  take(): TextWord | null {
    const word = this.peek();
    this.#next = null;
    if (word !== null) this.position = word.position;
    return word;
  }
}
