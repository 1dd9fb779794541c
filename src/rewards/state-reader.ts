import { restoreAsking } from './allowance.ts';
import { readBetBlock } from './bet-block.ts';
import { betStates } from './bet-book.ts';
import { CampaignState } from './campaign-state.ts';
import { countersOfChunk } from './counter-chunk.ts';
import type { CouponStatus } from './coupon.ts';
import { CouponRecord } from './coupon-record.ts';
import type { Holding } from './holding.ts';
import { dateOfDay } from './local-calendar.ts';
import { KnownRace, type RaceUse } from './race-use.ts';
import type { RewardState } from './reward-state.ts';
import type { SavedBet, SavedHolding } from './saved-bet.ts';
import { keyDay, keyNumbers, readJson, recordKinds } from './saved-key.ts';
import { Terminal } from './terminal.ts';

type Numbers = readonly number[];

/** Reads what was kept of a state, in the order of its keys, so that what is referred to is there already. */
export class StateReader {
  /** The blocks in which bets lie: the first of each, and the one behind its last. */
  readonly blocks: { readonly first: number; readonly end: number }[] = [];
  private readonly state: RewardState;
  private readonly terminals: Terminal[] = [];

  constructor(state: RewardState) {
    this.state = state;
  }

  read(key: Uint8Array, value: Uint8Array): void {
    const [first = 0, second = 0, third = 0, fourth = 0] = keyNumbers(key);
    const kind = key[0];
    if (kind === recordKinds.campaign) this.campaign(first, readJson(value) as never);
    else if (kind === recordKinds.pool) this.pool(first, readJson(value) as never);
    else if (kind === recordKinds.coupon) this.coupon(first, readJson(value) as never);
    else if (kind === recordKinds.terminal) this.terminal(first, readJson(value) as never);
    else if (kind === recordKinds.terminalUse) this.terminalUse(first, second, readJson(value) as number);
    else if (kind === recordKinds.counters) this.state.counters(first).restore(value);
    else if (kind === recordKinds.bets) this.block(first, value);
    else if (kind === recordKinds.bet) this.bet(first, readJson(value) as SavedBet);
    else if (kind === recordKinds.dayUse || kind === recordKinds.marks) {
      const day = keyDay(second);
      if (day < this.state.firstDay) this.sweep(key);
      else if (kind === recordKinds.marks) this.marks(first, day, third, value);
      else this.state.dayUse(this.known(first), day).out.restore(readJson(value) as Numbers);
    } else if (kind === recordKinds.race || kind === recordKinds.raceUse) {
      const race = first === 0 ? this.state.unknownRace : this.race(keyDay(first), second, third);
      if (race === null) this.sweep(key);
      else if (kind === recordKinds.race) learn(race, readJson(value) as never);
      else this.state.raceUse(this.known(fourth), race).out.restore(readJson(value) as Numbers);
    }
  }

  /** When all was read: number the terminals that are still to come. */
  finish(): void {
    const { state, terminals } = this;
    state.terminalNumbers = terminals.length;
    for (let number = terminals.length - 1; number >= 0; number--) {
      if (terminals[number] === undefined) state.freeTerminals.push(number);
    }
  }

  private known(campaign: number): CampaignState {
    return this.state.campaigns[campaign] as CampaignState;
  }

  private race(day: number, meeting: number, race: number): KnownRace | null {
    return this.state.race(dateOfDay(day), meeting, race, Number.POSITIVE_INFINITY);
  }

  private campaign(
    number: number,
    saved: readonly [
      string,
      boolean,
      readonly [number, number, number, number],
      boolean,
      number | null,
      Numbers,
      Numbers,
    ],
  ): void {
    const [id, shadow, counts, inForce, leftAt, total, budget] = saved;
    const campaign = new CampaignState(number, id, shadow, this.state.counters(Math.floor(number / countersOfChunk)));
    [campaign.rewards, campaign.rewardedCents, campaign.revoked, campaign.revokedCents] = counts;
    campaign.inForce = inForce;
    campaign.leftAt = leftAt ?? Number.POSITIVE_INFINITY;
    campaign.total.restore(total);
    campaign.budget.restore(budget);
    this.state.campaigns[number] = campaign;
    this.state.byId[shadow ? 1 : 0].set(id, campaign);
  }

  private pool(number: number, [name, orders, out, asking]: readonly [string, number, Numbers, Numbers]): void {
    const pool = this.state.coupons.pool(name);
    if (pool.number !== number) throw new RangeError(`pool ${number} is kept as pool ${pool.number}`);
    pool.orders = orders;
    pool.out.restore(out);
    restoreAsking(pool.asking, asking);
  }

  private coupon(
    number: number,
    saved: readonly [string, number, number, number | null, CouponStatus | 'moved', number, number],
  ): void {
    const [coupon, pool, cents, expiry, status, movedTo, order] = saved;
    const { coupons } = this.state;
    const record = new CouponRecord(number, coupon, pool, cents, expiry ?? Number.POSITIVE_INFINITY);
    record.status = status;
    record.movedTo = movedTo;
    record.order = order;
    coupons.restore(record);
  }

  private terminal(number: number, [name, region]: readonly [string, string | null]): void {
    const terminal = new Terminal(number, name);
    terminal.region = region;
    this.terminals[number] = terminal;
    this.state.terminals.set(name, terminal);
  }

  private terminalUse(campaign: number, terminal: number, used: number): void {
    this.state.terminalUse(this.known(campaign), this.terminals[terminal] as Terminal).used = used;
  }

  private marks(campaign: number, day: number, index: number, bits: Uint8Array): void {
    const use = this.state.dayUse(this.known(campaign), day);
    for (const number of use.restoreMarks(index, bits)) {
      const terminal = this.terminals[number] as Terminal;
      terminal.lastMark = Math.max(terminal.lastMark, day);
    }
  }

  private block(first: number, value: Uint8Array): void {
    const { book } = this.state;
    if (this.blocks.length === 0) book.begin(first);
    book.skip(first);
    readBetBlock(value, book);
    this.blocks.push({ first, end: book.end });
  }

  private bet(sequence: number, [state, holdings]: SavedBet): void {
    const { book } = this.state;
    if (book.state(sequence) === betStates.gone) return;
    book.setState(sequence, state);
    if (holdings.length > 0) {
      book.hold(
        sequence,
        holdings.map((holding) => this.holding(holding)),
      );
    }
  }

  private holding([number, coupon, value, day, raceDay, meeting, race, terminal]: SavedHolding): Holding {
    const { state } = this;
    const campaign = this.known(number);
    return {
      campaign,
      coupon: coupon < 0 ? null : (state.coupons.records[coupon] as CouponRecord),
      value,
      day: state.dayUse(campaign, day),
      race: this.raceUse(campaign, raceDay, meeting, race),
      terminal: state.terminalUse(campaign, this.terminals[terminal] as Terminal),
    };
  }

  private raceUse(campaign: CampaignState, day: number, meeting: number, race: number): RaceUse {
    const { unknownRace } = this.state;
    const known = day === unknownRace.day ? unknownRace : this.race(day, meeting, race);
    // The day of a race may be over while a bet on it is still known.
    return this.state.raceUse(campaign, known ?? overRace(day, meeting, race));
  }

  private sweep(key: Uint8Array): void {
    this.state.sweep({ changed: false, key: () => key, value: () => null });
  }
}

function overRace(day: number, meeting: number, number: number): KnownRace {
  const race = new KnownRace('over', day, meeting, number);
  race.gone = true;
  return race;
}

function learn(race: KnownRace, [racecourse, start]: readonly [string | null, number | null]): void {
  race.racecourse = racecourse;
  race.start = start ?? Number.POSITIVE_INFINITY;
}
