import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CampaignFile } from '../../../src/pipeline/rewards/campaign-file.ts';
import { CampaignTexts } from '../../../src/pipeline/rewards/campaign-texts.ts';
import { campaignsSource } from '../../../src/pipeline/rewards/campaigns-source.ts';
import { isReference, KeptTexts, referenceTo } from '../../../src/pipeline/rewards/kept-texts.ts';
import { openMemoryEnvironment } from '../../../src/state/open-memory-environment.ts';
import type { Source } from '../../../src/streams/source.ts';
import { folder } from '../flow-run.ts';

const campaigns = (version: number, comment = ''): string =>
  `campaigns: c\nversion: ${version}\ntimeZone: UTC\nlist:\n  - { id: a, share: 10% }\n${comment}`;
const remark = `# ${'é'.repeat(78)}\n`;
const long = (version: number, lines = 8000): string => campaigns(version, remark.repeat(lines)); // more than a megabyte
const limit = { frames: 1000, bytes: 1e6 };

/** A file of campaigns and a partition that reads it. */
class Reading {
  readonly environment = openMemoryEnvironment();
  readonly kept = new KeptTexts(this.environment, 'stage');
  readonly texts: CampaignTexts;
  readonly source: Source;
  readonly path: string;
  #woken: () => void = () => undefined;

  constructor(name: string, text: string, position: string | null = null) {
    this.path = join(folder, name);
    writeFileSync(this.path, text);
    this.texts = new CampaignTexts(this.path);
    this.source = campaignsSource(new CampaignFile(this.path, this.texts, () => this.#woken()), this.kept);
    this.source.open(position);
  }

  /** What it gives, and how many commits that takes. */
  read(): { readonly text: string | null; readonly commits: number } {
    for (let commits = 0; ; commits++) {
      const read = this.source.read(limit);
      if (read === null) return { text: null, commits };
      this.environment.commit(() => this.source.save?.(read.position));
      this.source.committed?.(read.position);
      const [frame] = read.frames;
      if (frame !== undefined) return { text: Buffer.from(frame.bytes).toString(), commits: commits + 1 };
    }
  }

  /** Write another version, and wait until it is ready. */
  async write(text: string): Promise<void> {
    writeFileSync(this.path, text);
    const woken = new Promise<void>((resolve) => {
      this.#woken = resolve;
    });
    expect(this.read().text).toBe(null);
    await woken;
  }
}

describe('the file of campaigns as a source', () => {
  test('gives the first version at once, later ones when they are ready to be put into force', async () => {
    const reading = new Reading('changing.yaml', campaigns(1));
    expect(reading.source.status).toBe('reading');
    expect(reading.read().text).toBe(campaigns(1));
    expect(reading.source.status).toBe('caught-up');
    expect(reading.read().text).toBe(null);
    await reading.write(campaigns(2));
    expect(reading.read().text).toBe(campaigns(2));
    expect(reading.texts.compile(campaigns(2), reading.kept).set.version).toBe(2);
    rmSync(reading.path);
    expect(reading.read().text).toBe(null);
    reading.source.close();
  });

  test('gives nothing when it says what it said when it was read last', () => {
    const { source } = new Reading('same.yaml', campaigns(1));
    const position = source.read(limit)?.position ?? null;
    expect(new Reading('same.yaml', campaigns(1), position).source.read(limit)).toBe(null);
  });

  test('gives references to long texts, which are kept: the first one at once, others in pieces before they are given', async () => {
    const reading = new Reading('long.yaml', long(1));
    const first = reading.read();
    expect(first).toEqual({ text: expect.stringMatching('^@sha256:'), commits: 1 });
    await reading.write(long(2));
    expect(reading.source.status).toBe('caught-up');
    const second = reading.read();
    expect(second.commits).toBe(4);
    const [one, other] = [first.text ?? '', second.text ?? ''];
    expect(isReference(other)).toBe(true);
    expect(Buffer.from(reading.kept.get(one)).toString()).toBe(long(1));
    expect(Buffer.from(reading.kept.get(other)).toString()).toBe(long(2));
    expect(reading.texts.compile(other, reading.kept).set.version).toBe(2);
    expect(new CampaignTexts('c.yaml').compile(one, reading.kept).set.version).toBe(1);
    await reading.write(long(1));
    expect(reading.read()).toEqual({ text: one, commits: 1 }); // it is there
  });

  test('takes nothing more before a piece is durable, and then goes on at once', async () => {
    const { source, environment, write } = bound(new Reading('slow.yaml', long(1)));
    const first = source.read(limit);
    expect(source.read(limit)).toBe(null);
    environment.commit(() => source.save?.(first?.position ?? ''));
    source.committed?.(first?.position ?? '');
    await write(long(2));
    const piece = source.read(limit);
    expect(piece?.frames).toEqual([]);
    expect(piece?.position).toBe(first?.position);
    expect(source.read(limit)).toBe(null);
    expect(source.status).toBe('caught-up');
    environment.commit(() => source.save?.(''));
    source.committed?.('');
    expect(source.status).toBe('reading');
  });

  test('gives wrong campaigns too, whose mistakes are said when they are to be put into force', async () => {
    const reading = new Reading('wrong.yaml', campaigns(1));
    expect(reading.read().text).toBe(campaigns(1));
    const wrong = campaigns(2).replace('share', 'shar');
    await reading.write(wrong);
    expect(reading.read().text).toBe(wrong);
    expect(() => reading.texts.compile(wrong, reading.kept)).toThrow('has no member shar');
  });

  test('says of a long text that is no UTF-8 that it is none', async () => {
    const reading = new Reading('bytes.yaml', campaigns(1));
    expect(reading.read().text).toBe(campaigns(1));
    await reading.write(long(2));
    writeFileSync(reading.path, Buffer.from(long(3), 'latin1'));
    expect(isReference(reading.read().text ?? '')).toBe(true);
    const { text } = await readLater(reading);
    expect(() => reading.texts.compile(text ?? '', reading.kept)).toThrow('no text in UTF-8');
  });
});

describe('texts that are kept', () => {
  test('are dropped when there are too many bytes, those used longest ago first, and never the one in force', () => {
    const environment = openMemoryEnvironment();
    const kept = new KeptTexts(environment, 'stage', 2_500_000);
    const texts = [1, 2, 3, 4].map((byte) => {
      return {
        reference: referenceTo(Buffer.alloc(32, byte).toString('base64')),
        bytes: new Uint8Array(1e6).fill(byte),
      };
    });
    const there = (): readonly boolean[] => texts.map(({ reference }) => kept.has(reference));
    const [one, two] = texts.map(({ reference }) => reference) as [string, string];
    environment.commit(() => {
      for (const text of texts) kept.putAll(text);
      kept.touch(one);
    });
    expect(there()).toEqual([true, true, true, true]);
    for (let count = 0; count < 3; count++) environment.commit(() => kept.dropOld(two));
    expect(there()).toEqual([true, true, false, false]);
    expect(() => kept.get(texts[2]?.reference ?? '')).toThrow('is not kept any more');
    expect(Buffer.compare(kept.get(one), texts[0]?.bytes ?? new Uint8Array(0))).toBe(0);
  });

  test('are there when all of their pieces are', () => {
    const environment = openMemoryEnvironment();
    const kept = new KeptTexts(environment, 'stage');
    const text = { reference: referenceTo(Buffer.alloc(32).toString('base64')), bytes: new Uint8Array(600_000) };
    expect(kept.has(text.reference)).toBe(false);
    environment.commit(() => kept.put(text, 0));
    expect(kept.has(text.reference)).toBe(false);
    expect(() => kept.get(text.reference)).toThrow('is not kept any more');
    environment.commit(() => kept.put(text, 1));
    expect(kept.has(text.reference)).toBe(true);
  });
});

function bound(reading: Reading): Pick<Reading, 'source' | 'environment' | 'write'> {
  return { source: reading.source, environment: reading.environment, write: (text) => reading.write(text) };
}

/** What comes next, once it is ready. */
async function readLater(reading: Reading): Promise<{ readonly text: string | null }> {
  for (;;) {
    const read = reading.read();
    if (read.text !== null) return read;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
