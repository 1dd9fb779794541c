import type { CodePage } from './code-page.ts';

const shiftOut = 0x0e;
const shiftIn = 0x0f;
const substitute = 0x3f;
const substitutePair = [0xfe, 0xfe];

/** Decode a page in chunks, in the shape that iconv-lite asks of a decoder. */
export class PageDecoder {
  readonly #page: CodePage;
  #shifted = false;
  #half = new Uint8Array(0);

  constructor(page: CodePage) {
    this.#page = page;
  }

  write(chunk: Uint8Array): string {
    if (this.#page.kind === 'single-byte') return this.#page.decode(chunk).text;
    const start = this.#shifted ? [shiftOut] : [];
    const bytes = Uint8Array.from([...start, ...this.#half, ...chunk]);
    const end = this.#page.kind === 'mixed' ? this.#endOfPairs(bytes) : bytes.length - (bytes.length % 2);
    this.#half = bytes.slice(end);
    return this.#page.decode(bytes.subarray(0, end)).text;
  }

  end(): string | undefined {
    const rest = this.#half;
    this.#half = new Uint8Array(0);
    return rest.length > 0 ? '\uFFFD' : undefined;
  }

  /** Where the last whole character ends; remembers whether that is between shifts. */
  #endOfPairs(bytes: Uint8Array): number {
    let shifted = false;
    let offset = 0;
    while (offset < bytes.length) {
      const byte = bytes[offset];
      const next = bytes[offset + 1];
      if (byte === shiftOut || byte === shiftIn) shifted = byte === shiftOut;
      else if (shifted && next === undefined) break;
      else if (shifted && next !== shiftOut && next !== shiftIn) offset++;
      offset++;
    }
    this.#shifted = shifted;
    return offset;
  }
}

/** Encode a page in chunks, in the shape that iconv-lite asks of an encoder. */
export class PageEncoder {
  readonly #page: CodePage;
  #shifted = false;
  #held = '';

  constructor(page: CodePage) {
    this.#page = page;
  }

  write(chunk: string): Buffer {
    const text = this.#held + chunk;
    // A combining mark or the rest of a surrogate pair may follow in the next chunk.
    const last = text.slice(-2);
    this.#held = this.#isOneCharacter(last) ? last : (/[\uD800-\uDBFF]?.$/s.exec(text)?.[0] ?? '');
    return Buffer.from(this.#encode(text.slice(0, text.length - this.#held.length)));
  }

  end(): Buffer {
    const bytes = this.#encode(this.#held);
    this.#held = '';
    if (this.#shifted) bytes.push(shiftIn);
    this.#shifted = false;
    return Buffer.from(bytes);
  }

  /** Whether a base and its mark share one code, so that they must not be encoded apart. */
  #isOneCharacter(text: string): boolean {
    const whole = this.#page.encode(text);
    const base = this.#page.encode(text.charAt(0));
    return text.length === 2 && 'bytes' in whole && 'bytes' in base && whole.bytes.length === base.bytes.length;
  }

  #encode(text: string): number[] {
    const bytes: number[] = [];
    let rest = text;
    while (rest.length > 0) {
      const whole = this.#page.encode(rest);
      const end = 'bytes' in whole ? rest.length : whole.unmappable;
      const part = 'bytes' in whole ? whole : this.#page.encode(rest.slice(0, end));
      if ('bytes' in part) this.#append(bytes, part.bytes);
      if (end === rest.length) break;
      this.#append(bytes, this.#page.kind === 'dbcs' ? substitutePair : [substitute]);
      rest = rest.slice(end + ((rest.codePointAt(end) ?? 0) > 0xffff ? 2 : 1));
    }
    return bytes;
  }

  /** Append without the shifts between two runs of pairs: each encoded part starts and ends in single bytes. */
  #append(bytes: number[], part: Iterable<number>): void {
    const added = [...part];
    if (added.length === 0) return;
    if (this.#page.kind === 'mixed') {
      if (this.#shifted && added[0] === shiftOut) added.shift();
      else if (this.#shifted) added.unshift(shiftIn);
      this.#shifted = added.at(-1) === shiftIn && added.length > 1;
      if (this.#shifted) added.pop();
    }
    for (const byte of added) bytes.push(byte);
  }
}
