import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRewardAccount, type RewardAccount } from '../../src/rewards/reward-account.ts';
import { createRewardEngine } from '../../src/rewards/reward-engine.ts';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import type { PartitionPlace } from '../../src/rewards/reward-state.ts';
import { openRewardStore, type RewardStore } from '../../src/rewards/reward-store.ts';
import type { RewardTotals } from '../../src/rewards/reward-totals.ts';
import { openMemoryEnvironment } from '../../src/state/open-memory-environment.ts';
import { type CollectedOutputs, collectedOutputs } from './collected-outputs.ts';
import { journals, matcherOf } from './made-journal.ts';
import { NaiveEngine } from './naive-engine.ts';

const runs = 60; // each of many steps; a failure is not shrunk, that takes minutes
const one = { partition: 0, partitions: 1 };
const lookedAhead = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 4 });
const ofThree = { partition: 0, partitions: 3 };

function naive(entries: readonly RewardEntry[], { partition, partitions } = one): CollectedOutputs {
  const engine = new NaiveEngine(partition, partitions);
  const outputs = collectedOutputs();
  for (const entry of entries) engine.judge(entry, outputs);
  return outputs;
}

/** Run a journal through both engines, entry by entry; ours looks so many entries ahead, in turn. */
function compareWithNaive(entries: readonly RewardEntry[], place: PartitionPlace, ahead: readonly number[]): void {
  const engine = createRewardEngine(place);
  const naive = new NaiveEngine(place.partition, place.partitions);
  let looked = 0;
  for (const [at, entry] of entries.entries()) {
    const next = entries.slice(0, at + (ahead[at % ahead.length] as number));
    if (at >= looked) looked = engine.lookAhead(next, at);
    const [outputs, expected] = [collectedOutputs(), collectedOutputs()];
    engine.judge(entry, outputs);
    naive.judge(entry, expected);
    expect(outputs.all, `entry ${at}: ${JSON.stringify(entry)}`).toEqual(expected.all);
    expect(checkRewardAccount(engine.account)).toEqual([]);
    expect(engine.totals).toEqual(totalsOf(engine.account));
  }
}

/** What the totals of an account are, campaign by campaign. */
function totalsOf({ bets, cancels, rewards, revoked, campaigns }: RewardAccount): RewardTotals {
  const budgets = campaigns.flatMap(({ shadow, budget }) => (shadow ? [] : budget));
  const bounded = budgets.filter(({ amount }) => amount !== null);
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const budget = bounded.length === 0 ? null : sum(bounded.map(({ amount }) => amount ?? 0));
  const spentCents = sum(budgets.map(({ spent }) => spent));
  return { bets, cancels, rewards, revoked, spentCents, budget, budgetSpent: sum(bounded.map(({ spent }) => spent)) };
}

/** What a store is treated with behind a batch. */
type Restart = 'commit' | 'crash' | 'failed commit' | 'nothing';

/** Run a journal in batches through a store. What is not committed is lost in a crash, and run again. */
function stored(
  entries: readonly RewardEntry[],
  batches: readonly number[],
  restarts: readonly Restart[],
  place = one,
): { readonly outputs: CollectedOutputs; readonly store: RewardStore; readonly rows: number } {
  const environment = openMemoryEnvironment();
  const table = environment.table('rewards');
  let store = openRewardStore(table, place, matcherOf);
  let committed = collectedOutputs();
  let pending = collectedOutputs();
  let from = 0;
  let at = 0;
  for (let turn = 0; at < entries.length; turn++) {
    const end = at + (batches[turn % batches.length] as number);
    for (const entry of entries.slice(at, end)) store.engine.judge(entry, pending);
    expect(checkRewardAccount(store.engine.account)).toEqual([]);
    at = end;
    const restart = restarts[turn % restarts.length] as Restart;
    if (restart === 'nothing' && at < entries.length) continue;
    if (turn % 3 === 0 && restart === 'failed commit') {
      const commit = () =>
        environment.commit(() => {
          store.save();
          throw new Error('the disk is full');
        });
      expect(commit).toThrow('full');
      store.rollback();
      pending = collectedOutputs();
      at = from;
      continue;
    }
    environment.commit(() => store.save());
    from = at;
    committed.all.push(...pending.all);
    pending = collectedOutputs();
    if (restart === 'crash') {
      // Something is done and never committed.
      for (const entry of entries.slice(at, at + 3)) store.engine.judge(entry, collectedOutputs());
      store = openRewardStore(table, place, matcherOf);
    }
  }
  committed = { ...committed };
  return { outputs: committed, store, rows: [...table.range()].length };
}

describe('the engine of rewards', () => {
  it('does what the naive engine does, for any journal', () => {
    fc.assert(
      fc.property(journals(), lookedAhead, (entries, ahead) => {
        compareWithNaive(entries, one, ahead);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('does what the naive engine does when other partitions ask for shares and give some', () => {
    fc.assert(
      fc.property(journals(true), lookedAhead, (entries, ahead) => {
        compareWithNaive(entries, ofThree, ahead);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });

  it('does the same in any batches, with crashes, failed commits and restarts between them', () => {
    const restarts = fc.array(fc.constantFrom<Restart>('commit', 'crash', 'failed commit', 'nothing'), {
      minLength: 1,
      maxLength: 5,
    });
    const batches = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(journals(true), batches, restarts, (entries, lengths, how) => {
        const { outputs, store } = stored(entries, lengths, [...how, 'commit'], ofThree);
        expect(outputs.all).toEqual(naive(entries, ofThree).all);
        const engine = createRewardEngine(ofThree);
        for (const entry of entries) engine.judge(entry, collectedOutputs());
        expect(store.engine.account).toEqual(engine.account);
      }),
      { numRuns: runs, endOnFailure: true },
    );
  });
});
