import {
  type Bet,
  BetEntry,
  type CampaignMatcher,
  createRewardEngine,
  type RewardEngine,
  type RewardEntry,
  type RewardOutputs,
} from 'overpunch/rewards';

/** Takes everything, and keeps the decisions as JSON if it is asked to: had it kept them, the engine would make them all where garbage stays long. */
export function countedOutputs(decisions: string[] | null = null): RewardOutputs {
  return {
    reward() {},
    cancelled() {},
    share() {},
    decision: (decision) => {
      decisions?.push(JSON.stringify(decision));
    },
  };
}

/** Everything that comes before the first bet: the campaigns, and so many coupons, as many of each pool that they give from. */
export function* openingEntries(matcher: CampaignMatcher, coupons: number): Generator<RewardEntry> {
  const now = Date.UTC(2026, 2, 1);
  yield { kind: 'campaigns', now, matcher, text: '' };
  const pools = new Set(matcher.set.campaigns.map(({ pool }) => pool));
  for (const pool of pools) {
    for (let number = 0; number < coupons / pools.size; number++) {
      const coupon = `${pool}-${number}`;
      yield { kind: 'coupon', now, update: { coupon, pool, value: 100, expiry: null, status: 'available' } };
    }
  }
}

/** An engine that is ready for so many bets. */
export function readyEngine(matcher: CampaignMatcher, bets: number): RewardEngine {
  const engine = createRewardEngine({ partition: 0, partitions: 1 });
  const outputs = countedOutputs();
  for (const entry of openingEntries(matcher, bets)) engine.judge(entry, outputs);
  return engine;
}

/** Entries of bets. */
export function entriesOf(bets: readonly Bet[]): readonly RewardEntry[] {
  return bets.map((bet) => new BetEntry(bet.time, bet, bet.time));
}

/** Judge entries as a pipeline does: what comes next is looked at ahead. */
export function judgeAll(engine: RewardEngine, entries: readonly RewardEntry[], outputs: RewardOutputs): void {
  let looked = 0;
  for (const [at, entry] of entries.entries()) {
    if (at >= looked) looked = engine.lookAhead(entries, at);
    engine.judge(entry, outputs);
  }
}

/** Nanoseconds of the processor for each bet. Making a portion is not timed, but it has just been made, as what is read from a journal has. */
export function timeOf(engine: RewardEngine, portions: Iterable<readonly Bet[]>): number {
  const outputs = countedOutputs();
  let count = 0;
  let time = 0; // microseconds
  for (const bets of portions) {
    const entries = entriesOf(bets);
    const started = process.cpuUsage();
    judgeAll(engine, entries, outputs);
    const { user, system } = process.cpuUsage(started);
    count += bets.length;
    time += user + system;
  }
  return (time * 1000) / count;
}
