import type { Source, SourceRead, SourceStatus } from '../../streams/source.ts';
import type { CampaignFile } from './campaign-file.ts';
import type { CampaignText } from './campaign-text.ts';
import type { KeptTexts } from './kept-texts.ts';

/**
 * Give the versions of a file of campaigns to a partition, each when its campaigns are ready to be put into force: until then the former one decides, and
 * no bet waits.
 *
 * Of a long text the frame is a reference: before it comes, each commit keeps a piece of the text. Bets wait for the one that is there at the start,
 * which is kept at once.
 */
export function campaignsSource(file: CampaignFile, kept: KeptTexts): Source {
  return new CampaignsSource(file, kept);
}

class CampaignsSource implements Source {
  readonly name: string = 'campaigns';
  readonly #file: CampaignFile;
  readonly #kept: KeptTexts;
  #looked = false;
  /** The hash of the text that was given last; empty: none. */
  #position = '';
  /** The text that is being kept, and the piece of it that comes next. */
  #coming: CampaignText | null = null;
  #piece = 0;
  /** What the commit is to write that comes next; it is durable when it is `null` again. */
  #writes: (() => void) | null = null;

  constructor(file: CampaignFile, kept: KeptTexts) {
    this.#file = file;
    this.#kept = kept;
  }

  get status(): SourceStatus {
    if (!this.#looked) return 'reading';
    return this.#coming !== null && this.#writes === null ? 'reading' : 'caught-up';
  }

  open(position: string | null): void {
    this.#position = position ?? '';
    this.#file.check();
  }

  read(): SourceRead | null {
    const isStart = !this.#looked;
    this.#looked = true;
    if (this.#writes !== null) return null;
    const text = this.#coming ?? this.#file.newest();
    if (text === null || text.hash === this.#position) return null;
    if (!text.isLong) return this.#give(text, text.bytes);
    const kept = this.#kept;
    if (this.#coming === null && !kept.has(text.reference)) {
      this.#coming = text;
      this.#piece = 0;
    }
    const isKept = this.#coming === null || this.#piece >= kept.piecesOf(text);
    if (isKept || isStart) {
      this.#writes = isKept ? () => kept.touch(text.reference) : () => kept.putAll(text);
      return this.#give(text, Buffer.from(text.reference));
    }
    const piece = this.#piece++;
    this.#writes = () => kept.put(text, piece);
    return { frames: [], position: this.#position, range: null };
  }

  save(): void {
    this.#writes?.();
  }

  committed(): void {
    if (this.#writes === null) return;
    this.#writes = null;
    if (this.#coming !== null) this.#file.wake();
  }

  close(): void {}

  #give({ hash }: CampaignText, bytes: Uint8Array): SourceRead {
    this.#coming = null;
    this.#position = hash;
    return { frames: [{ bytes, ingested: null }], position: hash, range: null };
  }
}
