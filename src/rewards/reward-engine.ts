import type { Bet } from './bet.ts';
import { BetJudge } from './bet-judge.ts';
import { BetsAhead } from './bets-ahead.ts';
import { judgeCancel } from './cancel-judge.ts';
import { applyCouponUpdate } from './coupon-update.ts';
import { betsTogether } from './matched-campaigns.ts';
import { accountOf, type RewardAccount } from './reward-account.ts';
import type { Race, RewardEntry } from './reward-entry.ts';
import type { RewardOutputs } from './reward-outputs.ts';
import { type PartitionPlace, RewardState } from './reward-state.ts';
import { type RewardTotals, totalsOf } from './reward-totals.ts';
import { ShareExchange } from './share-exchange.ts';

/** Why an entry of the journal of rewards could not take effect; it changed nothing. */
export interface EntryIssue {
  readonly code: 'CAMPAIGN_VERSION' | 'REWARD_ENTRY';
  readonly message: string;
  readonly expected: string;
}

/** Rewards bets in one partition: what it does is a function of its journal alone. */
export interface RewardEngine {
  /** Take the next entry and write what comes of it. Returns why it did not take effect; it is to go to quarantine then. */
  judge(entry: RewardEntry, outputs: RewardOutputs): EntryIssue | null;
  /**
   * Look at the bets among the next entries, from an index on: nothing changes but that to judge them takes less time. Returns the index up to which it
   * looked, the latest from which to look on.
   */
  lookAhead(entries: readonly RewardEntry[], from: number): number;
  /** What it counted since its beginning, for people. */
  readonly account: RewardAccount;
  /** Sums of that, which cost little to look at. */
  readonly totals: RewardTotals;
  /** Version of the campaigns in force; 0: none. */
  readonly version: number;
  /** The text of the campaigns in force, as it came; empty: none. */
  readonly text: string;
}

/** Make the engine of a partition, in memory only; `partition`: from 0. */
export function createRewardEngine(place: PartitionPlace): RewardEngine {
  return engineOf(new RewardState(place, false));
}

const earliest = Date.UTC(1000, 0); // what is earlier or later is no time of a bet, and its date could not be written
const latest = Date.UTC(9990, 0);

/** Make the engine of a state. */
export function engineOf(state: RewardState): RewardEngine {
  const exchange = new ShareExchange(state);
  const ahead = new BetsAhead(state);
  const bets = new BetJudge(state, exchange, ahead);

  const lookAhead = (entries: readonly RewardEntry[], from: number): number => {
    const next: Bet[] = [];
    let at = from;
    for (; at < entries.length && next.length < betsTogether; at++) {
      const entry = entries[at] as RewardEntry;
      if (entry.kind === 'bet' && isTime(entry.bet.time)) next.push(entry.bet);
    }
    ahead.look(next);
    return at;
  };

  const judge = (entry: RewardEntry, outputs: RewardOutputs): EntryIssue | null => {
    if (!isTime(entry.now)) return notATime('now', entry.now);
    if (entry.kind === 'bet') {
      if (!isTime(entry.bet.time)) return notATime('time', entry.bet.time);
      state.tick(entry.now);
      bets.judge(entry.bet, entry.captured, entry.now, outputs);
      return null;
    }
    if (entry.kind === 'cancel') {
      if (!isTime(entry.cancel.time)) return notATime('time', entry.cancel.time);
      state.tick(entry.now);
      judgeCancel(state, entry.cancel, entry.now, outputs);
      return null;
    }
    if (entry.kind === 'campaigns') {
      const { version } = entry.matcher.set;
      const inForce = state.matcher?.set.version ?? 0;
      if (version <= inForce) {
        const message = `campaigns of version ${version} come after version ${inForce}, which stays in force`;
        return { code: 'CAMPAIGN_VERSION', message, expected: `a version above ${inForce}` };
      }
      state.tick(entry.now);
      state.reload(entry.matcher, entry.text);
      return null;
    }
    state.tick(entry.now);
    if (entry.kind === 'race') return learnRace(state, entry.race);
    if (entry.kind === 'coupon') applyCouponUpdate(state, entry.update, outputs);
    else if (entry.kind === 'share') exchange.receive(entry.message, outputs);
    else {
      const terminal = state.terminal(entry.pointOfSale.terminal);
      state.terminals.learn(terminal, entry.pointOfSale.region);
      state.learned++;
      state.changes.note(terminal);
    }
    return null;
  };

  return {
    judge,
    lookAhead,
    get account() {
      return accountOf(state);
    },
    get totals() {
      return totalsOf(state);
    },
    get version() {
      return state.matcher?.set.version ?? 0;
    },
    get text() {
      return state.text;
    },
  };
}

function learnRace(state: RewardState, { date, meeting, race, racecourse, start }: Race): EntryIssue | null {
  if (state.isOver(date)) return null; // nothing asks for it any more
  const known = state.race(date, meeting, race, Number.POSITIVE_INFINITY);
  if (known === null) {
    const message = `there can be no race ${race} of meeting ${meeting} on ${date}`;
    return {
      code: 'REWARD_ENTRY',
      message,
      expected: 'a date like 2024-03-31, a meeting from 0 and a race from 0 to 999',
    };
  }
  known.learn(racecourse, start);
  state.learned++;
  state.changes.note(known);
  return null;
}

function isTime(time: number): boolean {
  return time >= earliest && time < latest; // NaN is not
}

function notATime(member: string, time: number): EntryIssue {
  return { code: 'REWARD_ENTRY', message: `${member} is ${time}`, expected: 'milliseconds since 1970-01-01T00:00:00Z' };
}
