import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { poison } from './keyed-sums.ts';

/** Writes input: files that arrive in the spool, and a capture that grows, now and then by half a frame. */
export class CrashLoad {
  readonly spooled: string[] = [];
  readonly captured: string[] = [];
  readonly #folder: string;
  readonly #random: (below: number) => number;
  #files = 0;
  #half: Buffer | null = null;

  constructor(folder: string, random: (below: number) => number) {
    this.#folder = folder;
    this.#random = random;
    mkdirSync(join(folder, 'spool'));
    writeFileSync(join(folder, 'capture'), '');
  }

  add(times: number): void {
    for (let time = 0; time < times; time++) {
      const name = `file-${String(this.#files++).padStart(8, '0')}`;
      const path = join(this.#folder, 'spool', name);
      writeFileSync(`${path}.part`, Buffer.concat(this.#frames(this.spooled, 1 + this.#random(30))));
      renameSync(`${path}.part`, path);
      const grown = Buffer.concat([this.#half ?? Buffer.alloc(0), ...this.#frames(this.captured, this.#random(30))]);
      const cut = this.#random(2) === 0 ? grown.length : Math.max(0, grown.length - 3);
      appendFileSync(join(this.#folder, 'capture'), grown.subarray(0, cut));
      this.#half = grown.subarray(cut);
    }
  }

  /** Write the half frame that is missing. */
  finish(): void {
    if (this.#half !== null) appendFileSync(join(this.#folder, 'capture'), this.#half);
    this.#half = null;
  }

  #frames(noted: string[], count: number): Buffer[] {
    return Array.from({ length: count }, () => {
      const key = this.#random(40) === 0 ? poison : this.#random(200);
      const frame = Buffer.alloc(8 + this.#random(100), this.#random(256));
      frame.writeUInt32BE(frame.length * 2 ** 16);
      frame[4] = key;
      noted.push(frame.subarray(4).toString('hex'));
      return frame;
    });
  }
}
