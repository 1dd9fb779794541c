import { type CorrelationAccount, correlationBalances, formatCorrelation } from '../streams/correlation-account.ts';
import { type FlowCounts, sumOfAccounts } from './correlation-table.ts';
import { Latencies } from './latencies.ts';
import type { RewardsSummary } from './rewards/stage-summary.ts';

/** What a pipeline came to, over all partitions and since its beginning. */
export interface PipelineSummary {
  readonly account: CorrelationAccount;
  /** Matched pairs that do not decode. */
  readonly undecoded: number;
  /** Milliseconds from request to response, half of the pairs and 99 % of them at most; `null` without pairs. */
  readonly latency: { readonly p50: number | null; readonly p99: number | null };
  /** Records by topic, in the order of their names. */
  readonly records: ReadonlyMap<string, number>;
  /** Whether every equation holds. */
  readonly balances: boolean;
  /** What the rewards came to; `null` without. */
  readonly rewards: RewardsSummary | null;
}

/** Add up what the partitions counted. */
export function summaryOf(partitions: readonly FlowCounts[]): PipelineSummary {
  const accounts = partitions.map(({ account }) => account);
  const [first, ...others] = accounts;
  if (first === undefined) throw new RangeError('a pipeline has at least one partition');
  const account = others.reduce(sumOfAccounts, first);
  const latencies = new Latencies();
  const records = new Map<string, number>();
  let undecoded = 0;
  for (const counts of partitions) {
    undecoded += counts.undecoded;
    latencies.restore(counts.latencies.save());
    for (const [topic, count] of counts.records) records.set(topic, (records.get(topic) ?? 0) + count);
  }
  const sorted = new Map([...records].sort(([one], [other]) => (one < other ? -1 : 1)));
  const balances = accounts.every(correlationBalances) && (sorted.get('frames') ?? 0) + undecoded === latencies.total;
  const latency = { p50: latencies.quantile(0.5), p99: latencies.quantile(0.99) };
  return { account, undecoded, latency, records: sorted, balances, rewards: null };
}

/** Add what the rewards came to: their records, and whether their equations hold too. */
export function withRewards(summary: PipelineSummary, stage: { summary(): RewardsSummary } | null): PipelineSummary {
  if (stage === null) return summary;
  const rewards = stage.summary();
  const records = new Map(summary.records);
  for (const [topic, count] of rewards.records) records.set(topic, (records.get(topic) ?? 0) + count);
  const sorted = new Map([...records].sort(([one], [other]) => (one < other ? -1 : 1)));
  return { ...summary, records: sorted, balances: summary.balances && rewards.broken.length === 0, rewards };
}

/** Write the equations, one a line, and what was not decoded. */
export function formatEquations({ account, undecoded }: PipelineSummary): string {
  return `${formatCorrelation(account)}undecoded ${undecoded}\n`;
}
