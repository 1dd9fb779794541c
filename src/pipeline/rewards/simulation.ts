import { printable } from '../../bytes/printable.ts';
import { OverpunchError } from '../../errors.ts';
import type { CampaignMatcher } from '../../rewards/campaign-matcher.ts';
import type { CampaignOutcome, Decision } from '../../rewards/decision.ts';
import { createRewardEngine } from '../../rewards/reward-engine.ts';
import type { RewardEntry } from '../../rewards/reward-entry.ts';
import type { CancelledCoupon, Reward, RewardOutputs } from '../../rewards/reward-outputs.ts';
import { entryOfEvent } from './entry-of-event.ts';
import { type BetMapping, EventMembers, eventMembers } from './event-members.ts';
import { EventReader } from './event-reader.ts';
import type { RewardEvents } from './event-router.ts';
import { type CampaignReport, campaignReports, type SimulationReport } from './simulation-report.ts';
import { SpendingCurve } from './spending-curve.ts';
import { StageCounts } from './stage-counts.ts';
import { rewardsSummary } from './stage-summary.ts';

/** What campaigns are tried with. */
export interface SimulationOptions {
  readonly matcher: CampaignMatcher;
  readonly events: RewardEvents;
  readonly mapping: BetMapping;
  /** Cents that coupons are worth of which there are always more; `null`: there are those that are given only. */
  readonly endless: number | null;
}

const shownExamples = 5; // of input that could not be read

/**
 * Runs campaigns over bets of the past, as one partition, and remembers what marketing wants to know: it rewards nobody.
 *
 * Coupons, races and points of sale come first, then `begin`, then the events in the order in which they came.
 */
export class RewardSimulation implements RewardOutputs {
  readonly #options: SimulationOptions;
  readonly #reader: EventReader;
  readonly #engine = createRewardEngine({ partition: 0, partitions: 1 });
  readonly #counts = new StageCounts();
  readonly #curves = new Map<string, SpendingCurve>();
  readonly #dried = new Map<string, number>();
  readonly #examples: string[] = [];
  #unreadable = 0;
  /** Pools of campaigns that have endless coupons, and those that need another one. */
  readonly #poolOf = new Map<string, string>();
  readonly #missing: string[] = [];
  #coupons = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.#reader = new EventReader(new EventMembers(options.mapping));
  }

  /** Put the campaigns into force at a time. */
  begin(now: number): void {
    const { matcher, endless } = this.#options;
    this.take({ kind: 'campaigns', now, matcher, text: '' });
    if (endless === null) return;
    // A bet may get one from each campaign.
    for (const { id, pool } of matcher.set.campaigns) {
      this.#poolOf.set(id, pool);
      this.#addCoupon(pool, now);
    }
  }

  /** Take an event; `ingested` is when its frame was taken in, if anybody says, and otherwise it is its own time. */
  event(line: Uint8Array, ingested: number | null): void {
    const { events, mapping } = this.#options;
    try {
      const event = this.#reader.read(line);
      const said = event.values[eventMembers.time];
      const time = typeof said === 'number' ? said : Number.NaN;
      this.take(entryOfEvent(event, events, mapping, ingested, ingested ?? time));
    } catch (error) {
      if (!(error instanceof OverpunchError)) throw error;
      this.refuse(error.message);
    }
  }

  take(entry: RewardEntry): void {
    if (entry.kind === 'bet') this.#span(entry.bet.time);
    const issue = this.#engine.judge(entry, this);
    if (issue === null) this.#counts.take(entry);
    else this.refuse(issue.message);
    for (let pool = this.#missing.pop(); pool !== undefined; pool = this.#missing.pop())
      this.#addCoupon(pool, entry.now);
  }

  /** Something of the input was no use. */
  refuse(message: string): void {
    this.#unreadable++;
    if (this.#examples.length < shownExamples) this.#examples.push(printable(message));
  }

  reward(reward: Reward): void {
    this.#counts.reward(reward);
    this.#counts.record('rewards');
    this.#curve(reward.campaign).add(reward.time, reward.value);
    const pool = this.#poolOf.get(reward.campaign);
    if (pool !== undefined) this.#missing.push(pool);
  }

  cancelled(coupon: CancelledCoupon): void {
    this.#counts.cancelled(coupon);
    this.#counts.record('cancelled-coupons');
    this.#curve(coupon.campaign).add(coupon.time, -coupon.value);
  }

  decision(decision: Decision): void {
    this.#counts.decision(decision);
    for (const { campaign, outcome, value } of decision.campaigns) {
      if (outcome === 'shadow') this.#curve(campaign).add(decision.time, value ?? 0);
      if (isDry(outcome) && !this.#dried.has(campaign)) this.#dried.set(campaign, decision.time);
    }
  }

  share(): void {} // one partition has all

  /** Tell what came of it. */
  report(): SimulationReport {
    const { set } = this.#options.matcher;
    const summary = rewardsSummary([{ account: this.#engine.account, counts: this.#counts }]);
    const { events: _, refusals: __, ...others } = summary; // it counts what is no use by itself
    const campaigns: readonly CampaignReport[] = campaignReports(set, summary, this.#curves, this.#dried);
    return {
      name: set.name,
      version: set.version,
      timeZone: set.timeZone,
      from: Number.isFinite(this.#first) ? this.#first : null,
      to: Number.isFinite(this.#last) ? this.#last : null,
      ...others,
      campaigns,
      unreadable: this.#unreadable,
      examples: this.#examples,
    };
  }

  #span(time: number): void {
    this.#first = Math.min(this.#first, time);
    this.#last = Math.max(this.#last, time);
  }

  #curve(campaign: string): SpendingCurve {
    let curve = this.#curves.get(campaign);
    if (curve === undefined) {
      curve = new SpendingCurve();
      this.#curves.set(campaign, curve);
    }
    return curve;
  }

  #addCoupon(pool: string, now: number): void {
    const coupon = `SIMULATED-${++this.#coupons}`;
    const value = this.#options.endless ?? 0;
    this.take({ kind: 'coupon', now, update: { coupon, pool, value, expiry: null, status: 'available' } });
  }
}

/** Whether a campaign had nothing left to give. */
function isDry(outcome: CampaignOutcome): boolean {
  return outcome === 'budget' || outcome === 'no-coupon' || outcome === 'limit-total' || outcome === 'limit-pool';
}
