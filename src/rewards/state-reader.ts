import { restoreAsking } from './allowance.ts';
import { readBetBlock } from './bet-block.ts';
import { betStates } from './bet-book.ts';
import { type CampaignCounts, CampaignState } from './campaign-state.ts';
import type { Holding } from './holding.ts';
import { dateOfDay } from './local-calendar.ts';
import type { KnownRace } from './race-use.ts';
import type { RewardState } from './reward-state.ts';
import type { SavedBet } from './saved-bet.ts';
import { keyDay, keyNumbers, readJson, recordKinds } from './saved-key.ts';

type Numbers = readonly number[];

/** A campaign as it is kept, and what it has given, if it is anything. */
type SavedCampaign = readonly [
  id: string,
  shadow: boolean,
  inForce: boolean,
  leftAt: number | null,
  counts?: CampaignCounts,
  total?: Numbers,
  budget?: Numbers,
];

/** The same as versions 1 and 2 kept it. */
type FormerCampaign = readonly [string, boolean, CampaignCounts, boolean, number | null, Numbers, Numbers];

/** Reads what was kept of a state, in the order of its keys, so that what is referred to is there already. */
export class StateReader {
  /** The blocks in which bets lie: the first of each, and the one behind its last. */
  readonly blocks: { readonly first: number; readonly end: number }[] = [];
  private readonly state: RewardState;

  constructor(state: RewardState) {
    this.state = state;
  }

  read(key: Uint8Array, value: Uint8Array): void {
    const [first = 0, second = 0, third = 0, fourth = 0] = keyNumbers(key);
    const kind = key[0];
    if (kind === recordKinds.campaign) this.campaign(first, readJson(value) as never);
    else if (kind === recordKinds.pool) this.pool(first, readJson(value) as never);
    else if (kind === recordKinds.coupon) this.state.coupons.restore(first, readJson(value) as never);
    else if (kind === recordKinds.couponFates) this.state.coupons.restoreFates(first, value);
    else if (kind === recordKinds.terminal) this.terminal(first, readJson(value) as never);
    else if (kind === recordKinds.terminalUse) this.terminalUse(first, second, readJson(value) as number);
    else if (kind === recordKinds.counters) this.state.counters.restore(first, value, this.state.campaigns.length);
    else if (kind === recordKinds.bets) this.block(first, value);
    else if (kind === recordKinds.bet) this.bet(first, readJson(value) as SavedBet);
    else if (kind === recordKinds.dayUse || kind === recordKinds.marks) {
      const day = keyDay(second);
      if (day < this.state.firstDay) this.sweep(key);
      else if (kind === recordKinds.marks) this.marks(first, day, third, value);
      else this.state.dayUse(this.known(first), day).out.restore(readJson(value) as Numbers);
    } else if (kind === recordKinds.race || kind === recordKinds.raceUse) {
      const race = first === 0 ? this.state.races.unknown : this.race(keyDay(first), second, third);
      if (race === null) this.sweep(key);
      else if (kind === recordKinds.race) race.learn(...(readJson(value) as [string | null, number | null]));
      else this.raceUse(this.known(fourth), race, readJson(value) as Numbers);
    }
  }

  /** When all was read: number the terminals that are still to come. */
  finish(): void {
    this.state.terminals.finish();
  }

  private known(campaign: number): CampaignState {
    return this.state.campaigns[campaign] as CampaignState;
  }

  private race(day: number, meeting: number, race: number): KnownRace | null {
    return this.state.race(dateOfDay(day), meeting, race, Number.POSITIVE_INFINITY);
  }

  private campaign(number: number, saved: SavedCampaign | FormerCampaign): void {
    const isFormer = Array.isArray(saved[2]);
    const [id, shadow, inForce, leftAt, counts, total, budget] = isFormer
      ? inOrder(saved as FormerCampaign)
      : (saved as SavedCampaign);
    const campaign = new CampaignState(number, id, shadow, this.state.rows);
    campaign.inForce = inForce;
    campaign.leftAt = leftAt ?? Number.POSITIVE_INFINITY;
    if (counts !== undefined) campaign.counts = counts;
    if (total !== undefined) campaign.total.restore(total);
    if (budget !== undefined) campaign.budget.restore(budget);
    this.state.addCampaign(campaign);
  }

  private pool(number: number, [name, orders, out, asking]: readonly [string, number, Numbers, Numbers]): void {
    const pool = this.state.coupons.pool(name);
    if (pool.number !== number) throw new RangeError(`pool ${number} is kept as pool ${pool.number}`);
    pool.orders = orders;
    pool.out.restore(out);
    restoreAsking(pool.asking, asking);
  }

  private terminal(number: number, [name, region]: readonly [string, string | null]): void {
    const { terminals } = this.state;
    terminals.learn(terminals.restore(number, name), region);
  }

  private terminalUse(campaign: number, terminal: number, used: number): void {
    this.state.terminals.uses.add(terminal, campaign, used);
  }

  private raceUse(campaign: CampaignState, race: KnownRace, saved: Numbers): void {
    if (this.state.partitions > 1) this.state.raceUse(campaign, race).out.restore(saved);
    else this.state.races.uses.add(race.number, campaign.number, saved[0] ?? 0);
  }

  private marks(campaign: number, day: number, index: number, bits: Uint8Array): void {
    const use = this.state.dayUse(this.known(campaign), day);
    for (const number of use.restoreMarks(index, bits)) {
      const terminal = this.state.terminals.all[number] as { lastMark: number };
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
    let behind = -1;
    for (const [campaign, coupon, value, day, raceDay, meeting, race, terminal] of holdings) {
      const holding: Holding = { campaign, coupon, value, day, raceDay, meeting, race, terminal };
      behind = book.hold(sequence, holding, behind);
    }
  }

  private sweep(key: Uint8Array): void {
    this.state.sweep((table) => table.delete(key));
  }
}

function inOrder([id, shadow, counts, inForce, leftAt, total, budget]: FormerCampaign): SavedCampaign {
  return [id, shadow, inForce, leftAt, counts, total, budget];
}
