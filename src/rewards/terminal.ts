import { CampaignUses } from './campaign-uses.ts';
import type { SavedRecord } from './change-list.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';

/** How many rewards of a campaign are out at a terminal. */
export class TerminalUse implements SavedRecord {
  readonly campaign: number;
  readonly terminal: Terminal;
  used = 0;
  changed = false;

  constructor(campaign: number, terminal: Terminal) {
    this.campaign = campaign;
    this.terminal = terminal;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.terminalUse, this.campaign, this.terminal.number);
  }

  value(): Uint8Array | null {
    return this.terminal.uses.get(this.campaign) === this ? jsonBytes(this.used) : null;
  }
}

/** A terminal of which something is known: its region, or rewards. */
export class Terminal implements SavedRecord {
  readonly number: number;
  readonly name: string;
  region: string | null = null;
  readonly uses: CampaignUses<TerminalUse> = new CampaignUses();
  /** The last day for which it is marked as one that had its first bet. */
  lastMark: number = Number.NEGATIVE_INFINITY;
  gone = false;
  changed = false;

  constructor(number: number, name: string) {
    this.number = number;
    this.name = name;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.terminal, this.number);
  }

  value(): Uint8Array | null {
    return this.gone ? null : jsonBytes([this.name, this.region]);
  }
}
