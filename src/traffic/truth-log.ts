import { jsonText } from '../codec/json-text.ts';

/** What is known of one frame. */
export interface TruthEntry {
  /** Offset of the frame in the capture, −1 until it is written. */
  offset: number;
  length: number;
  /** Members before `pair`, and those behind. */
  readonly head: string;
  readonly value: string;
  malformed: string;
  /** The frame it answers, or that answers it. */
  partner: TruthEntry | null;
  /** An answer is still to come. */
  open: boolean;
}

/** Make the entry of a frame that is about to be written. */
export function truthEntry(
  type: string,
  role: string,
  key: string,
  sequence: number,
  time: number,
  value: string,
): TruthEntry {
  const head =
    `"type":${jsonText(type)},"role":"${role}","key":${jsonText(key)},` +
    `"sequence":${sequence},"time":"${new Date(time).toISOString()}"`;
  return { offset: -1, length: 0, head, value, malformed: '', partner: null, open: false };
}

/** Pair two frames, once both are known. */
export function pairUp(request: TruthEntry, response: TruthEntry): void {
  request.partner = response;
  response.partner = request;
}

/**
 * Lines in the order of the capture. One is held back, with all behind it, until the offset of its partner is known: so as many are
 * held as come within the longest time that an answer takes.
 */
export class TruthLog {
  #entries: TruthEntry[] = [];
  #first = 0;
  #text: string[] = [];
  #size = 0;

  /** Add a frame that is in the capture now. */
  add(entry: TruthEntry): void {
    this.#entries.push(entry);
  }

  /** Characters that can be taken. */
  get size(): number {
    this.#settle(false);
    return this.#size;
  }

  /** Take the lines that are settled; in the end all of them. */
  take(end: boolean): string {
    this.#settle(end);
    const text = this.#text.join('');
    this.#text = [];
    this.#size = 0;
    return text;
  }

  #settle(end: boolean): void {
    const entries = this.#entries;
    while (this.#first < entries.length) {
      const entry = entries[this.#first] as TruthEntry;
      const { partner } = entry;
      if (!end && (entry.open || (partner !== null && partner.offset < 0))) break;
      const line = lineOf(entry);
      this.#text.push(line);
      this.#size += line.length;
      this.#first++;
    }
    if (this.#first > 1024 && 2 * this.#first > entries.length) {
      this.#entries = entries.slice(this.#first);
      this.#first = 0;
    }
  }
}

function lineOf({ offset, length, head, value, malformed, partner }: TruthEntry): string {
  const pair = partner === null || partner.offset < 0 ? '' : `,"pair":${partner.offset}`;
  const damage = malformed === '' ? '' : `,"malformed":"${malformed}"`;
  return `{"offset":${offset},"length":${length},${head}${pair}${damage},"value":${value}}\n`;
}
