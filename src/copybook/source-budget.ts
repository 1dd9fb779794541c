import { sourceMistake } from './source-mistake.ts';
import type { SourcePosition } from './source-position.ts';

/** 16 MiB of text, counted wherever COPY and REPLACING make it grow: far beyond any real program. */
export const maximumSourceLength: number = 16 * 1024 * 1024;

/** 2 Mi words: more than 16 MiB of real source have, and still little memory. */
const maximumWords = 2 * 1024 * 1024;

/** Word comparisons of REPLACING and REPLACE: keeps hostile patterns from taking minutes. */
const maximumComparisons = 32 * 1024 * 1024;

/** Opening a member costs at least this much, so that thousands of empty ones come to an end too. */
const minimumMemberCost = 256;

/** What a copybook may still use up, shared by all its members. Every method throws COPYBOOK_TOO_LARGE when it is spent. */
export class SourceBudget {
  #length = 0;
  #words = 0;
  #tokens = 0;
  #comparisons = 0;

  /** Count the text of a file or member. */
  open(length: number, position: SourcePosition): void {
    this.grow(Math.max(length, minimumMemberCost), position);
  }

  /** Count text that a replacement put in. */
  grow(length: number, position: SourcePosition): void {
    this.#length += length;
    if (this.#length > maximumSourceLength) {
      throw tooLarge(position, 'the text with all its COPY members and replacements is larger than 16 MiB');
    }
  }

  /** Count a text word that was read. */
  word(position: SourcePosition): void {
    this.#words += 1;
    if (this.#words > maximumWords) throw tooLarge(position, `the text has more than ${maximumWords} words`);
  }

  /** Count a token that was made. */
  token(position: SourcePosition): void {
    this.#tokens += 1;
    if (this.#tokens > maximumWords) throw tooLarge(position, `the text has more than ${maximumWords} words`);
  }

  /** Count comparisons of words. */
  compare(count: number, position: SourcePosition): void {
    this.#comparisons += count;
    if (this.#comparisons > maximumComparisons) {
      throw tooLarge(position, 'REPLACING has more to compare than any real copybook needs');
    }
  }
}

function tooLarge(position: SourcePosition, message: string): Error {
  return sourceMistake('COPYBOOK_TOO_LARGE', position, message, {
    hint: 'is this file a copybook, and does no member copy itself many times over?',
  });
}
