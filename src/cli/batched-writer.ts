import type { OutputTarget } from './output-target.ts';

const batch = 64 * 1024; // a write call per line would cost more than making the line
const longestText = 16 * 1024 * 1024; // characters: far below what a string may hold

/** Collects text and writes it in large pieces. Adding is synchronous; flush when `full`, so that a slow reader holds us up. */
export class BatchedWriter {
  readonly #target: OutputTarget;
  #text = '';
  /** What came before the text, when it grew too long. */
  #parts: Uint8Array[] = [];

  constructor(target: OutputTarget) {
    this.#target = target;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= longestText) this.#spill();
  }

  #spill(): void {
    if (this.#text !== '') this.#parts.push(Buffer.from(this.#text, 'utf8'));
    this.#text = '';
  }

  get full(): boolean {
    return this.#text.length >= batch || this.#parts.length > 0;
  }

  async flush(): Promise<void> {
    this.#spill();
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) await this.#target.write(part);
  }

  async commit(): Promise<void> {
    await this.flush();
    await this.#target.commit();
  }

  async abandon(): Promise<void> {
    this.#text = '';
    this.#parts = [];
    await this.#target.abandon();
  }
}
