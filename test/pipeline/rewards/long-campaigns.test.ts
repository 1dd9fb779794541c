import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { replayDecisions } from '../../../src/pipeline/rewards/replay-decisions.ts';
import type { Decision } from '../../../src/rewards/decision.ts';
import { allRecords, folder as base, itc, memoryData, values } from '../flow-run.ts';
import { files, runBetting, settingsOf, writeBetting } from './betting-run.ts';

const campaigns = (version: number, share: number): string => `
campaigns: test
version: ${version}
timeZone: Europe/Paris
list:
  - { id: half, share: ${share}%, pool: large }
  - { id: watched, stake: { from: 300 }, pool: large, shadow: true }
`;
const remarks = `# ${'x'.repeat(97)}\n`.repeat(700); // too long to stand in a journal

function betting(name: string): { readonly folder: string; readonly write: (part: number, text: string) => void } {
  const folder = join(base, name);
  mkdirSync(folder);
  writeBetting(folder, itc, '', 300);
  const whole = readFileSync(join(folder, files.capture));
  const write = (part: number, text: string): void => {
    let cut = 0;
    for (let frame = 0; frame < part; frame++) cut += 12 + whole.readUInt32BE(cut);
    writeFileSync(join(folder, files.capture), whole.subarray(0, cut));
    writeFileSync(join(folder, files.campaigns), text);
  };
  return { folder, write };
}

test.each([1, 2])(
  'campaigns that journals of %i partitions refer to decide as those that stand in them',
  async (partitions) => {
    const [short, long] = [memoryData(partitions), memoryData(partitions)];
    for (const [data, rest] of [
      [short, ''],
      [long, remarks],
    ] as const) {
      const { folder, write } = betting(`long-${partitions}-${rest.length}`);
      write(150, campaigns(1, 50) + rest);
      await runBetting(folder, itc, data);
      write(300, campaigns(2, 90) + rest);
      const { rewards } = await runBetting(folder, itc, data);
      expect(rewards?.refusals).toEqual([]);
      const decisions = values<Decision>(data, 'decisions').filter(({ outcome }) => outcome === 'rewarded');
      expect(new Set(decisions.map(({ version }) => version))).toEqual(new Set([1, 2]));
      const stage = { pipeline: 'test', data, settings: settingsOf(folder) };
      for (const decision of [decisions[0], decisions.at(-1)] as Decision[]) {
        const found = Array.from({ length: partitions }, (_none, at) =>
          replayDecisions(stage, at, decision.bet),
        ).flat();
        expect(found.map((one) => one.decision)).toContainEqual(decision);
      }
    }
    expect(allRecords(long)).toEqual(allRecords(short));
  },
);
