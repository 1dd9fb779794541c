import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refusalText } from '../../../src/cli/refusal-text.ts';
import { betOfEvent } from '../../../src/pipeline/rewards/bet-of-event.ts';
import { type BetMapping, EventMembers } from '../../../src/pipeline/rewards/event-members.ts';
import { readLine } from '../../../src/pipeline/rewards/read-line.ts';
import { readCoupon } from '../../../src/pipeline/rewards/reference-lines.ts';
import type { Refusal } from '../../../src/pipeline/rewards/refusals.ts';
import type { Bet } from '../../../src/rewards/bet.ts';
import { folder as base, itc, memoryData } from '../flow-run.ts';
import { files, runBetting, settingsOf, writeBetting } from './betting-run.ts';

const campaigns = 'campaigns: test\nversion: 2\ntimeZone: Europe/Paris\nlist:\n  - { id: all, pool: large }\n';

function betting(frames: number): string {
  const folder = mkdtempSync(join(base, 'refused-'));
  writeBetting(folder, itc, campaigns, frames);
  return folder;
}

describe('what the rewards refuse', () => {
  test('is counted once, with the line of the first, however many partitions read it', async () => {
    const folder = betting(200);
    const good = '{"coupon":"x","pool":"large","value":100}';
    const lines = [good, '{"coupon":"y","pool":"large","value":0}', 'nonsense', '[]', good];
    writeFileSync(join(folder, files.coupons), `\ufeff${lines.join('\n')}\n`);
    for (const partitions of [1, 3]) {
      const data = memoryData(partitions);
      const { rewards } = await runBetting(folder, itc, data);
      expect(rewards?.broken).toEqual([]);
      const message = expect.stringContaining('value is 0');
      expect(rewards?.refusals).toEqual([{ input: 'coupons', code: 'REWARD_ENTRY', count: 3, message, place: 2 }]);
      expect((await runBetting(folder, itc, data)).rewards?.refusals).toEqual(rewards?.refusals);
    }
  });

  test('is said with its line where others are empty, wherever a run before had stopped', async () => {
    const folder = betting(200);
    const file = join(folder, files.coupons);
    const good = '{"coupon":"x","pool":"large","value":100}';
    const data = memoryData(1);
    writeFileSync(file, `\n\r\n${good}\n\n${good.replace('x', 'y')}\n\n\n`);
    expect((await runBetting(folder, itc, data)).rewards?.refusals).toEqual([]);
    appendFileSync(file, `\n${good.replace('x', 'z')}\n\nnonsense\n`);
    expect((await runBetting(folder, itc, data)).rewards?.refusals).toMatchObject([{ count: 1, place: 11 }]);
  });

  test('is said with the line of the file that took the place of another one', async () => {
    const folder = betting(200);
    const file = join(folder, files.coupons);
    const good = '{"coupon":"x","pool":"large","value":100}';
    for (const partitions of [1, 2]) {
      const data = memoryData(partitions);
      const said = async (lines: readonly string[]): Promise<readonly unknown[]> => {
        rmSync(file);
        writeFileSync(file, `${lines.join('\n')}\n`);
        const { rewards } = await runBetting(folder, itc, data);
        return (rewards?.refusals ?? []).map(({ count, place }) => [count, place]);
      };
      expect(await said([good, good, good, 'nonsense'])).toEqual([[1, 4]]);
      expect(await said([good, '[]', 'nonsense'])).toEqual([[3, 2]]);
      expect(await said([good.replace('x', 'z')])).toEqual([[3, null]]); // nothing is wrong with this one
      expect(await said([good.replace('x', 'new'), '7'])).toEqual([[4, 2]]);
    }
  });

  test('is a part of the events that came', async () => {
    const folder = betting(300);
    const found = await runBetting(folder, itc, memoryData(2), undefined, undefined, {
      settings: { sellingTerminal: { field: 'tiket' } },
    });
    const { rewards } = found;
    expect(rewards?.broken).toEqual([]);
    const { came = 0, redemptions = 0, refused = 0 } = rewards?.events ?? {};
    expect(refused).toBeGreaterThan(20);
    expect(came).toBe(refused + redemptions);
    const [refusal] = rewards?.refusals ?? [];
    expect(refusal).toMatchObject({ input: 'events', code: 'REWARD_ENTRY', count: refused });
    expect(refusal?.message).toContain('tiket is missing');
    expect(refusal?.place).toMatch(/^bets:/);
  });

  test('of campaigns is said at once, and once', async () => {
    const folder = betting(100);
    const data = memoryData(2);
    await runBetting(folder, itc, data);
    const heard: Refusal[] = [];
    writeFileSync(join(folder, files.campaigns), campaigns.replace('version: 2', 'version: 1'));
    await runBetting(folder, itc, data, undefined, undefined, { onRefused: (refusal) => heard.push(refusal) });
    expect(heard).toMatchObject([{ input: 'campaigns', code: 'CAMPAIGN_VERSION', count: 1 }]);
  });

  test('is written with its place first', () => {
    const settings = settingsOf('day');
    const refusal = { input: 'coupons', code: 'REWARD_ENTRY', count: 22, message: 'no \u001b[2J', place: 7 } as const;
    expect(refusalText(refusal, settings, 'data')).toBe(
      'day/coupons.jsonl:7: REWARD_ENTRY: no \\x1B[2J\n  22 lines of coupons were refused: REWARD_ENTRY; overpunch topic read quarantine --data data shows them\n',
    );
    const report = 'day/campaigns.yaml:2:1: CAMPAIGN_SCHEMA: wrong\n    version: x';
    expect(
      refusalText(
        { ...refusal, input: 'campaigns', code: 'CAMPAIGN_SCHEMA', count: 1, message: report },
        settings,
        'data',
      ),
    ).toMatch(
      /^day\/campaigns.yaml:2:1: CAMPAIGN_SCHEMA: wrong\n {4}version: x\n {2}1 version of the campaigns was refused/,
    );
    expect(refusalText({ ...refusal, input: 'events', place: 'bets:1' }, settings, 'data')).toMatch(
      /^event bets:1: REWARD_ENTRY: /,
    );
  });
});

describe('a line of coupons', () => {
  const line = (members: object): Uint8Array =>
    Buffer.from(JSON.stringify({ coupon: 'c', pool: 'p', value: 100, ...members }));

  test.each([
    { value: 0 },
    { value: 1_000_000_001 },
    { value: -1 },
    { expiry: '2026-02-30T00:00:00Z' },
    { expiry: '2026-13-01T00:00:00Z' },
    { expiry: '2026-02-28' },
  ])('is refused with %j', (members) => {
    expect(() => readCoupon(line(members))).toThrow(expect.objectContaining({ code: 'REWARD_ENTRY' }));
  });

  test('has a time with its zone, and may begin with the mark of a text in UTF-8', () => {
    const expiry = Date.UTC(2028, 1, 29, 11);
    expect(readCoupon(line({ expiry: '2028-02-29T12:00:00+01:00' })).expiry).toBe(expiry);
    expect(readCoupon(Buffer.concat([Buffer.from('\ufeff'), line({ value: 1e9 })])).value).toBe(1e9);
    expect(readCoupon(line({ status: 'withdrawn', value: 0 })).value).toBe(0);
  });
});

test('a bet of which the slice that is its terminal is empty is refused', () => {
  const event = readLine(Buffer.from('{"bet":"b","ticket":"123","time":1,"stake":1}'));
  const betWith = (mapping: BetMapping): Bet => betOfEvent(new EventMembers(mapping).take(event), mapping);
  expect(betWith({ sellingTerminal: { field: 'ticket', from: 1, length: 9 } }).terminal).toBe('23');
  expect(() => betWith({ sellingTerminal: { field: 'ticket', from: 3 } })).toThrow(/no terminal sold it/);
});
