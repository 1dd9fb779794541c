import { sourceMistake } from './source-mistake.ts';
import { columnsOn, type SourcePosition } from './source-position.ts';
import type { SourceSession } from './source-session.ts';
import type { SpecialNames } from './special-names.ts';
import type { TextWord, WordSource } from './text-word.ts';

/** Where the reader is: a copybook has no divisions, a program goes from one to the next. */
type Place = 'copybook' | 'identification' | 'environment' | 'data' | 'skipped-section';

const fileEntries = new Set(['FD', 'SD', 'RD', 'CD']);
/** Their entries describe print lines and screens, not records. */
const skippedSections = new Set(['REPORT', 'SCREEN']);
const environmentSections = new Set(['CONFIGURATION', 'INPUT-OUTPUT']);
const environmentParagraphs = new Set([
  'SPECIAL-NAMES',
  'FILE-CONTROL',
  'SOURCE-COMPUTER',
  'OBJECT-COMPUTER',
  'I-O-CONTROL',
]);

/**
 * Passes on the data description entries of a text: of a program those of its DATA DIVISION, of a copybook all; never division
 * and section headers, FD, SD, RD and CD entries, or anything from PROCEDURE DIVISION on.
 *
 * SPECIAL-NAMES is shown what stands in the ENVIRONMENT DIVISION. Throws NO_DATA_DIVISION at the end of a program without one.
 */
export class DataDivision implements WordSource {
  readonly #session: SourceSession;
  readonly #source: WordSource;
  readonly #specialNames: SpecialNames;
  #place: Place = 'copybook';
  /** Where a program was seen to start. */
  #program: SourcePosition | null = null;
  #dataSeen = false;
  #entryStart = true;
  #ended = false;
  #ahead: TextWord[] = [];

  constructor(session: SourceSession, source: WordSource, specialNames: SpecialNames) {
    this.#session = session;
    this.#source = source;
    this.#specialNames = specialNames;
  }

  next(): TextWord | null {
    while (!this.#ended) {
      const word = this.#peek(0);
      if (word === null) break;
      const reading = this.#place === 'copybook' || this.#place === 'data';
      if (word.kind === 'word' && (this.#entryStart || this.#place === 'identification') && this.#header(word))
        continue;
      this.#ahead.shift();
      const wasStart = this.#entryStart;
      this.#entryStart = word.kind === 'period';
      if (this.#place === 'environment') this.#specialNames.see(word);
      // A period behind a period ends nothing: EXEC blocks, headers and COPY leave such ones.
      if (reading && !(wasStart && word.kind === 'period')) return word;
    }
    if (this.#program !== null && !this.#dataSeen) {
      throw sourceMistake('NO_DATA_DIVISION', this.#program, 'the program has no DATA DIVISION', {
        hint: 'a program is read for the records in its DATA DIVISION; a copybook has entries only',
      });
    }
    return null;
  }

  /** Take a header with all that belongs to it, when the next words are one. */
  #header(word: TextWord): boolean {
    const text = word.text.toUpperCase();
    const second = this.#peek(1);
    const secondText = second?.kind === 'word' ? second.text.toUpperCase() : '';
    if (/^[0-9]/.test(text)) return false;
    if (secondText === 'DIVISION') return this.#headerEnds() && this.#division(text, word);
    if (this.#place === 'identification') return false;
    if (secondText === 'SECTION' && this.#headerEnds()) {
      if (this.#place === 'environment' && !isDataSection(text)) return false;
      this.#enter(
        environmentSections.has(text) ? 'environment' : skippedSections.has(text) ? 'skipped-section' : 'data',
      );
      this.#dropEntry();
      return true;
    }
    if (text === 'PROGRAM-ID' && this.#place === 'copybook') {
      this.#program ??= word.position;
      this.#enter('identification');
      return true;
    }
    if (second?.kind === 'period' && environmentParagraphs.has(text) && this.#place === 'copybook') {
      this.#enter('environment');
      return true;
    }
    if (text === 'END' && (secondText === 'PROGRAM' || secondText === 'FUNCTION' || secondText === 'CLASS')) {
      this.#ended = true;
      return true;
    }
    if (fileEntries.has(text) && second?.kind === 'word' && this.#place !== 'environment') {
      this.#dropFileEntry(text, second.text);
      return true;
    }
    return false;
  }

  /** Whether a period (or USING) follows the two words of a header: comment entries may hold such words too. */
  #headerEnds(): boolean {
    const third = this.#peek(2);
    return third === null || third.kind === 'period' || /^(USING|CHAINING|RETURNING)$/i.test(third.text);
  }

  #division(text: string, word: TextWord): boolean {
    if (text === 'PROCEDURE') {
      this.#program ??= word.position;
      this.#dataSeen ||= this.#place === 'copybook';
      this.#ended = true;
    } else if (text === 'DATA') {
      this.#dataSeen = true;
      this.#enter('data');
      this.#dropEntry();
    } else if (text === 'ENVIRONMENT' || text === 'IDENTIFICATION' || text === 'ID') {
      this.#program ??= word.position;
      if (this.#dataSeen) this.#ended = true;
      else this.#enter(text === 'ENVIRONMENT' ? 'environment' : 'identification');
      this.#dropEntry();
    } else {
      return false;
    }
    return true;
  }

  #enter(place: Place): void {
    if (place === 'data' && this.#program !== null) this.#dataSeen = true;
    this.#place = place;
    this.#entryStart = true;
    this.#session.copyPolicy =
      place === 'identification' ? 'ignored' : place === 'data' || place === 'copybook' ? 'required' : 'optional';
  }

  /** Pass over everything up to and with the next period. */
  #dropEntry(): void {
    for (let word = this.#take(); word !== null && word.kind !== 'period'; word = this.#take());
    this.#entryStart = true;
  }

  /** A file entry without its period would take the first record with it. */
  #dropFileEntry(kind: string, name: string): void {
    let last: TextWord | null = null;
    for (let word = this.#take(); word !== null && word.kind !== 'period'; word = this.#take()) {
      if (word.text === '01' && last !== null) {
        const { position, text } = last;
        throw sourceMistake(
          'MISSING_PERIOD',
          columnsOn(position, text.length),
          `${kind} ${name} does not end with a period`,
          {
            hint: 'end the entry with a period before its first record',
          },
        );
      }
      last = word;
    }
    this.#entryStart = true;
  }

  #take(): TextWord | null {
    const word = this.#peek(0);
    this.#ahead.shift();
    return word;
  }

  #peek(index: number): TextWord | null {
    while (this.#ahead.length <= index) {
      const word = this.#source.next();
      if (word === null) return null;
      this.#ahead.push(word);
    }
    return this.#ahead[index] ?? null;
  }
}

function isDataSection(name: string): boolean {
  return ['FILE', 'WORKING-STORAGE', 'LOCAL-STORAGE', 'LINKAGE', ...skippedSections].includes(name);
}
