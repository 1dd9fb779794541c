import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Bet } from '../../src/rewards/bet.ts';
import { compileMatcher } from '../../src/rewards/compile-matcher.ts';
import type { Decision } from '../../src/rewards/decision.ts';
import { parseCampaigns } from '../../src/rewards/load-campaigns.ts';
import { createRewardEngine } from '../../src/rewards/reward-engine.ts';
import type { RewardEntry } from '../../src/rewards/reward-entry.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';
import { collectedOutputs } from './collected-outputs.ts';
import { NaiveEngine } from './naive-engine.ts';
import { plainMatcher } from './plain-matcher.ts';

// The document is the golden: each of its campaigns is a file, bets in a table, and what becomes of each by reading the rules.
const guide = readFileSync(new URL('../../docs/campaigns.md', import.meta.url), 'utf8');
const sections = guide
  .slice(0, guide.indexOf('## When something is wrong\n'))
  .split(/^### (?=[0-9]+\. )/m)
  .slice(1);

function blockOf(text: string, language: string): string {
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? '';
}

/** `2024-03-31 01:59 +01` */
function timeOf(text: string): number {
  const [, date, clock, offset] = /^(\S+) (\S+) (\+[0-9]{2})$/.exec(text) ?? [];
  const time = Date.parse(`${date}T${clock}${offset}:00`);
  if (Number.isNaN(time)) throw new Error(`${text} is no time`);
  return time;
}

function cents(text: string): number {
  return Math.round(Number(text) * 100);
}

/** The coupons, points of sale and races that stand below the file. */
function tablesOf(text: string): readonly RewardEntry[] {
  const entries: RewardEntry[] = [];
  for (const [, count, value, pool = ''] of text.matchAll(/([0-9]+) × ([0-9.]+) in `([a-z-]+)`/g)) {
    for (let number = 0; number < Number(count); number++) {
      const coupon = `coupon-${entries.length}`;
      entries.push({
        kind: 'coupon',
        now: 0,
        update: { coupon, pool, value: cents(value ?? ''), expiry: null, status: 'available' },
      });
    }
  }
  for (const [, terminal = '', region = ''] of text.matchAll(/Terminal ([0-9]+) is in ([^.]+)\./g)) {
    entries.push({ kind: 'point-of-sale', now: 0, pointOfSale: { terminal, region } });
  }
  const races = /Race R([0-9]+)C([0-9]+) of (\S+) at `([^`]+)` starts at ([^.]+)\./g;
  for (const [, meeting, race, date = '', racecourse = '', start = ''] of text.matchAll(races)) {
    const place = { date, meeting: Number(meeting), race: Number(race), racecourse };
    entries.push({ kind: 'race', now: 0, race: { ...place, start: timeOf(start) } });
  }
  return entries;
}

/** The rows of the table: what comes, and the decision that is expected. */
function rowsOf(text: string): readonly { readonly entry: RewardEntry; readonly decision: string }[] {
  const [header = [], , ...rows] = [...text.matchAll(/^\|(.*)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
  return rows.map((cells) => {
    const cell = (name: string): string => cells[header.indexOf(name)] ?? '';
    const [, cancel, id = ''] = /^(cancel )?(\S+)$/.exec(cell('bet')) ?? [];
    const time = timeOf(cell('made at'));
    const terminal = cell('terminal') || '13001';
    const now = cell('decided at') === '' ? time + 100 : timeOf(cell('decided at'));
    const decision = cell('decision');
    if (cancel !== undefined) {
      return { entry: { kind: 'cancel', now, cancel: { bet: id, ticket: id, terminal, time } }, decision };
    }
    const [, meeting, race] = /^R([0-9]+)C([0-9]+)$/.exec(cell('race')) ?? [];
    const bet: Bet = {
      bet: id,
      ticket: id,
      terminal,
      time,
      type: cell('type') || null,
      formula: cell('formula') || null,
      stake: cents(cell('stake') || '2'),
      horses: cell('horses') === '' ? null : Number(cell('horses')),
      date: cell('made at').slice(0, 10),
      meeting: meeting === undefined ? null : Number(meeting),
      race: race === undefined ? null : Number(race),
      racecourse: cell('racecourse') || null,
      region: null,
    };
    return { entry: { kind: 'bet', now, bet, captured: time }, decision };
  });
}

function written({ outcome, campaigns }: Decision): string {
  if (campaigns.length === 0) return outcome;
  return campaigns
    .map(
      ({ campaign, outcome, value }) =>
        `${campaign}: ${outcome}${value === undefined ? '' : ` ${(value / 100).toFixed(2)}`}`,
    )
    .join(', ');
}

describe('the ten campaigns of the guide', () => {
  test('are ten', () => {
    expect(sections).toHaveLength(10);
  });

  test.each(sections.map((text) => [text.slice(0, text.indexOf('\n')), text]))('%s', (_, text) => {
    const yaml = blockOf(text, 'yaml');
    const set = parseCampaigns(yaml, 'campaigns.yaml');
    const [tables, rows] = [tablesOf(text), rowsOf(text)];
    expect(tables.length).toBeGreaterThan(0);
    expect(rows.length).toBeGreaterThan(5);
    const engines = [
      { engine: createRewardEngine({ partition: 0, partitions: 1 }), matcher: compileMatcher(set) },
      { engine: new NaiveEngine(), matcher: plainMatcher(set) },
    ];
    for (const { engine, matcher } of engines) {
      const outputs = collectedOutputs();
      for (const entry of tables) engine.judge(entry, outputs);
      engine.judge({ kind: 'campaigns', now: 0, matcher, text: yaml }, outputs);
      for (const { entry } of rows) engine.judge(entry, outputs);
      const decisions = outputs.all.filter(([kind]) => kind === 'decision').map(([, value]) => value as Decision);
      expect(decisions.map((decision) => `${decision.bet} ${written(decision)}`)).toEqual(
        rows.map(({ entry, decision }) => {
          const id = entry.kind === 'bet' ? entry.bet.bet : entry.kind === 'cancel' ? entry.cancel.bet : '';
          return `${id} ${decision}`;
        }),
      );
    }
  });

  test('say what is wrong with a file as the guide does', () => {
    const mistaken = guide.slice(guide.indexOf('## When something is wrong\n'));
    let report = '';
    try {
      parseCampaigns(blockOf(mistaken, 'yaml'), 'spring.yaml');
    } catch (error) {
      if (error instanceof SettingsError) report = error.message;
    }
    expect(`${report}\n`).toBe(blockOf(mistaken, 'text'));
  });
});
