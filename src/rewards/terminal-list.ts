import type { Terminals } from './campaign.ts';
import type { TerminalNames } from './terminal-names.ts';

/** A list of terminals as numbers: thousands of campaigns have thousands each, and none of them is a string of its own. */
export class TerminalList implements Terminals {
  readonly names: TerminalNames;
  /** In the order in which they are written, each once. */
  readonly numbers: Int32Array;

  constructor(names: TerminalNames, numbers: Int32Array) {
    this.names = names;
    this.numbers = numbers;
  }

  get length(): number {
    return this.numbers.length;
  }

  includes(terminal: string): boolean {
    const number = this.names.find(terminal);
    return number >= 0 && this.numbers.includes(number);
  }

  *[Symbol.iterator](): Generator<string> {
    for (const number of this.numbers) yield this.names.words[number] as string;
  }

  toJSON(): readonly string[] {
    return [...this];
  }
}
