const patience = 1000; // milliseconds: a short run shows nothing
const interval = 200;

/** Shows how far a long run has come, on a terminal; silent anywhere else. */
export class ProgressBar {
  readonly #stream: NodeJS.WriteStream | null;
  readonly #total: number | null;
  readonly #started: number = Date.now();
  #last = 0;
  #drawn = false;

  /** `total` in bytes, `null` when it is not known. */
  constructor(stream: NodeJS.WriteStream, total: number | null, quiet: boolean) {
    this.#stream = stream.isTTY === true && !quiet ? stream : null;
    this.#total = total;
  }

  /** `read` of the total; `unpacked`, which is more when the input is packed, says how fast the work goes. */
  update(read: number, unpacked: number, records: number): void {
    if (this.#stream === null) return;
    const now = Date.now();
    if (now - this.#started < patience || now - this.#last < interval) return;
    this.#last = now;
    this.#drawn = true;
    const rate = unpacked / 1000 / (now - this.#started);
    const text = `${records.toLocaleString('en')} records, ${rate.toFixed(1)} MB/s`;
    this.#stream.write(`\r\u001b[K${this.#bar(read)}${text}`);
  }

  /** Take the bar away, so that other lines can be written. */
  clear(): void {
    if (this.#drawn) this.#stream?.write('\r\u001b[K');
    this.#drawn = false;
  }

  #bar(bytes: number): string {
    if (this.#total === null || this.#total === 0) return '';
    const share = Math.min(1, bytes / this.#total);
    const width = 24;
    const done = Math.round(share * width);
    return `[${'#'.repeat(done)}${'.'.repeat(width - done)}] ${Math.floor(share * 100)}% `;
  }
}
