import type { Bet } from './bet.ts';
import { inRow, rowWidth } from './campaign-rows.ts';
import { betsTogether, MatchedCampaigns } from './matched-campaigns.ts';
import type { RewardState } from './reward-state.ts';

const matchesAtOnce = 96; // whose rows are fetched together: with more, the first ones would have left the cache when they are asked for

/**
 * What can be said of bets before it is their turn: where they are looked for in the book, their terminals and races, and the campaigns whose conditions
 * they meet.
 *
 * It changes nothing, and whoever judges a bet gets the same whether or not it was looked at ahead. For several bets together it takes less time, as the
 * memory is waited for once.
 */
export class BetsAhead {
  /** Campaigns by their indexes in the set. */
  readonly matched: MatchedCampaigns = new MatchedCampaigns();
  /** With what the calendar and the points of sale know. */
  readonly complete: Bet[] = [];
  /** Numbers of their terminals and races; -1: nothing was known of them. */
  readonly terminals: Int32Array = new Int32Array(betsTogether);
  readonly races: Int32Array = new Int32Array(betsTogether);
  /** Days of their races as days since 1970-01-01, NaN where they name none. */
  readonly days: Float64Array = new Float64Array(betsTogether);
  private readonly state: RewardState;
  /** As they came. */
  private bets: readonly Bet[] = [];
  private count = 0;
  /** The one whose turn is next, and the first one whose rows were not fetched. */
  private next = 0;
  private fetched = 0;
  /** What was known when they were looked at. */
  private learned = -1;
  private known = 0;
  private readonly rows = new Int32Array(betsTogether);
  private readonly single: Bet[] = [];
  /** Where the rows of campaigns start. */
  private readonly numbers = new Int32Array(matchesAtOnce);
  /** Kept so that reading for the cache alone is not left out. */
  sum = 0;

  constructor(state: RewardState) {
    this.state = state;
  }

  /** Look at the next bets, `betsTogether` at most. */
  look(bets: readonly Bet[]): void {
    const { state } = this;
    this.bets = bets;
    this.count = bets.length;
    this.next = 0;
    this.fetched = 0;
    this.learned = state.learned;
    this.known = state.terminals.size;
    state.book.prepare(bets);
    const { matcher } = state;
    if (matcher === null) return;
    for (let at = 0; at < bets.length; at++) this.locate(bets[at] as Bet, at);
    for (let at = 0; at < bets.length; at++)
      this.rows[at] = state.terminals.rowIn(matcher, this.terminals[at] as number);
    matcher.matchAll(this.complete, bets.length, this.rows, this.matched);
  }

  /** The place of the bet whose turn it is. It is looked at now if it was not, or if more is known since. */
  placeOf(bet: Bet): number {
    const { state, bets, count } = this;
    let at = this.next;
    while (at < count && bets[at] !== bet) at++;
    if (at >= count || this.learned !== state.learned) {
      this.single[0] = bet;
      this.look(this.single);
      at = 0;
    } else if ((this.terminals[at] as number) < 0 && this.known !== state.terminals.size) {
      this.terminals[at] = state.terminals.find(bet.terminal);
    }
    this.next = at + 1;
    if (at >= this.fetched && state.matcher !== null) this.fetch(at);
    return at;
  }

  private locate(bet: Bet, at: number): void {
    const { terminals, races } = this.state;
    const race = this.locateRace(bet, at);
    const terminal = terminals.find(bet.terminal);
    this.races[at] = race;
    this.terminals[at] = terminal;
    const racecourse = bet.racecourse ?? races.all[race]?.racecourse ?? null;
    const region = bet.region ?? terminals.regionOf(terminal);
    const isComplete = racecourse === bet.racecourse && region === bet.region;
    this.complete[at] = isComplete ? bet : { ...bet, racecourse, region };
  }

  /** Find the day of a race, and its number. */
  private locateRace({ date, meeting, race }: Bet, at: number): number {
    const { state } = this;
    this.days[at] = Number.NaN;
    if (date === null || meeting === null || race === null) return -1;
    this.days[at] = state.dayNumber(date);
    return Math.max(-1, state.raceNumber(date, meeting, race));
  }

  /** Read for the cache what will be asked of the next bets: step by step, so that many reads are under way at once. */
  private fetch(from: number): void {
    const { matched, terminals, races, count, state, numbers: found } = this;
    const { plans } = state;
    const { numbers } = state.rows;
    const { pools } = state.coupons;
    const { uses: ofTerminals } = state.terminals;
    const { uses: ofRaces } = state.races;
    const start = matched.startOf(from);
    let to = from;
    let sum = 0;
    for (; to < count && (to === from || (matched.ends[to] as number) - start <= matchesAtOnce); to++) {
      sum ^= ofTerminals.fetchHead(terminals[to] as number) ^ ofRaces.fetchHead(races[to] as number);
    }
    this.fetched = to;
    const end = Math.min(matched.ends[to - 1] as number, start + matchesAtOnce);
    for (let at = start; at < end; at++) {
      const row = (plans[matched.indexes[at] as number] as number) * rowWidth;
      found[at - start] = row;
      sum += (numbers[row] as number) + (numbers[row + rowWidth / 2] as number);
    }
    for (let bet = from, at = start; bet < to; bet++) {
      const terminal = terminals[bet] as number;
      const race = races[bet] as number;
      for (const last = Math.min(end, matched.ends[bet] as number); at < last; at++) {
        const row = found[at - start] as number;
        const nth = numbers[row + inRow.every] as number;
        if (nth > 0 && ((numbers[row + inRow.counter] as number) + 1) % nth !== 0) continue; // it is most likely refused in front of limits
        sum += ofTerminals.fetch(terminal, row / rowWidth) ^ ofRaces.fetch(race, row / rowWidth);
        sum += (pools[numbers[row + inRow.pool] as number] as { fetch(): number }).fetch();
      }
    }
    this.sum = sum;
  }
}
