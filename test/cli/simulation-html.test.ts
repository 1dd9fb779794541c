import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { simulationHtml } from '../../src/cli/simulation-html.ts';
import type { CampaignReport, SimulationReport } from '../../src/pipeline/rewards/simulation-report.ts';

const campaign: CampaignReport = {
  campaign: 'c1',
  title: '<script>alert(1)</script> "quoted" & \u001b[31mred',
  shadow: false,
  matched: 1200,
  rewards: 10,
  revoked: 1,
  rewardedCents: 2000,
  revokedCents: 200,
  spent: 1800,
  budget: 2000,
  outcomes: { rewarded: 10, budget: 1190 },
  refusals: [{ outcome: 'budget', count: 1190 }],
  curve: [{ time: Date.UTC(2026, 2, 1, 12), spent: 1800 }],
  dried: Date.UTC(2026, 2, 1, 12),
};
const report: SimulationReport = {
  name: "</title><img src=x onerror='x'>",
  version: 3,
  timeZone: 'Europe/Paris',
  from: Date.UTC(2026, 2, 1, 11),
  to: Date.UTC(2026, 2, 1, 13),
  bets: 1200,
  cancels: 1,
  outcomes: { rewarded: 10, 'not-rewarded': 1190 },
  rewards: 10,
  revoked: 1,
  emittedCents: 2000,
  revokedCents: 200,
  spentCents: 1800,
  budgetLeft: 200,
  records: new Map(),
  broken: [],
  campaigns: [campaign],
  unreadable: 1,
  examples: ['<b>line</b>'],
};

describe('the page of a simulation', () => {
  const page = simulationHtml(report);

  test('shows what comes from files as text, whatever it is', () => {
    expect(page).not.toMatch(/<script|<img|<b>line|\u001b/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; &amp; ');
    expect(page).toContain('&lt;/title&gt;&lt;img src=x onerror=&#39;x&#39;&gt;');
  });

  test('loads nothing, and its policy allows no style but its own', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<[a-z]+ [^>]*(?:src|href|style)=/i);
    expect(page).not.toMatch(/url\(|@import/i);
  });

  test('tells what happened in words', () => {
    expect(page).toContain('1\u202f200 bets met its conditions. It gave 10 coupons, of which 1 coupon came back');
    expect(page).toContain('What is out comes to 18.00, 90 % of its budget.');
    expect(page).toContain('It had nothing left to give for the first time at 13:00.');
    expect(page).toContain('the budget was spent');
  });

  test('says so when there were no bets', () => {
    const empty = { ...campaign, matched: 0, curve: [], refusals: [], dried: null };
    const none = simulationHtml({ ...report, from: null, to: null, campaigns: [empty] });
    expect(none).toContain('No bet met its conditions.');
    expect(none).not.toContain('NaN');
  });
});
