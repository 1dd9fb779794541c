import { ByteWriter } from './byte-writer.ts';

/** One section of a module: its entries, and how many they are (core specification 5.5.2). */
export class Section {
  private readonly id: number;
  private readonly entries = new ByteWriter();
  private count = 0;

  constructor(id: number) {
    this.id = id;
  }

  /** Begin another entry, whose bytes go to what this gives. */
  entry(): ByteWriter {
    this.count++;
    return this.entries;
  }

  /** Write the section, which is left out when it has no entries. */
  writeTo(out: ByteWriter): void {
    if (this.count === 0) return;
    const count = new ByteWriter();
    count.unsigned(this.count);
    out.unsignedBehind(this.id, count.length + this.entries.length);
    out.bytes(count.view());
    out.bytes(this.entries.view());
  }
}
