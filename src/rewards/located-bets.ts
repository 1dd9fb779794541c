import type { AskedField } from './asked-field.ts';
import type { AskedNumber } from './asked-number.ts';
import type { Bet } from './bet.ts';
import { DayDimension } from './day-dimension.ts';
import { betsTogether } from './matched-campaigns.ts';

/** Where the values of some bets are in the dimensions of an index. */
export class LocatedBets {
  /** Of each bet the rows of all fields, one behind the other, and their offsets. */
  readonly rows: Int32Array;
  readonly offsets: Int32Array;
  /** Fields of a bet. */
  readonly width: number;
  /** Of each bet where its numbers are, and where the first one is as postings number it. */
  readonly pieces: Int32Array;
  readonly shortPieces: Int32Array = new Int32Array(betsTogether);
  readonly #asked: readonly AskedField[];
  readonly #intervals: readonly AskedNumber[];
  readonly #strides: Int32Array;
  readonly #terminal: number;
  readonly #days: readonly DayDimension[];

  /** `strides`: of each field; `terminal`: which of them is the terminal, -1: none. */
  constructor(
    asked: readonly AskedField[],
    intervals: readonly AskedNumber[],
    strides: readonly number[],
    terminal: number,
  ) {
    this.width = asked.length;
    this.rows = new Int32Array(betsTogether * asked.length);
    this.offsets = new Int32Array(betsTogether * asked.length);
    this.pieces = new Int32Array(betsTogether * intervals.length);
    this.#asked = asked;
    this.#intervals = intervals;
    this.#strides = Int32Array.from(strides);
    this.#terminal = terminal;
    this.#days = asked.flatMap(({ dimension }) => (dimension instanceof DayDimension ? [dimension] : []));
  }

  /** Locate the first `count` of some bets; `false`: the row of a day was needed for another one meanwhile, so that only each by itself is located. */
  locate(bets: readonly Bet[], count: number, terminalRows: Int32Array): boolean {
    const { rows, offsets, pieces, shortPieces, width } = this;
    const intervals = this.#intervals;
    const strides = this.#strides;
    const isShort = intervals[0]?.dimension.isShort === true;
    const reused = this.#reused();
    for (let at = 0; at < intervals.length; at++) {
      const { dimension, read } = intervals[at] as AskedNumber;
      for (let bet = 0; bet < count; bet++) {
        const value = read(bets[bet] as Bet);
        pieces[bet * intervals.length + at] = dimension.pieceOf(value);
        if (at === 0 && isShort) shortPieces[bet] = dimension.shortPieceOf(value);
      }
    }
    for (let field = 0; field < width; field++) {
      const { dimension, read } = this.#asked[field] as AskedField;
      const stride = strides[field] as number;
      const isTerminal = field === this.#terminal;
      for (let bet = 0; bet < count; bet++) {
        let row = isTerminal ? (terminalRows[bet] as number) : -1;
        if (row < 0) row = dimension.rowOf(read(bets[bet] as Bet));
        rows[bet * width + field] = row;
        offsets[bet * width + field] = dimension.base + row * stride;
      }
    }
    return this.#reused() === reused;
  }

  #reused(): number {
    let reused = 0;
    for (const days of this.#days) reused += days.reused;
    return reused;
  }
}
