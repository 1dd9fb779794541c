import type { OutputTarget } from './output-target.ts';

const batch = 64 * 1024; // a write call per line would cost more than making the line

/** Collects text and writes it in large pieces. Adding is synchronous; flush when `full`, so that a slow reader holds us up. */
export class BatchedWriter {
  readonly #target: OutputTarget;
  #text = '';

  constructor(target: OutputTarget) {
    this.#target = target;
  }

  add(text: string): void {
    this.#text += text;
  }

  get full(): boolean {
    return this.#text.length >= batch;
  }

  async flush(): Promise<void> {
    if (this.#text === '') return;
    const bytes = Buffer.from(this.#text, 'utf8');
    this.#text = '';
    await this.#target.write(bytes);
  }

  async commit(): Promise<void> {
    await this.flush();
    await this.#target.commit();
  }

  async abandon(): Promise<void> {
    this.#text = '';
    await this.#target.abandon();
  }
}
