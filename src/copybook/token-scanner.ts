import { badCharacter } from './bad-character.ts';
import { CopybookError } from './copybook-error.ts';
import { readLiteral } from './read-literal.ts';
import type { SourceBudget } from './source-budget.ts';
import type { SourcePosition } from './source-position.ts';
import { TextChunk } from './text-chunk.ts';
import type { TextWord, WordSource } from './text-word.ts';
import type { Token } from './token.ts';

const punctuation = '():=+-*/<>&';
const plainName = /^[A-Za-z][A-Za-z0-9-]*$/;
/** `PIC X(10).05 NAME`: a period and a level number that no picture can end with (`.09` it can). */
const levelBehindPicture = /\.(?:0[1-8]|[1-4][0-9]|66|77|88)$/;
/** `PIC S9(4)COMP`: words that no picture can end with, where their blank is missing. */
const clauseBehindPicture =
  /(?<=[X9VZ)])(?:COMP(?:UTATIONAL)?(?:-[0-9X])?|BINARY|PACKED-DECIMAL|DISPLAY|USAGE|VALUES?|OCCURS|SIGN|SYNC)$/i;
const asciiNameCharacter = /[A-Za-z0-9_@#$-]/;
// Behind a number every character beyond ASCII counts: those that no name can have end both in the same error.
const numberWithPoint =
  /[+-]?(?:\d+(?:\.\d+(?:[Ee][+-]?\d{1,2})?)?|\.\d+(?:[Ee][+-]?\d{1,2})?)(?![A-Za-z0-9_@#$\-\u0080-\uffff])/y;
const numberWithComma =
  /[+-]?(?:\d+(?:,\d+(?:[Ee][+-]?\d{1,2})?)?|,\d+(?:[Ee][+-]?\d{1,2})?)(?![A-Za-z0-9_@#$\-\u0080-\uffff])/y;

/** Turn text words, all replacements done, into tokens: join what stands together, and take pictures, numbers and names apart. */
export class TokenScanner {
  readonly #source: WordSource;
  readonly #budget: SourceBudget;
  readonly #decimalComma: () => boolean;
  readonly #tokens: Token[] = [];
  #next: TextWord | null = null;
  /** The next character-string is a picture. */
  #pictureDue = false;

  /** `decimalComma` is asked at each number: SPECIAL-NAMES comes before the numbers it is about. */
  constructor(source: WordSource, budget: SourceBudget, decimalComma: () => boolean) {
    this.#source = source;
    this.#budget = budget;
    this.#decimalComma = decimalComma;
  }

  /** Read to the end of the source. */
  read(end: () => SourcePosition): Token[] {
    for (let word = this.#take(); word !== null; word = this.#take()) this.#word(word);
    this.#tokens.push({ kind: 'end', text: '', position: end() });
    return this.#tokens;
  }

  #word(word: TextWord): void {
    switch (word.kind) {
      case 'problem':
        if (word.diagnostic !== undefined) throw new CopybookError(word.diagnostic);
        return;
      case 'period':
        this.#pictureDue = false;
        this.#push({ kind: 'period', text: '.', position: word.position });
        return;
      case 'literal':
        this.#pictureDue = false;
        this.#push(readLiteral(word));
        return;
      default:
        this.#chunk(word);
    }
  }

  #chunk(first: TextWord): void {
    const words = [first];
    for (let next = this.#peek(); next !== null && joins(next); next = this.#peek()) {
      words.push(next);
      this.#take();
    }
    const chunk = new TextChunk(words);
    if (this.#pictureDue && !/^is$/i.test(chunk.text)) this.#picture(chunk);
    else if (words.length === 1 && plainName.test(chunk.text)) this.#name(chunk.text, first.position);
    else this.#split(chunk, !first.spaced && this.#tokens.at(-1)?.kind === 'literal');
  }

  #name(text: string, position: SourcePosition): void {
    const upper = text.length <= 7 ? text.toUpperCase() : '';
    this.#push({ kind: 'word', text, position });
    this.#pictureDue = upper === 'PIC' || upper === 'PICTURE' || (this.#pictureDue && upper === 'IS');
  }

  #picture(chunk: TextChunk): void {
    this.#pictureDue = false;
    const level = levelBehindPicture.exec(chunk.text)?.[0] ?? '.';
    let length = chunk.text.length - level.length + 1;
    while (length > 1 && '.,;'.includes(chunk.text[length - 1] as string)) length--;
    const clause = clauseBehindPicture.exec(chunk.text.slice(0, length))?.[0] ?? '';
    const picture = length - clause.length;
    this.#push({ kind: 'picture', text: chunk.text.slice(0, picture), position: chunk.positionAt(0) });
    if (clause !== '') this.#name(clause, chunk.positionAt(picture));
    const end = chunk.text.indexOf('.', length);
    if (end >= 0) this.#push({ kind: 'period', text: '.', position: chunk.positionAt(end) });
    if (level !== '.') this.#push({ kind: 'number', text: level.slice(1), position: chunk.positionAt(end + 1) });
  }

  #split(chunk: TextChunk, behindLiteral: boolean): void {
    const { text } = chunk;
    const comma = this.#decimalComma();
    const number = comma ? numberWithComma : numberWithPoint;
    for (let index = 0; index < text.length; ) {
      const start = index;
      const character = text[index] as string;
      number.lastIndex = index;
      const matched = /[0-9+\-.,]/.test(character) ? number.exec(text)?.[0] : undefined;
      if (matched !== undefined && this.#numberMayStart(text, index, behindLiteral)) {
        index += matched.length;
        const written = comma ? matched.replace(',', '.') : matched;
        this.#push({ kind: 'number', text: written, position: chunk.positionAt(start) });
      } else if (character !== '-' && isNameCharacter(text, index)) {
        while (index < text.length && isNameCharacter(text, index))
          index += (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
        this.#name(text.slice(start, index), chunk.positionAt(start));
      } else if (character === '.') {
        index++;
        this.#push({ kind: 'period', text: '.', position: chunk.positionAt(start) });
      } else if (character === ',' || character === ';') {
        index++;
      } else if (punctuation.includes(character)) {
        index++;
        this.#push({ kind: 'punctuation', text: character, position: chunk.positionAt(start) });
      } else {
        throw badCharacter(text.codePointAt(index) as number, chunk.positionAt(start));
      }
    }
  }

  /** A sign or decimal point belongs to a number only where a number can begin: `A.05` is a name, a period and 05, and so is `'A'.05`. */
  #numberMayStart(text: string, index: number, behindLiteral: boolean): boolean {
    if (/[0-9]/.test(text[index] as string)) return true;
    if (index === 0) return !behindLiteral || text[index] !== '.';
    return '(:=+*/<>,;'.includes(text[index - 1] as string);
  }

  #push(token: Token): void {
    // A period behind a period ends nothing.
    if (token.kind === 'period' && (this.#tokens.at(-1)?.kind ?? 'period') === 'period') return;
    this.#budget.token(token.position);
    this.#tokens.push(token);
  }

  #peek(): TextWord | null {
    this.#next ??= this.#source.next();
    return this.#next;
  }

  #take(): TextWord | null {
    const word = this.#peek();
    this.#next = null;
    return word;
  }
}

function joins(word: TextWord): boolean {
  return !word.spaced && (word.kind === 'word' || word.kind === 'symbol' || word.kind === 'delimiter');
}

function isNameCharacter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code < 0x80) return asciiNameCharacter.test(text[index] as string);
  // Apart from the ASCII ones: preparing a pattern with these classes takes longer than reading a copybook.
  return /[\p{L}\p{N}\p{M}]/u.test(String.fromCodePoint(text.codePointAt(index) as number));
}
