import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prefixLength } from '../../src/frames/capture-prefix.ts';
import type { Catalog } from '../../src/frames/catalog/catalog.ts';
import { generateTraffic } from '../../src/traffic/generate-traffic.ts';

/** Writes traffic without end into the files of a spool, as many frames as it is told. */
export class SoakLoad {
  sent = 0;
  readonly #spool: string;
  readonly #blocks: Iterator<{ readonly capture: Uint8Array }, unknown>;
  /** Frames of the files that were not moved away when it was last looked. */
  readonly #waiting = new Map<string, number>();
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  #files = 0;

  constructor(folder: string, catalog: Catalog, rate: number) {
    this.#spool = join(folder, 'spool');
    mkdirSync(this.#spool);
    this.#blocks = generateTraffic(catalog, { duration: 1e9, rate, clean: true, missing: 0.003, late: 0.003 });
  }

  /** Write a file of so many frames. */
  write(frames: number): void {
    const parts: Uint8Array[] = [];
    for (let left = frames; left > 0; left--) {
      if (this.#at >= this.#block.length) this.#next();
      const end = this.#at + prefixLength + this.#block.readUInt32BE(this.#at);
      parts.push(this.#block.subarray(this.#at, end));
      this.#at = end;
    }
    const name = `file-${String(this.#files++).padStart(9, '0')}`;
    writeFileSync(join(this.#spool, `${name}.part`), Buffer.concat(parts));
    renameSync(join(this.#spool, `${name}.part`), join(this.#spool, name));
    this.#waiting.set(name, frames);
    this.sent += frames;
  }

  /** Frames whose files are not moved away yet; those that are, are removed. */
  lag(): number {
    const there = new Set(readdirSync(this.#spool));
    for (const name of this.#waiting.keys()) {
      if (there.has(name)) continue;
      this.#waiting.delete(name);
      rmSync(join(this.#spool, 'done', name), { force: true });
    }
    return [...this.#waiting.values()].reduce((sum, frames) => sum + frames, 0);
  }

  #next(): void {
    const { value, done } = this.#blocks.next();
    if (done === true) throw new Error('the traffic ended');
    this.#block = Buffer.from((value as { readonly capture: Uint8Array }).capture);
    this.#at = 0;
  }
}
