import { createHash } from 'node:crypto';
import { constants, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { readBounded } from '../../copybook/read-bounded.ts';
import { OverpunchError } from '../../errors.ts';
import { type CampaignText, campaignText } from './campaign-text.ts';
import type { CampaignTexts } from './campaign-texts.ts';

const most = 64 << 20; // bytes
const sliceLength = 1 << 20; // bytes that are read and hashed at once

/**
 * A file of campaigns, which may change while bets come. It is read and made ready between other work, for all partitions together, and only then its
 * newest version is another one; the first one is read at once.
 */
export class CampaignFile {
  readonly #path: string;
  readonly #texts: CampaignTexts;
  /** Let those look who wait for something. */
  readonly wake: () => void;
  #newest: CampaignText | null = null;
  #seen = '';
  #reading = false;

  /** `wake` is called when there may be another version. */
  constructor(path: string, texts: CampaignTexts, wake: () => void) {
    this.#path = path;
    this.#texts = texts;
    this.wake = wake;
  }

  /** Throw IO when there is no such file. When it is gone later, what it said last holds. */
  check(): void {
    if (statSync(this.#path, { throwIfNoEntry: false })?.isFile() === true) return;
    throw new OverpunchError('IO', `${this.#path} is no file that can be read`);
  }

  /** What it said when it was looked at last, and begin to read it when it has changed; `null`: it could not be read yet. */
  newest(): CampaignText | null {
    const look = this.#look();
    if (look === this.#seen || look === '' || this.#reading) return this.#newest;
    this.#seen = look;
    if (this.#newest === null) {
      this.#newest = readAtOnce(this.#path);
      if (this.#newest !== null) this.#texts.hear(this.#newest);
    } else void this.#readAgain(look);
    return this.#newest;
  }

  async #readAgain(look: string): Promise<void> {
    this.#reading = true;
    try {
      const text = await readInSlices(this.#path);
      if (text === null || text.hash === this.#newest?.hash || this.#look() !== look) return; // if it goes on changing, it is read again
      await this.#texts.prepare(text);
      this.#newest = text;
    } catch {
      // It cannot be read at the moment.
    } finally {
      this.#reading = false;
      this.wake();
    }
  }

  /** What changes with the file; empty: there is none. */
  #look(): string {
    const stat = statSync(this.#path, { throwIfNoEntry: false, bigint: true });
    return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
  }
}

function readAtOnce(path: string): CampaignText | null {
  try {
    const bytes = readBounded(path, most);
    return bytes === null ? null : campaignText(bytes, createHash('sha256').update(bytes).digest('base64'));
  } catch {
    return null;
  }
}

/** Read a file while other work has its turn; `null` for what is no regular file, or too large. */
async function readInSlices(path: string): Promise<CampaignText | null> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile() || stat.size > most) return null;
    const bytes = new Uint8Array(stat.size);
    const hash = createHash('sha256');
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(sliceLength, bytes.length - at), null);
      if (bytesRead === 0) return null; // it became shorter
      hash.update(bytes.subarray(at, at + bytesRead));
      at += bytesRead;
    }
    return campaignText(bytes, hash.digest('base64'));
  } finally {
    await file.close();
  }
}
