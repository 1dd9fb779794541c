const pageSize = 1024 * 1024;

/** Room for the text of many frames, and how many of them are still needed. */
export interface TruthPage {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  used: number;
  held: number;
}

/** Memory for texts that are needed for a while: a page that holds none any more is used again. */
export class TruthPages {
  readonly #free: TruthPage[] = [];
  #current: TruthPage = emptyPage(pageSize);

  /** Give the page for a text of at most `room` bytes, which goes where the page is used up to. */
  reserve(room: number): TruthPage {
    const page = this.#current;
    if (page.bytes.length - page.used >= room) return page;
    if (page.held === 0) this.#recycle(page);
    const free = this.#free.pop();
    this.#current = free !== undefined && free.bytes.length >= room ? free : emptyPage(Math.max(pageSize, room));
    return this.#current;
  }

  /** Say that one of the texts of a page is not needed any more. */
  release(page: TruthPage): void {
    page.held--;
    if (page.held === 0 && page !== this.#current) this.#recycle(page);
  }

  #recycle(page: TruthPage): void {
    page.used = 0;
    if (page.bytes.length === pageSize) this.#free.push(page);
  }
}

function emptyPage(size: number): TruthPage {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer), used: 0, held: 0 };
}
