import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CampaignTexts } from '../../../src/pipeline/rewards/campaign-texts.ts';
import { campaignsSource } from '../../../src/pipeline/rewards/campaigns-source.ts';
import { folder } from '../flow-run.ts';

const campaigns = (version: number): string =>
  `campaigns: c\nversion: ${version}\ntimeZone: UTC\nlist:\n  - { id: a, share: 10% }\n`;
const limit = { frames: 1000, bytes: 1e6 };

describe('the file of campaigns as a source', () => {
  test('gives the first version at once, later ones when they are ready to be put into force', async () => {
    const path = join(folder, 'changing.yaml');
    writeFileSync(path, campaigns(1));
    const texts = new CampaignTexts(path);
    let wake = (): void => undefined;
    const source = campaignsSource(path, texts, () => wake());
    const read = (): string | null => {
      const [frame] = source.read(limit)?.frames ?? [];
      return frame === undefined ? null : Buffer.from(frame.bytes).toString();
    };
    source.open(null);
    expect(read()).toBe(campaigns(1));
    expect(source.status).toBe('caught-up');
    expect(read()).toBe(null);
    writeFileSync(path, campaigns(2));
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    expect(read()).toBe(null);
    await woken;
    expect(read()).toBe(campaigns(2));
    expect(texts.compile(campaigns(2)).set.version).toBe(2);
    rmSync(path);
    expect(read()).toBe(null);
    source.close();
  });

  test('gives nothing when it says what it said when it was read last', () => {
    const path = join(folder, 'same.yaml');
    writeFileSync(path, campaigns(1));
    const source = campaignsSource(path, new CampaignTexts(path), () => undefined);
    source.open(null);
    const position = source.read(limit)?.position ?? null;
    const again = campaignsSource(path, new CampaignTexts(path), () => undefined);
    again.open(position);
    writeFileSync(path, campaigns(1));
    expect(again.read(limit)).toBe(null);
  });

  test('gives wrong campaigns too, whose mistakes are said when they are to be put into force', async () => {
    const texts = new CampaignTexts('c.yaml');
    const wrong = campaigns(1).replace('share', 'shar');
    await texts.prepare(wrong);
    expect(() => texts.compile(wrong)).toThrow('has no member shar');
  });
});
