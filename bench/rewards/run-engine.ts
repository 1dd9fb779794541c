import {
  type Bet,
  type CampaignMatcher,
  createRewardEngine,
  type Decision,
  type RewardEngine,
  type RewardEntry,
  type RewardOutputs,
} from 'overpunch/rewards';

/** Takes everything and keeps what it is asked to keep. */
export function countedOutputs(decisions: Decision[] | null = null): RewardOutputs {
  return {
    reward() {},
    cancelled() {},
    share() {},
    decision: (decision) => {
      decisions?.push(decision);
    },
  };
}

const pools = 100;

/** Everything that comes before the first bet: the campaigns, and so many coupons of each pool. */
export function* openingEntries(matcher: CampaignMatcher, coupons: number): Generator<RewardEntry> {
  const now = Date.UTC(2026, 2, 1);
  yield { kind: 'campaigns', now, matcher, text: '' };
  for (let pool = 0; pool < pools; pool++) {
    for (let number = 0; number < coupons; number++) {
      const coupon = `P${pool}-${number}`;
      yield {
        kind: 'coupon',
        now,
        update: { coupon, pool: `pool-${pool}`, value: 100, expiry: null, status: 'available' },
      };
    }
  }
}

/** An engine that is ready for so many bets. */
export function readyEngine(matcher: CampaignMatcher, bets: number): RewardEngine {
  const engine = createRewardEngine({ partition: 0, partitions: 1 });
  const outputs = countedOutputs();
  for (const entry of openingEntries(matcher, bets / pools)) engine.judge(entry, outputs);
  return engine;
}

/** Entries of bets. */
export function entriesOf(bets: readonly Bet[]): readonly RewardEntry[] {
  return bets.map((bet) => ({ kind: 'bet', now: bet.time, bet, captured: bet.time }));
}

/** Nanoseconds of the processor for each bet. Making a portion is not timed, but it has just been made, as what is read from a journal has. */
export function timeOf(engine: RewardEngine, portions: Iterable<readonly Bet[]>): number {
  const outputs = countedOutputs();
  let count = 0;
  let time = 0; // microseconds
  for (const bets of portions) {
    const entries = entriesOf(bets);
    const started = process.cpuUsage();
    for (const entry of entries) engine.judge(entry, outputs);
    const { user, system } = process.cpuUsage(started);
    count += bets.length;
    time += user + system;
  }
  return (time * 1000) / count;
}
