import { columnsOn, type SourcePosition } from './source-position.ts';
import type { TextWord } from './text-word.ts';

/** Text words that stand together without a blank, joined. There is at least one. */
export class TextChunk {
  readonly text: string;
  readonly #words: readonly TextWord[];
  #word = 0;
  /** Where the current word starts in `text`. */
  #start = 0;

  constructor(words: readonly TextWord[]) {
    this.#words = words;
    this.text = words.length === 1 ? (words[0] as TextWord).text : words.map((word) => word.text).join('');
  }

  /** Say where a character of the text stands in its file. Offsets must not descend. */
  positionAt(offset: number): SourcePosition {
    let word = this.#words[this.#word] as TextWord;
    while (offset - this.#start >= word.text.length && this.#word + 1 < this.#words.length) {
      this.#start += word.text.length;
      this.#word += 1;
      word = this.#words[this.#word] as TextWord;
    }
    return columnsOn(word.position, offset - this.#start);
  }
}
