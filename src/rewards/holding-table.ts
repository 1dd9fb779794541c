import type { Holding } from './holding.ts';

const width = 8; // words of a row
const campaign = 0;
const coupon = 1;
const day = 2;
const raceDay = 3;
const meeting = 4;
const race = 5;
const terminal = 6;
const next = 7; // of the same bet, or of those that are free; -1: none
const firstRows = 256;

/** What bets hold, a row for each reward, so that the collector of garbage has nothing to look at. Rows of a bet are linked in their order. */
export class HoldingTable {
  #words = new Int32Array(firstRows * width);
  #values = new Float64Array(firstRows);
  #end = 0;
  #free = -1;

  /** Add what a bet holds, behind another row of it (-1: the first); returns its row. */
  add(holding: Holding, behind: number): number {
    const row = this.#take();
    const words = this.#words;
    const at = row * width;
    words[at + campaign] = holding.campaign;
    words[at + coupon] = holding.coupon;
    words[at + day] = holding.day;
    words[at + raceDay] = holding.raceDay;
    words[at + meeting] = holding.meeting;
    words[at + race] = holding.race;
    words[at + terminal] = holding.terminal;
    words[at + next] = -1;
    this.#values[row] = holding.value;
    if (behind >= 0) words[behind * width + next] = row;
    return row;
  }

  /** What a bet holds, from its first row on (-1: nothing). */
  list(first: number): readonly Holding[] {
    const words = this.#words;
    const holdings: Holding[] = [];
    for (let row = first; row >= 0; row = words[row * width + next] as number) {
      const at = row * width;
      holdings.push({
        campaign: words[at + campaign] as number,
        coupon: words[at + coupon] as number,
        value: this.#values[row] as number,
        day: words[at + day] as number,
        raceDay: words[at + raceDay] as number,
        meeting: words[at + meeting] as number,
        race: words[at + race] as number,
        terminal: words[at + terminal] as number,
      });
    }
    return holdings;
  }

  /** Free what a bet holds, from its first row on. */
  release(first: number): void {
    const words = this.#words;
    for (let row = first; row >= 0; ) {
      const following = words[row * width + next] as number;
      words[row * width + next] = this.#free;
      this.#free = row;
      row = following;
    }
  }

  #take(): number {
    const row = this.#free;
    if (row >= 0) {
      this.#free = this.#words[row * width + next] as number;
      return row;
    }
    if (this.#end === this.#values.length) {
      const words = new Int32Array(2 * this.#words.length);
      const values = new Float64Array(2 * this.#values.length);
      words.set(this.#words);
      values.set(this.#values);
      this.#words = words;
      this.#values = values;
    }
    return this.#end++;
  }
}
