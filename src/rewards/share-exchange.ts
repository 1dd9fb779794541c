import type { Allowance, Asking } from './allowance.ts';
import type { CampaignState } from './campaign-state.ts';
import type { SavedRecord } from './change-list.ts';
import type { CouponUpdate } from './coupon.ts';
import type { CouponPool } from './coupon-pool.ts';
import { applyCouponUpdate } from './coupon-update.ts';
import { dayOfDate } from './local-calendar.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import type { RewardState } from './reward-state.ts';
import type { ShareMessage } from './share-message.ts';

const restAfterRound = 64; // refusals
const couponsOfGrant = 1000; // so that a message stays one that can be held

type Grant = Extract<ShareMessage, { readonly kind: 'grant' }>;
type Ask = Extract<ShareMessage, { readonly kind: 'ask' }>;

/**
 * Moves shares between partitions: who runs short asks the next one in the ring, which gives half of what it has left, or what
 * the other one needs at least.
 *
 * What is given is debited before its message leaves, in the same commit, so that a crash loses an amount on its way at worst until the message is
 * read, and never makes one.
 */
export class ShareExchange {
  private readonly state: RewardState;

  constructor(state: RewardState) {
    this.state = state;
  }

  /** Hear that a candidate was refused for want of something; `need`: the least that would have helped. */
  refused(allowance: Allowance, need: number, outputs: RewardOutputs): void {
    if (this.state.partitions > 1) this.refusedOf(allowance.asking, allowance.owner, need, outputs);
  }

  /** Hear that a candidate was refused for want of a coupon. */
  refusedCoupon(pool: CouponPool, outputs: RewardOutputs): void {
    if (this.state.partitions > 1) this.refusedOf(pool.asking, pool, 1, outputs);
  }

  /** Hear that some of an allowance was used. */
  used(allowance: Allowance, need: number, outputs: RewardOutputs): void {
    if (this.state.partitions === 1 || allowance.limit.amount === null) return;
    this.usedOf(allowance.asking, allowance.owner, allowance.left, need, outputs);
  }

  /** Hear that a coupon of a pool was given. */
  usedCoupon(pool: CouponPool, outputs: RewardOutputs): void {
    if (this.state.partitions === 1) return;
    const left = pool.availableAt(this.state.clock);
    if (left > pool.asking.had || pool.asking.had === Number.POSITIVE_INFINITY) pool.asking.had = left;
    this.usedOf(pool.asking, pool, left, 1, outputs);
  }

  receive(message: ShareMessage, outputs: RewardOutputs): void {
    const { partition, partitions } = this.state;
    if (message.to !== partition || message.from === partition || !(message.from < partitions)) return;
    if (message.kind === 'ask') this.grant(message, outputs);
    else if (message.kind === 'grant') this.credit(message, outputs);
    else applyCouponUpdate(this.state, message.update, outputs);
  }

  private refusedOf(asking: Asking, owner: SavedRecord, need: number, outputs: RewardOutputs): void {
    if (asking.waits) return;
    if (asking.rest > 0) {
      asking.rest--;
      this.state.changes.note(owner);
      if (asking.rest > 0) return;
    }
    this.ask(asking, owner, need, outputs);
  }

  private usedOf(asking: Asking, owner: SavedRecord, left: number, need: number, outputs: RewardOutputs): void {
    if (asking.waits || asking.rest > 0) return;
    if (asking.had === Number.POSITIVE_INFINITY) asking.had = left;
    if (4 * left < asking.had) this.ask(asking, owner, need, outputs);
  }

  private ask(asking: Asking, owner: SavedRecord, need: number, outputs: RewardOutputs): void {
    const { partition, partitions, changes } = this.state;
    asking.waits = true;
    asking.need = need;
    changes.note(owner);
    const to = (partition + asking.next) % partitions;
    outputs.share({ kind: 'ask', from: partition, to, resource: asking.resource, amount: need });
  }

  private grant({ from: to, resource, amount: need }: Ask, outputs: RewardOutputs): void {
    const { partition, transfers, changes } = this.state;
    const shared = findShared(this.state, resource, false);
    let amount = 0;
    let coupons: CouponUpdate[] = [];
    if (shared?.kind === 'coupons') {
      coupons = this.giveCoupons(shared.pool, to);
      amount = coupons.length;
    } else if (shared !== null && shared.allowance.limit.amount !== null) {
      const { allowance } = shared;
      const { left } = allowance;
      amount = Math.max(0, Math.ceil(left / 2), Math.min(left, need)); // less would help nobody
      if (amount > 0) {
        allowance.given += amount;
        allowance.settle();
        changes.note(allowance.owner);
      }
    }
    const transfer = transfers.next(to);
    outputs.share({ kind: 'grant', from: partition, to, resource, transfer, amount, coupons });
  }

  private giveCoupons(pool: CouponPool, to: number): CouponUpdate[] {
    const { clock, coupons } = this.state;
    const count = Math.min(couponsOfGrant, Math.ceil(pool.availableAt(clock) / 2));
    const given: CouponUpdate[] = [];
    while (given.length < count) {
      const number = pool.find(Number.POSITIVE_INFINITY);
      coupons.move(number, to);
      const { ids, cents, expiries } = coupons.columns;
      const expiry = finite(expiries[number] as number);
      const value = cents[number] as number;
      given.push({ coupon: ids.id(number), pool: pool.pool, value, expiry, status: 'available' });
    }
    return given;
  }

  private credit({ from, transfer, resource, amount, coupons }: Grant, outputs: RewardOutputs): void {
    const { state } = this;
    if (!state.transfers.take(from, transfer)) return;
    const shared = findShared(state, resource, true);
    if (shared === null) return; // of a day that is over
    if (shared.kind === 'coupons') {
      for (const update of coupons) this.accept(update);
      const { asking } = shared.pool;
      this.answered(asking, shared.pool, from, coupons.length > 0, shared.pool.availableAt(state.clock), outputs);
      return;
    }
    const { allowance } = shared;
    allowance.received += amount;
    allowance.settle();
    this.answered(allowance.asking, allowance.owner, from, amount > 0, allowance.left, outputs);
  }

  private accept(update: CouponUpdate): void {
    const { coupons, clock } = this.state;
    const coupon = coupons.find(update.coupon);
    if (coupon < 0) coupons.add(update, clock);
    else if (coupons.fate(coupon) === 'moved') coupons.accept(coupon, update, clock);
  }

  /** Go on after an answer: with what came, or to the next partition. */
  private answered(
    asking: Asking,
    owner: SavedRecord,
    from: number,
    came: boolean,
    left: number,
    outputs: RewardOutputs,
  ): void {
    const { partition, partitions, changes } = this.state;
    changes.note(owner);
    if (came) {
      asking.refused = 0;
      asking.had = left;
    }
    if (!asking.waits || (partition + asking.next) % partitions !== from) return;
    asking.waits = false;
    asking.next = (asking.next % (partitions - 1)) + 1;
    if (came) return;
    asking.refused++;
    if (asking.refused < partitions - 1) this.ask(asking, owner, asking.need, outputs);
    else {
      asking.refused = 0;
      asking.rest = restAfterRound;
    }
  }
}

/** Something that partitions share. */
type Shared =
  | { readonly kind: 'allowance'; readonly allowance: Allowance }
  | { readonly kind: 'coupons'; readonly pool: CouponPool };

/** Find what a message names; `null` for days that are over, and unless it is to be made for what this partition does not have. */
function findShared(state: RewardState, resource: string, make: boolean): Shared | null {
  const colon = resource.indexOf(':');
  const shadow = resource.startsWith('shadow-');
  const kind = resource.slice(shadow ? 7 : 0, colon);
  const name = resource.slice(colon + 1);
  const allowance = (found: Allowance | null): Shared | null =>
    found === null ? null : { kind: 'allowance', allowance: found };
  if ((kind === 'pool' || kind === 'coupons') && !make && !state.coupons.hasPool(name)) return null;
  if (kind === 'pool') return allowance(state.coupons.pool(name).out);
  if (kind === 'coupons') return { kind, pool: state.coupons.pool(name) };
  const ofDay = kind === 'day' || kind === 'race';
  const end = ofDay ? name.lastIndexOf(':') : name.length;
  const id = name.slice(0, end);
  if (!make && !state.byId[shadow ? 1 : 0].has(id)) return null;
  const campaign = state.campaign(id, shadow);
  if (kind === 'total') return allowance(campaign.total);
  if (kind === 'budget') return allowance(campaign.budget);
  if (ofDay) return allowance(partOf(state, campaign, kind, name.slice(end + 1)));
  return null;
}

function partOf(state: RewardState, campaign: CampaignState, kind: 'day' | 'race', part: string): Allowance | null {
  if (kind === 'day') {
    const day = dayOfDate(part);
    return day === null || day < state.firstDay ? null : state.dayUse(campaign, day).out;
  }
  const [date = '', meeting, number] = part.split('/');
  const race =
    part === 'unknown' ? state.races.unknown : state.race(date, Number(meeting), Number(number), state.lastRaceDay);
  return race === null ? null : state.raceUse(campaign, race).out;
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null;
}
