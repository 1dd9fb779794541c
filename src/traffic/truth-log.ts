import { putAscii, putBytes, putWhole } from '../bytes/put-json.ts';
import { type TruthPage, TruthPages } from './truth-pages.ts';
import { UtcText } from './utc-text.ts';
import type { Envelope, WireForm } from './wire-form.ts';

/** What is known of one frame. */
export interface TruthEntry {
  /** Offset of the frame in the capture, −1 until it is written. */
  offset: number;
  length: number;
  /** Where its text is: the members before `pair`, and the value behind. */
  readonly page: TruthPage;
  readonly start: number;
  readonly middle: number;
  readonly end: number;
  malformed: string;
  /** The frame it answers, or that answers it. */
  partner: TruthEntry | null;
  /** An answer is still to come. */
  open: boolean;
}

/** Pair two frames, once both are known. */
export function pairUp(request: TruthEntry, response: TruthEntry): void {
  request.partner = response;
  response.partner = request;
}

const headRoom = 256; // of all that stands before the value, but for type and key
const few = 64; // bytes: up to here copying them one by one costs less

/**
 * Lines in the order of the capture. One is held back, with all behind it, until the offset of its partner is known: so as many are
 * held as come within the longest time that an answer takes.
 */
export class TruthLog {
  readonly #pages = new TruthPages();
  readonly #utc = new UtcText();
  #entries: TruthEntry[] = [];
  #first = 0;
  #text = new Uint8Array(2 * 1024 * 1024);
  #used = 0;

  /** Make the entry of the frame that a form wrote just now. */
  entry(wire: WireForm, envelope: Envelope, length: number): TruthEntry {
    const page = this.#pages.reserve(wire.truthRoom + headRoom);
    const { bytes, used: start } = page;
    let at = wire.putTruthHead(bytes, start, envelope);
    at = putAscii(bytes, at, ',"sequence":');
    at = wire.hasSequence ? putWhole(bytes, at, envelope.sequence) : putAscii(bytes, at, 'null');
    at = putAscii(bytes, at, ',"time":');
    if (wire.hasTime) {
      bytes[at++] = quote;
      at = this.#utc.put(bytes, at, envelope.time);
      bytes[at++] = quote;
    } else {
      at = putAscii(bytes, at, 'null');
    }
    const end = wire.form.putJson(bytes, at, page.view);
    page.used = end;
    page.held++;
    return { offset: -1, length, page, start, middle: at, end, malformed: '', partner: null, open: false };
  }

  /** Make the entry of the same frame, captured again. */
  again(entry: TruthEntry): TruthEntry {
    entry.page.held++;
    return { ...entry, offset: -1, open: false };
  }

  /** Add a frame that is in the capture now. */
  add(entry: TruthEntry): void {
    this.#entries.push(entry);
  }

  /** Take the lines that are settled, in the end all of them: they are there until the next ones are taken. */
  take(isEnd: boolean): Uint8Array {
    this.#used = 0;
    const entries = this.#entries;
    while (this.#first < entries.length) {
      const entry = entries[this.#first] as TruthEntry;
      const { partner } = entry;
      if (!isEnd && (entry.open || (partner !== null && partner.offset < 0))) break;
      this.#put(entry);
      this.#first++;
    }
    if (this.#first > 1024 && 2 * this.#first > entries.length) {
      this.#entries = entries.slice(this.#first);
      this.#first = 0;
    }
    return this.#text.subarray(0, this.#used);
  }

  #put({ offset, length, page, start, middle, end, malformed, partner }: TruthEntry): void {
    const needed = this.#used + headRoom + end - start;
    if (needed > this.#text.length) {
      const grown = new Uint8Array(2 * needed);
      grown.set(this.#text.subarray(0, this.#used));
      this.#text = grown;
    }
    const out = this.#text;
    let at = putAscii(out, this.#used, '{"offset":');
    at = putWhole(out, at, offset);
    at = putAscii(out, at, ',"length":');
    at = putWhole(out, at, length);
    at = copy(page.bytes, start, middle, out, at);
    if (partner !== null && partner.offset >= 0) at = putWhole(out, putAscii(out, at, ',"pair":'), partner.offset);
    if (malformed !== '') at = putAscii(out, at, `,"malformed":"${malformed}"`);
    at = putAscii(out, at, ',"value":');
    at = copy(page.bytes, middle, end, out, at);
    out[at++] = 0x7d;
    out[at++] = 0x0a;
    this.#used = at;
    this.#pages.release(page);
  }
}

const quote = 0x22;

function copy(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at: number): number {
  if (to - from <= few) return putBytes(out, at, bytes.subarray(from, to));
  out.set(bytes.subarray(from, to), at);
  return at + to - from;
}
