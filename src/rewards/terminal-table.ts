import type { CampaignMatcher } from './campaign-matcher.ts';
import { CampaignUses } from './campaign-uses.ts';
import { Terminal } from './terminal.ts';
import { TerminalNames } from './terminal-names.ts';

const firstTerminals = 256;
const spareNames = 1024;
const notLookedUp = -1;

/** The terminals of which something is known, by name and by number. What bets ask of all of them stands in columns. */
export class TerminalTable {
  /** By number; those that are gone left gaps. */
  readonly all: (Terminal | undefined)[] = [];
  /** How many rewards of campaigns are out at them. */
  readonly uses: CampaignUses = new CampaignUses();
  size = 0;
  /** Numbers that are free. */
  #free: number[] = [];
  #names = new TerminalNames();
  /** Numbers of terminals by the numbers of their names; -1: none. */
  #numbers: Int32Array = new Int32Array(firstTerminals).fill(-1);
  readonly #regions: (string | null)[] = [];
  /** What stands for each in the matcher that was asked last. */
  #rows: Int32Array = new Int32Array(firstTerminals).fill(notLookedUp);
  #matcher: CampaignMatcher | null = null;

  /** The number of a terminal; -1: nothing is known of it. */
  find(name: string): number {
    const known = this.#names.find(name);
    return known < 0 ? -1 : (this.#numbers[known] as number);
  }

  /** A terminal of which something is to be remembered, which may be a new one: then `made` hears of it. */
  named(name: string, made: (terminal: Terminal) => void): Terminal {
    const known = this.find(name);
    if (known >= 0) return this.all[known] as Terminal;
    const terminal = this.restore(this.#free.pop() ?? this.all.length, name);
    made(terminal);
    return terminal;
  }

  /** Add a terminal under a number, as it was kept. */
  restore(number: number, name: string): Terminal {
    const terminal = new Terminal(number, name);
    this.all[number] = terminal;
    this.size++;
    this.#name(terminal);
    if (number >= this.#rows.length) this.#rows = longer(this.#rows, number, notLookedUp);
    this.#rows[number] = notLookedUp;
    this.#regions[number] = null;
    return terminal;
  }

  /** When all were put back: free the numbers between them. */
  finish(): void {
    for (let number = this.all.length - 1; number >= 0; number--) {
      if (this.all[number] === undefined) this.#free.push(number);
    }
  }

  /** Forget terminals of which nothing has to be remembered. */
  forget(isOver: (terminal: Terminal) => boolean): void {
    for (const terminal of this.all) {
      if (terminal === undefined || !isOver(terminal)) continue;
      terminal.gone = true;
      this.size--;
      this.all[terminal.number] = undefined;
      this.#numbers[this.#names.find(terminal.name)] = -1;
      this.#free.push(terminal.number);
      this.uses.clear(terminal.number);
    }
    if (this.#names.words.length <= 2 * this.size + spareNames) return;
    this.#names = new TerminalNames();
    this.#numbers.fill(-1);
    for (const terminal of this.all) if (terminal !== undefined) this.#name(terminal);
  }

  /** Let a terminal be in a region. */
  learn(terminal: Terminal, region: string | null): void {
    terminal.region = region;
    this.#regions[terminal.number] = region;
  }

  /** The region of a terminal; `null`: nobody says. */
  regionOf(number: number): string | null {
    return number < 0 ? null : (this.#regions[number] as string | null);
  }

  /** What stands for a terminal in a matcher; -1: nothing is known of the terminal. */
  rowIn(matcher: CampaignMatcher, number: number): number {
    if (number < 0) return -1;
    if (matcher !== this.#matcher) {
      this.#matcher = matcher;
      this.#rows.fill(notLookedUp);
    }
    const row = this.#rows[number] as number;
    return row === notLookedUp ? this.#lookUp(matcher, number) : row;
  }

  #lookUp(matcher: CampaignMatcher, number: number): number {
    const row = matcher.terminalRow((this.all[number] as Terminal).name);
    this.#rows[number] = row;
    return row;
  }

  #name({ name, number }: Terminal): void {
    const known = this.#names.add(name);
    if (known >= this.#numbers.length) this.#numbers = longer(this.#numbers, known, -1);
    this.#numbers[known] = number;
  }
}

/** A copy that has room for a number, twice as long at least; what is new is `none`. */
function longer(column: Int32Array, number: number, none: number): Int32Array {
  const copy = new Int32Array(2 * Math.max(column.length, number)).fill(none, column.length);
  copy.set(column);
  return copy;
}
