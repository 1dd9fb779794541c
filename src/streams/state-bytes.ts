const keyKinds = { number: 0, text: 1 } as const;

/** Writes values one after the other. Numbers are doubles, high byte first. */
export class ByteWriter {
  private buffer: Buffer;
  private view: DataView;
  private length = 0;

  /** `capacity`: how many bytes are to be expected. */
  constructor(capacity = 64) {
    this.buffer = Buffer.allocUnsafe(capacity);
    this.view = viewOf(this.buffer);
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  number(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.length, value);
    this.length += 8;
  }

  /** A number, or a text as the UTF-16 units it is made of, halves of pairs too. */
  key(value: string | number): void {
    if (typeof value === 'number') {
      this.byte(keyKinds.number);
      this.number(value);
      return;
    }
    this.byte(keyKinds.text);
    this.number(value.length);
    this.reserve(2 * value.length);
    for (let at = 0; at < value.length; at++) {
      this.length = this.buffer.writeUInt16BE(value.charCodeAt(at), this.length);
    }
  }

  bytes(value: Uint8Array): void {
    this.reserve(value.length);
    this.buffer.set(value, this.length);
    this.length += value.length;
  }

  /** What was written; nothing is written afterwards. */
  finish(): Uint8Array {
    return this.length === this.buffer.length ? this.buffer : this.buffer.subarray(0, this.length);
  }

  /** Make room for so many more bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.buffer.length) return;
    const longer = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.length + more));
    longer.set(this.buffer.subarray(0, this.length));
    this.buffer = longer;
    this.view = viewOf(longer);
  }
}

/** Reads what a `ByteWriter` wrote. Throws RangeError beyond the end. */
export class ByteReader {
  private readonly source: Uint8Array;
  private readonly view: DataView;
  private offset = 0;

  constructor(bytes: Uint8Array) {
    this.source = bytes;
    this.view = viewOf(bytes);
  }

  get atEnd(): boolean {
    return this.offset >= this.source.length;
  }

  byte(): number {
    return this.view.getUint8(this.offset++);
  }

  number(): number {
    const value = this.view.getFloat64(this.offset);
    this.offset += 8;
    return value;
  }

  key(): string | number {
    if (this.byte() === keyKinds.number) return this.number();
    let text = '';
    for (let left = this.number(); left > 0; left--, this.offset += 2) {
      text += String.fromCharCode(this.view.getUint16(this.offset));
    }
    return text;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
