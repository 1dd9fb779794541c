import type { Bet } from '../../src/rewards/bet.ts';
import type { Campaign } from '../../src/rewards/campaign.ts';
import type { CampaignMatcher } from '../../src/rewards/campaign-matcher.ts';
import type { CouponUpdate } from '../../src/rewards/coupon.ts';
import type { BetOutcome, CampaignDecision } from '../../src/rewards/decision.ts';
import type { Cancel, Race, RewardEntry } from '../../src/rewards/reward-entry.ts';
import type { RewardOutputs } from '../../src/rewards/reward-outputs.ts';
import { reasonStart } from '../../src/rewards/reward-reason.ts';
import type { ShareMessage } from '../../src/rewards/share-message.ts';
import { drawOf, textHash } from '../../src/rewards/text-hash.ts';
import type { NaiveBet, NaiveCoupon, NaiveReward } from './naive-memory.ts';
import { NaiveShares } from './naive-shares.ts';

const day = 86_400_000;

/** The rules of rewards in the plainest words, without an index, a counter or a word about speed. */
export class NaiveEngine {
  readonly rewards: NaiveReward[] = [];
  readonly coupons: NaiveCoupon[] = [];
  private readonly bets: NaiveBet[] = [];
  private readonly marks = new Set<string>();
  private readonly counters = new Map<string, number>();
  private readonly races: Race[] = [];
  private readonly regions = new Map<string, string>();
  private readonly shares: NaiveShares;
  private readonly sent = new Map<number, number>();
  private readonly credited = new Set<string>();
  private readonly leftAt = new Map<string, number>();
  private matcher: CampaignMatcher | null = null;
  private clock = Number.NEGATIVE_INFINITY;
  private largest = Number.NEGATIVE_INFINITY;
  private horizon = Number.NEGATIVE_INFINITY;
  private order = 0;
  private readonly partition: number;
  private readonly partitions: number;
  private outputs!: RewardOutputs;

  constructor(partition = 0, partitions = 1) {
    this.partition = partition;
    this.partitions = partitions;
    this.shares = new NaiveShares(partition, partitions, {
      left: (resource) => this.left(resource),
      send: (message) => this.outputs.share(message),
    });
  }

  judge(entry: RewardEntry, outputs: RewardOutputs): boolean {
    this.outputs = outputs;
    if (entry.kind === 'campaigns' && entry.matcher.set.version <= this.version) return false;
    this.clock = Math.max(this.clock, entry.now);
    if (entry.kind === 'bet') this.bet(entry.bet, entry.captured, entry.now);
    else if (entry.kind === 'cancel') this.cancel(entry.cancel, entry.now);
    else if (entry.kind === 'campaigns') this.reload(entry.matcher);
    else if (entry.kind === 'coupon') this.coupon(entry.update);
    else if (entry.kind === 'race') this.races.unshift(entry.race);
    else if (entry.kind === 'point-of-sale') this.regions.set(entry.pointOfSale.terminal, entry.pointOfSale.region);
    else this.share(entry.message);
    return true;
  }

  private get version(): number {
    return this.matcher?.set.version ?? 0;
  }

  private advance(time: number): void {
    this.largest = Math.max(this.largest, time);
    if (this.matcher !== null) this.horizon = Math.max(this.horizon, this.largest - this.matcher.set.keep);
  }

  /** Days before this one are over. */
  private get firstDay(): number {
    return Math.floor(this.horizon / day) - 1;
  }

  private known(bet: string): NaiveBet | undefined {
    return this.bets.find((one) => one.bet === bet && one.time >= this.horizon);
  }

  private bet(bet: Bet, captured: number | null, now: number): void {
    const time = Math.min(bet.time, now);
    this.advance(time);
    const known = this.known(bet.bet);
    let outcome: BetOutcome;
    let campaigns: CampaignDecision[] = [];
    if (known?.state === 'early') {
      known.state = 'cancelled';
      outcome = 'cancelled-before';
    } else if (known !== undefined) outcome = 'duplicate';
    else if (time < this.horizon) outcome = 'too-late';
    else {
      this.bets.push({ bet: bet.bet, time, state: 'bet' });
      if (this.matcher === null) outcome = 'no-campaign';
      else if (this.isLate(bet, captured, now)) outcome = 'too-late';
      else {
        campaigns = this.ask(bet, this.matcher);
        const rewarded = campaigns.some((one) => one.outcome === 'rewarded');
        outcome = campaigns.length === 0 ? 'no-campaign' : rewarded ? 'rewarded' : 'not-rewarded';
      }
    }
    const { terminal, time: eventTime } = bet;
    this.outputs.decision({ bet: bet.bet, terminal, time: eventTime, now, outcome, version: this.version, campaigns });
  }

  private isLate(bet: Bet, captured: number | null, now: number): boolean {
    const { decideWithin } = (this.matcher as CampaignMatcher).set;
    if (now > (captured ?? now) + decideWithin) return true;
    if (this.raceName(bet) === 'unknown') return false;
    if (Date.parse(`${bet.date}T00:00:00Z`) / day < this.firstDay) return true;
    return now > (this.calendar(bet)?.start ?? Number.POSITIVE_INFINITY);
  }

  private raceName({ date, meeting, race }: Bet): string {
    return date === null || meeting === null || race === null ? 'unknown' : `${date}/${meeting}/${race}`;
  }

  private calendar({ date, meeting, race }: Bet): Race | undefined {
    return this.races.find((one) => one.date === date && one.meeting === meeting && one.race === race);
  }

  private ask(given: Bet, matcher: CampaignMatcher): CampaignDecision[] {
    const racecourse = given.racecourse ?? this.calendar(given)?.racecourse ?? null;
    const region = given.region ?? this.regions.get(given.terminal) ?? null;
    const bet = { ...given, racecourse, region };
    const { indexes, count } = matcher.match(bet);
    const groups = new Set<string>();
    return [...indexes.subarray(0, count)].map((index) => {
      const campaign = matcher.set.campaigns[index] as Campaign;
      const decision = this.consider(campaign, bet, matcher.dayOf(index, bet), groups);
      if (decision.outcome === 'rewarded' && campaign.group !== null) groups.add(campaign.group);
      return { campaign: campaign.id, ...decision };
    });
  }

  private consider(
    campaign: Campaign,
    bet: Bet,
    date: number,
    groups: ReadonlySet<string>,
  ): Omit<CampaignDecision, 'campaign'> {
    const owner = campaign.shadow ? `shadow ${campaign.id}` : campaign.id;
    if (campaign.firstOfDay) {
      const mark = `${owner} ${bet.terminal} ${date}`;
      if (this.marks.has(mark)) return { outcome: 'not-first-of-day' };
      this.marks.add(mark);
    }
    if (campaign.share !== null && drawOf(bet.bet, textHash(campaign.seed, 0)) >= campaign.share) {
      return { outcome: 'not-in-share' };
    }
    const counter = (this.counters.get(owner) ?? 0) + (campaign.every === null ? 0 : 1);
    this.counters.set(owner, counter);
    if (campaign.every !== null && counter % campaign.every !== 0)
      return { outcome: 'not-nth', detail: String(counter) };
    if (campaign.group !== null && groups.has(campaign.group)) return { outcome: 'group' };

    const race = this.raceName(bet);
    const prefix = campaign.shadow ? 'shadow-' : '';
    const dateText = new Date(date * day).toISOString().slice(0, 10);
    const { total, day: daily, terminal, race: ofRace } = campaign.limits;
    const limits = [
      ['limit-total', `${prefix}total:${campaign.id}`, total],
      ['limit-day', `${prefix}day:${campaign.id}:${dateText}`, daily],
      ['limit-terminal', null, terminal],
      ['limit-race', `${prefix}race:${campaign.id}:${race}`, ofRace],
      ['limit-pool', `pool:${campaign.pool}`, this.matcher?.set.poolLimits.get(campaign.pool) ?? null],
    ] as const;
    for (const [outcome, resource, limit] of limits) {
      if (limit === null) continue;
      const out = (one: NaiveReward): boolean =>
        one.owner === owner && one.terminal === bet.terminal && !one.terminalForgotten;
      const left =
        resource === null ? limit - this.rewards.filter((one) => !one.revoked && out(one)).length : this.left(resource);
      if (left >= 1) continue;
      if (resource !== null && !(campaign.shadow && outcome === 'limit-pool')) this.shares.refused(resource);
      return { outcome, detail: String(limit) };
    }
    const unexpired = this.available(campaign.pool);
    if (unexpired.length === 0) {
      if (!campaign.shadow) this.shares.refused(`coupons:${campaign.pool}`);
      return { outcome: 'no-coupon' };
    }
    const budget = `${prefix}budget:${campaign.id}`;
    const coupon = unexpired.find(({ value }) => value <= this.left(budget));
    if (coupon === undefined) {
      this.shares.refused(budget, Math.min(...unexpired.map(({ value }) => value)));
      return { outcome: 'budget', ...(campaign.budget === null ? {} : { detail: String(campaign.budget) }) };
    }
    const { value } = coupon;
    this.rewards.push({
      bet: this.bets.at(-1) as NaiveBet,
      owner,
      coupon: campaign.shadow ? null : coupon.coupon,
      pool: campaign.pool,
      value,
      day: date,
      race,
      terminal: bet.terminal,
      revoked: false,
      terminalForgotten: false,
    });
    this.shares.used(`${prefix}total:${campaign.id}`);
    this.shares.used(budget, value);
    this.shares.used(`${prefix}day:${campaign.id}:${dateText}`);
    this.shares.used(`${prefix}race:${campaign.id}:${race}`);
    if (campaign.shadow) return { outcome: 'shadow', value };
    coupon.status = 'emitted';
    this.shares.used(`pool:${campaign.pool}`);
    this.shares.usedCoupon(campaign.pool);
    const { firstOfDay, share, every, title, id } = campaign;
    this.outputs.reward({
      bet: bet.bet,
      ticket: bet.ticket,
      terminal: bet.terminal,
      time: bet.time,
      campaign: campaign.id,
      version: this.version,
      coupon: coupon.coupon,
      value,
      expiry: coupon.expiry,
      reason: `${reasonStart({ firstOfDay, share, every: every ?? 0, title, id })}${every === null ? '' : counter}`,
    });
    return { outcome: 'rewarded', coupon: coupon.coupon, value };
  }

  private available(pool: string): NaiveCoupon[] {
    const free = this.coupons.filter((one) => one.pool === pool && one.status === 'available');
    return free
      .filter(({ expiry }) => (expiry ?? Number.POSITIVE_INFINITY) > this.clock)
      .sort((one, other) => one.order - other.order);
  }

  private cancel(cancel: Cancel, now: number): void {
    const time = Math.min(cancel.time, now);
    this.advance(time);
    const { bet, terminal } = cancel;
    const outcome = this.outcomeOf(cancel, time);
    this.outputs.decision({ bet, terminal, time: cancel.time, now, outcome, version: this.version, campaigns: [] });
  }

  private outcomeOf(cancel: Cancel, time: number): BetOutcome {
    const known = this.known(cancel.bet);
    if (known === undefined) {
      this.bets.push({ bet: cancel.bet, time, state: 'early' });
      return 'cancel-early';
    }
    if (known.state !== 'bet') return 'cancel-repeated';
    known.state = 'cancelled';
    const held = this.rewards.filter(({ bet, revoked }) => bet === known && !revoked);
    const couponOf = (id: string | null) => this.coupons.find(({ coupon }) => coupon === id);
    if (held.some(({ coupon }) => couponOf(coupon)?.status === 'redeemed')) return 'cancel-too-late';
    for (const reward of held) {
      reward.revoked = true;
      const coupon = couponOf(reward.coupon);
      if (coupon === undefined) continue;
      coupon.status = 'revoked';
      const { bet, terminal, time: at } = cancel;
      const { owner: campaign, value } = reward;
      this.outputs.cancelled({ bet, terminal, campaign, coupon: coupon.coupon, value, time: at, outcome: 'revoked' });
    }
    return held.some(({ coupon }) => coupon !== null) ? 'cancelled' : 'cancel-without-reward';
  }

  private reload(matcher: CampaignMatcher): void {
    const ownersOf = (one: CampaignMatcher | null): string[] =>
      (one?.set.campaigns ?? []).map(({ id, shadow }) => (shadow ? `shadow ${id}` : id));
    const [before, now] = [ownersOf(this.matcher), ownersOf(matcher)];
    for (const owner of now) {
      if (before.includes(owner) || (this.leftAt.get(owner) ?? Number.POSITIVE_INFINITY) >= this.horizon) continue;
      for (const reward of this.rewards) if (reward.owner === owner) reward.terminalForgotten = true;
    }
    for (const owner of before) if (!now.includes(owner)) this.leftAt.set(owner, this.largest);
    this.matcher = matcher;
    this.horizon = Math.max(this.horizon, this.largest - matcher.set.keep);
  }

  private coupon(update: CouponUpdate): void {
    const known = this.coupons.find(({ coupon }) => coupon === update.coupon);
    const { status, pool, value, expiry } = update;
    if (known === undefined) {
      const its = status === 'available' ? 'available' : 'withdrawn';
      this.coupons.push({ ...update, status: its, movedTo: -1, order: this.order++ });
    } else if (known.status === 'moved') {
      this.outputs.share({ kind: 'coupon', from: this.partition, to: known.movedTo, update });
    } else if (known.status === 'available' && status === 'available') {
      if (pool !== known.pool) known.order = this.order++;
      Object.assign(known, { pool, value, expiry });
    } else if (known.status === 'available') known.status = 'withdrawn';
    else if (known.status === 'emitted' && status === 'redeemed') known.status = 'redeemed';
  }

  // What partitions share, by the names that messages have for it.

  /** The limit that a name stands for: its amount, and what is out; `null` where there is none. */
  private limitOf(resource: string): { amount: number; out: number } | null {
    const shadow = resource.startsWith('shadow-');
    const [kind = '', id = '', part] = resource.slice(shadow ? 7 : 0).split(':');
    const owner = shadow ? `shadow ${id}` : id;
    const out = this.rewards.filter(({ revoked }) => !revoked);
    if (kind === 'pool') {
      const amount = this.matcher?.set.poolLimits.get(id);
      return amount === undefined
        ? null
        : { amount, out: out.filter(({ pool, coupon }) => pool === id && coupon !== null).length };
    }
    const campaign = this.matcher?.set.campaigns.find((one) => one.id === id && one.shadow === shadow);
    if (campaign === undefined) return null;
    const its = out.filter((one) => one.owner === owner);
    if (kind === 'total') return limited(campaign.limits.total, its.length);
    if (kind === 'budget')
      return limited(
        campaign.budget,
        its.reduce((sum, { value }) => sum + value, 0),
      );
    const date = part === 'unknown' ? Number.POSITIVE_INFINITY : Date.parse(`${part?.split('/')[0]}T00:00:00Z`) / day;
    if (date < this.firstDay) return null;
    if (kind === 'day') return limited(campaign.limits.day, its.filter((one) => one.day === date).length);
    return limited(campaign.limits.race, its.filter((one) => one.race === part).length);
  }

  private startOf(amount: number): number {
    const { partition: p, partitions: count } = this;
    return Math.floor(((p + 1) * amount) / count) - Math.floor((p * amount) / count);
  }

  private left(resource: string): number {
    if (resource.startsWith('coupons:')) return this.available(resource.slice(8)).length;
    const limit = this.limitOf(resource);
    if (limit === null) return Number.POSITIVE_INFINITY;
    const { received, given } = this.shares.of(resource);
    return this.startOf(limit.amount) + received - given - limit.out;
  }

  private share(message: ShareMessage): void {
    if (message.kind === 'coupon') this.coupon(message.update);
    else if (message.kind === 'ask') this.grant(message.resource, message.from, message.amount);
    else if (!this.credited.has(`${message.from} ${message.transfer}`)) {
      this.credited.add(`${message.from} ${message.transfer}`);
      this.credit(message);
    }
  }

  private grant(resource: string, to: number, need: number): void {
    const transfer = (this.sent.get(to) ?? 0) + 1;
    this.sent.set(to, transfer);
    let amount = 0;
    let coupons: CouponUpdate[] = [];
    if (resource.startsWith('coupons:')) {
      const free = this.available(resource.slice(8));
      const moved = free.slice(0, Math.ceil(free.length / 2));
      for (const coupon of moved) Object.assign(coupon, { status: 'moved', movedTo: to });
      coupons = moved.map(({ coupon, pool, value, expiry }) => ({ coupon, pool, value, expiry, status: 'available' }));
      amount = coupons.length;
    } else if (this.limitOf(resource) !== null) {
      const left = this.left(resource);
      amount = Math.max(0, Math.ceil(left / 2), Math.min(left, need));
      this.shares.of(resource).given += amount;
    }
    this.outputs.share({ kind: 'grant', from: this.partition, to, resource, transfer, amount, coupons });
  }

  private credit({ from, resource, amount, coupons }: Extract<ShareMessage, { kind: 'grant' }>): void {
    for (const { coupon, pool, value, expiry } of coupons) {
      const known = this.coupons.find((one) => one.coupon === coupon);
      const its = { coupon, pool, value, expiry, status: 'available', movedTo: -1, order: this.order++ };
      if (known === undefined) this.coupons.push(its);
      else if (known.status === 'moved') Object.assign(known, its);
    }
    const date = /^(?:shadow-)?(?:day|race):.*:(\d{4}-\d\d-\d\d)/.exec(resource)?.[1];
    if (date !== undefined && Date.parse(date) / day < this.firstDay) return;
    this.shares.credit(resource, from, coupons.length === 0 ? amount : 0, amount > 0);
  }
}

function limited(amount: number | null, out: number): { amount: number; out: number } | null {
  return amount === null ? null : { amount, out };
}
