import type { Table } from '../state/environment.ts';
import { Allowance, type AllowanceOwner, type Limit, noLimit, setLimit } from './allowance.ts';
import type { Campaign } from './campaign.ts';
import { type CampaignRows, campaignRules, inRow } from './campaign-rows.ts';
import type { CouponPool } from './coupon-pool.ts';
import type { DayUse } from './day-use.ts';
import { reasonStart } from './reward-reason.ts';
import { jsonBytes, numberedKey, recordKinds } from './saved-key.ts';
import { textHash } from './text-hash.ts';

/** How many rewards and cents a campaign ever gave and took back. */
export type CampaignCounts = readonly [rewards: number, rewardedCents: number, revoked: number, revokedCents: number];

/**
 * What a campaign has given, and its rules, resolved when it is loaded. The numbers that bets ask for stand in its row.
 *
 * It stays by the id of the campaign, also when the campaign is gone. A campaign that only watches has a state of its own.
 */
export class CampaignState implements AllowanceOwner {
  readonly number: number;
  readonly id: string;
  /** 0: it gives to each bet. */
  every = 0;
  readonly shadow: boolean;
  readonly totalLimit: Limit = noLimit();
  readonly budgetLimit: Limit = noLimit();
  readonly dayLimit: Limit = noLimit();
  readonly raceLimit: Limit = noLimit();
  readonly total: Allowance;
  readonly budget: Allowance;
  revoked = 0;
  revokedCents = 0;
  /** Whether it is in the campaigns that are in force, and if not, the largest event time when it left them. */
  inForce = false;
  leftAt: number = Number.POSITIVE_INFINITY;
  readonly days: DayUse[] = [];
  /** The one in its row, which was asked for last. */
  day: DayUse | null = null;
  /** As the campaign says. */
  share: number | null = null;
  seed = 0;
  changed = false;
  private title = '';
  /** Made when it first rewards a bet: most campaigns of a set do not before the next one comes. */
  private knownReason: string | null = null;
  private readonly rows: CampaignRows;
  private readonly start: number;

  constructor(number: number, id: string, shadow: boolean, rows: CampaignRows) {
    this.number = number;
    this.id = id;
    this.shadow = shadow;
    this.rows = rows;
    this.start = rows.add(number);
    this.total = new Allowance(this.totalLimit, this);
    this.budget = new Allowance(this.budgetLimit, this);
    this.total.enter(rows, this.start + inRow.total);
    this.budget.enter(rows, this.start + inRow.budget);
  }

  /** What earns its rewards, for people; the counter follows if it gives to every Nth bet. */
  get reason(): string {
    const { id, title, share, every } = this;
    const firstOfDay = ((this.rows.numbers[this.start + inRow.rules] as number) & campaignRules.firstOfDay) !== 0;
    this.knownReason ??= reasonStart({ id, title, firstOfDay, share, every });
    return this.knownReason;
  }

  get counts(): CampaignCounts {
    const { numbers } = this.rows;
    const rewards = numbers[this.start + inRow.rewards] as number;
    return [rewards, numbers[this.start + inRow.rewardedCents] as number, this.revoked, this.revokedCents];
  }

  set counts([rewards, rewardedCents, revoked, revokedCents]: CampaignCounts) {
    this.put(inRow.rewards, rewards);
    this.put(inRow.rewardedCents, rewardedCents);
    this.revoked = revoked;
    this.revokedCents = revokedCents;
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
    this.put(inRow.group, group);
    this.inForce = true;
    const { limits } = campaign;
    setLimit(this.totalLimit, limits.total, partition, partitions);
    setLimit(this.budgetLimit, campaign.budget, partition, partitions);
    setLimit(this.dayLimit, limits.day, partition, partitions);
    setLimit(this.raceLimit, limits.race, partition, partitions);
    this.share = campaign.share;
    this.seed = campaign.share === null ? 0 : textHash(campaign.seed, 0);
    this.every = campaign.every ?? 0;
    this.title = campaign.title;
    this.knownReason = null;
    this.leftAt = Number.POSITIVE_INFINITY;
    this.put(inRow.rules, rulesOf(campaign));
    this.put(inRow.every, this.every);
    this.put(inRow.terminalLimit, limits.terminal ?? Number.POSITIVE_INFINITY);
    this.put(inRow.pool, pool.number);
    this.settle();
  }

  /** Be no longer in force since an event time. Nothing of it is limited, given or asked for meanwhile. */
  unload(time: number): void {
    for (const limit of [this.totalLimit, this.budgetLimit, this.dayLimit, this.raceLimit]) setLimit(limit, null, 0, 1);
    this.settle();
    this.inForce = false;
    this.leftAt = time;
  }

  /** Let the row be about one of its days, or about none. */
  enter(use: DayUse | null): void {
    this.day?.out.leave();
    this.day = use;
    this.put(inRow.day, use === null ? Number.NaN : use.day);
    use?.out.enter(this.rows, this.start + inRow.ofDay);
  }

  save(table: Table): void {
    const { id, shadow, counts, leftAt, inForce, total, budget } = this;
    const left = Number.isFinite(leftAt) ? leftAt : null;
    const isUnused = counts.every((count) => count === 0) && total.isUnused && budget.isUnused;
    const use = isUnused ? [] : [counts, total.save(), budget.save()]; // thousands begin at once, and most of them give nothing
    table.put(numberedKey(recordKinds.campaign, this.number), jsonBytes([id, shadow, inForce, left, ...use]));
  }

  /** Let the row say what the limits say. */
  private settle(): void {
    this.total.settle();
    this.budget.settle();
    this.day?.out.settle();
    this.put(inRow.raceShare, this.raceLimit.share);
  }

  private put(at: number, number: number): void {
    this.rows.numbers[this.start + at] = number;
  }
}

function rulesOf({ firstOfDay, share, every, group, limits, shadow }: Campaign): number {
  let rules = 0;
  if (firstOfDay) rules |= campaignRules.firstOfDay;
  if (share !== null) rules |= campaignRules.share;
  if (every !== null) rules |= campaignRules.every;
  if (group !== null) rules |= campaignRules.group;
  if (limits.day !== null) rules |= campaignRules.dayLimit;
  if (limits.race !== null) rules |= campaignRules.raceLimit;
  if (shadow) rules |= campaignRules.shadow;
  return rules;
}
