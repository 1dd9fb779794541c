import { describe, expect, test } from 'vitest';
import { statusLine, statusLines } from '../../src/cli/live-status.ts';
import { screenOf } from '../../src/cli/screen.ts';
import type { PipelineStatus } from '../../src/pipeline/pipeline-status.ts';

const direction = {
  total: 5_000_000,
  matched: 4_900_000,
  unmatched: 70_000,
  late: 0,
  duplicate: 9,
  rejected: 0,
  open: 812,
};
const summary = {
  account: { frames: 10_000_123, notices: 1, quarantined: 33, requests: direction, responses: direction },
  undecoded: 0,
  latency: { p50: 40, p99: 700 },
  records: new Map(),
  balances: true,
  rewards: null,
};
const rewards = {
  bets: 3_100_000,
  cancels: 89_000,
  outcomes: {},
  rewards: 118_000,
  revoked: 2_000,
  emittedCents: 24_000_000,
  revokedCents: 400_000,
  spentCents: 23_600_000,
  budgetLeft: 1_640_000,
  campaigns: [],
  events: null,
  refusals: [],
  records: new Map(),
  broken: [],
};
const status: PipelineStatus = {
  summary,
  watermark: Date.UTC(2026, 2, 1, 12, 45),
  rewards: { lag: 12, summary: rewards },
};
const screen = screenOf({ isTTY: false } as NodeJS.WriteStream, 60);

describe('how a pipeline stands', () => {
  test('is one screen of lines that are no wider than the terminal', () => {
    const lines = statusLines('betting', status, 51_234, 3_725_000, screen);
    expect(lines).toEqual([
      'betting           01:02:05  at 2026-03-01 12:45:00 UTC',
      'frames          10,000,123  51,234/s, quarantined 33',
      'matches          4,900,000  open 1,624, expired 70,000, orph',
      'bets             3,100,000  cancels 89,000, lag 12',
      'rewards            118,000  236000.00 out',
      'cancelled            2,000  coupons',
      'budget left       16400.00  ',
    ]);
  });

  test.each([10, 20, 26, 27, 40])('is no wider than a terminal of %i columns', (columns) => {
    const narrow = screenOf({ isTTY: true, columns } as NodeJS.WriteStream, undefined, 1);
    const plain = { ...narrow, dim: (text: string) => text, bold: (text: string) => text };
    const lines = statusLines('betting', status, 51_234, 3_725_000, plain);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
    expect(lines[1]).toContain('10,000,123'.slice(-columns));
  });

  test('leaves out rewards where there are none', () => {
    expect(statusLines('p', { ...status, rewards: null }, 0, 0, screen)).toHaveLength(3);
    expect(statusLine({ ...status, rewards: null }, 7)).toBe('frames 10000123 (7/s), matches 4900000');
  });

  test('is one line where it is piped', () => {
    expect(statusLine(status, 7)).toBe(
      'frames 10000123 (7/s), matches 4900000, lag 12, bets 3100000, cancels 89000, rewards 118000, cancelled coupons 2000, budget left 16400.00',
    );
  });
});
