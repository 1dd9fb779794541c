import { Allowance, type AllowanceOwner, type Limit, noLimit, setLimit } from './allowance.ts';
import type { Campaign } from './campaign.ts';
import { type CounterChunk, countersOfChunk } from './counter-chunk.ts';
import type { CouponPool } from './coupon-pool.ts';
import type { DayOwner, DayUse } from './day-use.ts';
import type { CampaignDecision, CampaignOutcome } from './decision.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';
import { textHash } from './text-hash.ts';

const none: Partial<Record<CampaignOutcome, CampaignDecision>> = {};

/**
 * What a campaign has given, and its rules as numbers, resolved when it is loaded.
 *
 * It stays by the id of the campaign, also when the campaign is gone. A campaign that only watches has a state of its own.
 */
export class CampaignState implements AllowanceOwner, DayOwner {
  readonly number: number;
  readonly id: string;
  readonly shadow: boolean;
  readonly totalLimit: Limit = noLimit();
  readonly budgetLimit: Limit = noLimit();
  readonly dayLimit: Limit = noLimit();
  readonly raceLimit: Limit = noLimit();
  terminalLimit: number = Number.POSITIVE_INFINITY;
  readonly total: Allowance;
  readonly budget: Allowance;
  /** Where its counter is. */
  readonly counters: CounterChunk;
  /** What was ever given and taken back, and their cents. */
  rewards = 0;
  rewardedCents = 0;
  revoked = 0;
  revokedCents = 0;
  /** Whether it is in the campaigns that are in force, and if not, the largest event time when it left them. */
  inForce = false;
  leftAt: number = Number.POSITIVE_INFINITY;
  readonly days: DayUse[] = [];
  lastDay: DayUse | null = null;
  /** As the campaign says. */
  firstOfDay = false;
  share: number | null = null;
  seed = 0;
  every = 0;
  /** Number of its group among those of the set; -1: none. */
  group = -1;
  pool: CouponPool | null = null;
  title = '';
  changed = false;
  /** Decisions that are the same for every bet, made when they are first needed. */
  private decisions: Partial<Record<CampaignOutcome, CampaignDecision>> = none;

  constructor(number: number, id: string, shadow: boolean, counters: CounterChunk) {
    this.counters = counters;
    this.number = number;
    this.id = id;
    this.shadow = shadow;
    this.total = new Allowance(this.totalLimit, this);
    this.budget = new Allowance(this.budgetLimit, this);
  }

  /** Bets that met its conditions, for every Nth. */
  get counter(): number {
    return this.counters.values[this.number % countersOfChunk] as number;
  }

  set counter(count: number) {
    this.counters.values[this.number % countersOfChunk] = count;
  }

  resourceOf(allowance: Allowance): string {
    return this.resource(allowance === this.total ? 'total' : 'budget');
  }

  /** Name something of it that partitions share. */
  resource(kind: string, part?: string): string {
    return `${this.shadow ? 'shadow-' : ''}${kind}:${this.id}${part === undefined ? '' : `:${part}`}`;
  }

  /** Be what a campaign says. What it has given stays. */
  load(campaign: Campaign, pool: CouponPool, group: number, partition: number, partitions: number): void {
    const { limits } = campaign;
    setLimit(this.totalLimit, limits.total, partition, partitions);
    setLimit(this.budgetLimit, campaign.budget, partition, partitions);
    setLimit(this.dayLimit, limits.day, partition, partitions);
    setLimit(this.raceLimit, limits.race, partition, partitions);
    this.terminalLimit = limits.terminal ?? Number.POSITIVE_INFINITY;
    this.firstOfDay = campaign.firstOfDay;
    this.share = campaign.share;
    this.seed = campaign.share === null ? 0 : textHash(campaign.seed, 0);
    this.every = campaign.every ?? 0;
    this.title = campaign.title;
    this.pool = pool;
    this.group = group;
    this.inForce = true;
    this.leftAt = Number.POSITIVE_INFINITY;
    this.decisions = none;
  }

  /** Be no longer in force since an event time. Nothing of it is limited, given or asked for meanwhile. */
  unload(time: number): void {
    for (const limit of [this.totalLimit, this.budgetLimit, this.dayLimit, this.raceLimit]) setLimit(limit, null, 0, 1);
    this.inForce = false;
    this.leftAt = time;
  }

  /** The decision of an outcome that says no more than a limit. */
  decision(outcome: CampaignOutcome, limit: number | null): CampaignDecision {
    let decision = this.decisions[outcome];
    if (decision === undefined) {
      decision = { campaign: this.id, outcome, ...(limit === null ? {} : { detail: String(limit) }) };
      if (this.decisions === none) this.decisions = {};
      this.decisions[outcome] = decision;
    }
    return decision;
  }

  key(): Uint8Array {
    return numberedKey(recordKinds.campaign, this.number);
  }

  value(): Uint8Array {
    const { id, shadow, rewards, rewardedCents, revoked, revokedCents, leftAt, inForce, total, budget } = this;
    const counts = [rewards, rewardedCents, revoked, revokedCents];
    return jsonBytes([
      id,
      shadow,
      counts,
      inForce,
      Number.isFinite(leftAt) ? leftAt : null,
      total.save(),
      budget.save(),
    ]);
  }
}
