import type { CampaignDecision, Decision } from '../../rewards/decision.ts';
import { betOutcomes } from '../../rewards/reward-counts.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { CancelledCoupon, Reward } from '../../rewards/reward-outputs.ts';
import type { Table } from '../../state/environment.ts';
import { type Refusal, Refusals } from './refusals.ts';
import { type SavedCampaign, type SavedTotals, savedCampaign, savedTotals } from './saved-counts.ts';
import { Tally } from './tally.ts';

/** What was written of a campaign. Amounts are cents. */
export class CampaignCounts {
  readonly id: string;
  /** Bets that met its conditions. */
  matched = 0;
  /** Rewards that were emitted, and those that were taken back. */
  rewards = 0;
  rewardedCents = 0;
  revoked = 0;
  revokedCents = 0;
  /** What it did with the bets that met its conditions. */
  readonly outcomes: Tally = new Tally();
  /** Where they are kept, and whether they changed since. */
  readonly key: Uint8Array;
  changed = false;

  constructor(id: string) {
    this.id = id;
    this.key = campaignKey(id);
  }
}

// Keys of the totals and of campaigns.
const totalsKey = Uint8Array.of(0);
const campaignsKey = Uint8Array.of(1);
const ofBets: ReadonlySet<string> = new Set(betOutcomes);

/**
 * What the rewards of one partition took in and wrote since the beginning: by itself, so that it can be compared with what the engine says that
 * it did.
 */
export class StageCounts {
  /** Events of the flow that came, whatever they are. */
  events = 0;
  bets = 0;
  cancels = 0;
  redemptions = 0;
  /** Events that were no use. */
  refusedEvents = 0;
  /** Versions of the campaigns that were put into force. */
  versions = 0;
  /** What was no use, whatever input it came from. */
  readonly refusals: Refusals = new Refusals();
  /** The line of each file that was read last. */
  readonly lines: Tally = new Tally();
  /** The latest time of an entry. */
  now = 0;
  /** Decisions by outcome. */
  readonly outcomes: Tally = new Tally();
  readonly campaigns: Map<string, CampaignCounts> = new Map();
  /** Records by topic. */
  readonly records: Tally = new Tally();
  #changed: CampaignCounts[] = [];
  /** The campaigns of the last decisions, by their places in them: mostly the next one has the same. */
  #recent: CampaignCounts[] = [];

  take({ kind, now }: RewardEntry): void {
    if (kind === 'bet') this.bets++;
    else if (kind === 'cancel') this.cancels++;
    else if (kind === 'campaigns') this.versions++;
    if (now > this.now) this.now = now;
  }

  decision({ outcome, campaigns }: Decision): void {
    this.outcomes.add(outcome);
    if (campaigns.length === 0 || !ofBets.has(outcome)) return;
    const recent = this.#recent;
    for (let at = 0; at < campaigns.length; at++) {
      const { campaign, outcome: own } = campaigns[at] as CampaignDecision;
      let counts = recent[at];
      if (counts?.id !== campaign) {
        counts = this.campaign(campaign);
        recent[at] = counts;
      }
      this.#note(counts);
      counts.matched++;
      counts.outcomes.add(own);
    }
  }

  reward({ campaign, value }: Reward): void {
    const counts = this.campaign(campaign);
    counts.rewards++;
    counts.rewardedCents += value;
    this.#note(counts);
  }

  cancelled({ campaign, value }: CancelledCoupon): void {
    const counts = this.campaign(campaign);
    counts.revoked++;
    counts.revokedCents += value;
    this.#note(counts);
  }

  /** A line of a file comes: its number, or else the next one. */
  line(file: string, number?: number): void {
    if (number === undefined) this.lines.add(file);
    else this.lines.set(file, number);
  }

  /** Count a record of a topic; how many it has now. */
  record(topic: string): number {
    return this.records.add(topic);
  }

  /** The first line of another file comes: lines are counted anew, and those of the former file are no places any more. */
  newFile(input: Refusal['input']): void {
    this.lines.clear(input);
    this.refusals.leave(input);
  }

  /** The counts of a campaign, which may be new. */
  campaign(id: string): CampaignCounts {
    let counts = this.campaigns.get(id);
    if (counts === undefined) {
      counts = new CampaignCounts(id);
      this.campaigns.set(id, counts);
    }
    return counts;
  }

  /** Write what changed to a table, inside of a commit. */
  save(table: Table): void {
    table.put(totalsKey, savedTotals(this));
    for (const counts of this.#changed) {
      table.put(counts.key, savedCampaign(counts));
      counts.changed = false;
    }
    this.#changed = [];
  }

  /** Go back to what was saved. */
  load(table: Table): void {
    const bytes = table.get(totalsKey);
    const saved = bytes === undefined ? null : (JSON.parse(Buffer.from(bytes).toString()) as SavedTotals);
    this.events = saved?.events ?? 0;
    this.bets = saved?.bets ?? 0;
    this.cancels = saved?.cancels ?? 0;
    this.redemptions = saved?.redemptions ?? 0;
    this.refusedEvents = saved?.refusedEvents ?? 0;
    this.versions = saved?.versions ?? 0;
    this.refusals.restore(saved?.refusals ?? []);
    this.lines.restore(saved?.lines ?? []);
    this.now = saved?.now ?? 0;
    this.outcomes.restore(Object.entries(saved?.outcomes ?? {}));
    this.records.restore(saved?.records ?? []);
    this.#changed = [];
    this.#recent = [];
    this.campaigns.clear();
    for (const { value } of table.range({ from: campaignKey('') })) {
      const [id, { outcomes, ...numbers }] = JSON.parse(Buffer.from(value).toString()) as SavedCampaign;
      const counts = Object.assign(this.campaign(id), numbers);
      counts.outcomes.restore(Object.entries(outcomes));
    }
  }

  #note(counts: CampaignCounts): void {
    if (counts.changed) return;
    counts.changed = true;
    this.#changed.push(counts);
  }
}

function campaignKey(id: string): Uint8Array {
  return Buffer.concat([campaignsKey, Buffer.from(id)]);
}
