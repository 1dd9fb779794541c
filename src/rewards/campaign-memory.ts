import type { Campaign } from './campaign.ts';
import { TerminalNames } from './terminal-names.ts';

const mostTerminals = 1 << 18; // of all files one after the other: with more it is time to forget those that are gone

/**
 * What was read of a file of campaigns, for when it is read again: of the next version only those campaigns are read whose text is another one.
 *
 * It keeps the text of that file.
 */
export class CampaignMemory {
  /** The terminals of all files that it remembers. */
  names: TerminalNames = new TerminalNames();
  #surroundings: readonly unknown[] = [];
  #campaigns: ReadonlyMap<string, Campaign> = new Map();

  /** The campaigns that were read last, by their texts. `surroundings` is what they depend on besides: with another one there are none. */
  recall(surroundings: readonly unknown[]): ReadonlyMap<string, Campaign> {
    const isSame = surroundings.every((value, index) => value === this.#surroundings[index]);
    return isSame ? this.#campaigns : new Map();
  }

  /** Remember a file in the place of the former one. */
  keep(surroundings: readonly unknown[], campaigns: ReadonlyMap<string, Campaign>): void {
    const isFull = this.names.words.length > mostTerminals;
    if (isFull) this.names = new TerminalNames();
    this.#surroundings = surroundings;
    this.#campaigns = isFull ? new Map() : campaigns;
  }
}
