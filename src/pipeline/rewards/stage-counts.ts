import type { Decision } from '../../rewards/decision.ts';
import { betOutcomes } from '../../rewards/reward-counts.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { CancelledCoupon, Reward } from '../../rewards/reward-outputs.ts';
import type { Table } from '../../state/environment.ts';
import { type Refusal, Refusals } from './refusals.ts';

/** What was written of a campaign. Amounts are cents. */
export interface CampaignCounts {
  /** Bets that met its conditions. */
  matched: number;
  /** Rewards that were emitted, and those that were taken back. */
  rewards: number;
  rewardedCents: number;
  revoked: number;
  revokedCents: number;
  /** What it did with the bets that met its conditions. */
  outcomes: Record<string, number>;
}

interface Saved {
  readonly version: 1;
  readonly events: number;
  readonly bets: number;
  readonly cancels: number;
  readonly redemptions: number;
  readonly refusedEvents: number;
  readonly refusals: readonly Refusal[];
  readonly lines: readonly (readonly [string, number])[];
  readonly now: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly records: readonly (readonly [string, number])[];
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
  /** What was no use, whatever input it came from. */
  readonly refusals: Refusals = new Refusals();
  /** Lines that were read of each file. */
  lines: Map<string, number> = new Map();
  /** The latest time of an entry. */
  now = 0;
  /** Decisions by outcome. */
  outcomes: Record<string, number> = {};
  campaigns: Map<string, CampaignCounts> = new Map();
  /** Records by topic. */
  records: Map<string, number> = new Map();
  readonly #changed = new Set<string>();

  take({ kind, now }: RewardEntry): void {
    if (kind === 'bet') this.bets++;
    else if (kind === 'cancel') this.cancels++;
    if (now > this.now) this.now = now;
  }

  decision({ outcome, campaigns }: Decision): void {
    add(this.outcomes, outcome);
    const isOfBet = ofBets.has(outcome);
    for (const { campaign, outcome: own } of campaigns) {
      if (!isOfBet) continue;
      const counts = this.campaign(campaign);
      counts.matched++;
      add(counts.outcomes, own);
    }
  }

  reward({ campaign, value }: Reward): void {
    const counts = this.campaign(campaign);
    counts.rewards++;
    counts.rewardedCents += value;
  }

  cancelled({ campaign, value }: CancelledCoupon): void {
    const counts = this.campaign(campaign);
    counts.revoked++;
    counts.revokedCents += value;
  }

  /** Count a line of a file. */
  line(file: string): void {
    this.lines.set(file, (this.lines.get(file) ?? 0) + 1);
  }

  record(topic: string): void {
    this.records.set(topic, (this.records.get(topic) ?? 0) + 1);
  }

  /** The counts of a campaign, to be changed. */
  campaign(id: string): CampaignCounts {
    let counts = this.campaigns.get(id);
    if (counts === undefined) {
      counts = { matched: 0, rewards: 0, rewardedCents: 0, revoked: 0, revokedCents: 0, outcomes: {} };
      this.campaigns.set(id, counts);
    }
    this.#changed.add(id);
    return counts;
  }

  /** Write what changed to a table, inside of a commit. */
  save(table: Table): void {
    const { events, bets, cancels, redemptions, refusedEvents, now, outcomes } = this;
    const refused = { refusedEvents, refusals: this.refusals.all };
    const seen = { lines: [...this.lines], records: [...this.records] };
    const saved: Saved = { version: 1, events, bets, cancels, redemptions, ...refused, now, outcomes, ...seen };
    table.put(totalsKey, Buffer.from(JSON.stringify(saved)));
    for (const id of this.#changed) table.put(campaignKey(id), Buffer.from(JSON.stringify([id, this.campaign(id)])));
    this.#changed.clear();
  }

  /** Go back to what was saved. */
  load(table: Table): void {
    const bytes = table.get(totalsKey);
    const saved = bytes === undefined ? null : (JSON.parse(Buffer.from(bytes).toString()) as Saved);
    this.events = saved?.events ?? 0;
    this.bets = saved?.bets ?? 0;
    this.cancels = saved?.cancels ?? 0;
    this.redemptions = saved?.redemptions ?? 0;
    this.refusedEvents = saved?.refusedEvents ?? 0;
    this.refusals.restore(saved?.refusals ?? []);
    this.lines = new Map(saved?.lines);
    this.now = saved?.now ?? 0;
    this.outcomes = { ...saved?.outcomes };
    this.records = new Map(saved?.records);
    this.#changed.clear();
    const campaigns = [...table.range({ from: campaignKey('') })];
    this.campaigns = new Map(
      campaigns.map(({ value }) => JSON.parse(Buffer.from(value).toString()) as [string, CampaignCounts]),
    );
  }
}

function campaignKey(id: string): Uint8Array {
  return Buffer.concat([campaignsKey, Buffer.from(id)]);
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
