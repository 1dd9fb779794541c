import type { Framing, WordFraming } from './case-schema.ts';

/** A file that cannot be framed as its case says; `offset` is where in the file. */
export class FramingError extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.name = 'FramingError';
    this.offset = offset;
  }
}

/** What the framings that have no lengths of their own ask of the decoder. */
export interface RecordLengths {
  /** The layout's length at maximum counts. */
  readonly maximum: number;
  /** The length that a record's own tables give it, from the bytes that start with it. */
  readonly byTables: (bytes: Uint8Array) => number;
  /** What the record's own item says, from the bytes that start with it: text trimmed, numbers canonical; `null` if unreadable. */
  readonly fieldText: (field: string, bytes: Uint8Array) => string | null;
}

/**
 * Cut a file into records (§4). Every byte must be used up; throws a FramingError where it is not.
 *
 * The records come without the prefix and suffix that the case has cut off.
 */
export function frameFile(file: Uint8Array, framing: Framing, lengths: RecordLengths): Uint8Array[] {
  const { file_header, file_trailer, record_prefix, record_suffix } = framing;
  if (file.length < file_header + file_trailer) {
    throw new FramingError(0, `${file.length} bytes are less than the file's header and trailer`);
  }
  const cursor = new Cursor(file, file_header, file.length - file_trailer);
  return cut(cursor, framing, lengths).map((record) =>
    record.subarray(record_prefix, Math.max(record_prefix, record.length - record_suffix)),
  );
}

function cut(cursor: Cursor, framing: Framing, lengths: RecordLengths): Uint8Array[] {
  const extra = framing.record_prefix + framing.record_suffix;
  const records: Uint8Array[] = [];
  switch (framing.format) {
    case 'fixed':
      return cursor.fixed(framing.length ?? lengths.maximum + extra);
    case 'rdw':
      while (cursor.left > 0) records.push(cursor.take(cursor.word(framing)));
      return records;
    case 'vb':
      while (cursor.left > 0) {
        const block = cursor.block(cursor.word(framing.bdw));
        while (block.left > 0) records.push(block.take(block.word(framing.rdw)));
      }
      return records;
    case 'fb':
      while (cursor.left > 0) {
        records.push(...cursor.block(cursor.word(framing.bdw)).fixed(framing.length ?? lengths.maximum + extra));
      }
      return records;
    case 'header': {
      // The format names no default for a header's `inclusive`: as for words, unless only the other one uses up the file.
      const { inclusive } = framing.header;
      const start = cursor.at;
      try {
        return headed(cursor, { ...framing.header, inclusive: inclusive ?? true });
      } catch (error) {
        if (inclusive !== undefined || !(error instanceof FramingError)) throw error;
        cursor.at = start;
        return headed(cursor, { ...framing.header, inclusive: false });
      }
    }
    case 'length-field':
      while (cursor.left > 0) {
        const text = lengths.fieldText(framing.field, cursor.ahead(lengths.maximum, framing.record_prefix));
        const length = mappedLength(text, framing.map);
        if (length === null)
          throw new FramingError(cursor.at, `${framing.field} gives no record length: ${text ?? 'unreadable'}`);
        records.push(cursor.take(length + framing.adjust, 1));
      }
      return records;
    case 'odo':
      while (cursor.left > 0) {
        const bytes = cursor.ahead(lengths.maximum, framing.record_prefix);
        records.push(cursor.take(lengths.byTables(bytes) + extra, 1));
      }
      return records;
    case 'text':
      return cursor.lines();
  }
}

type Header = Extract<Framing, { format: 'header' }>['header'] & { inclusive: boolean };

function headed(cursor: Cursor, header: Header): Uint8Array[] {
  const records: Uint8Array[] = [];
  while (cursor.left > 0) {
    const start = cursor.at;
    const bytes = cursor.take(header.size);
    if (header.offset + header.bytes > header.size) throw new FramingError(start, 'the length lies outside the header');
    const digits = [...bytes.subarray(header.offset, header.offset + header.bytes)];
    if (header.endian === 'little') digits.reverse();
    const length =
      digits.reduce((sum, byte) => sum * 256 + byte, 0) + header.adjust - (header.inclusive ? header.size : 0);
    const record = cursor.take(length);
    if (header.valid === undefined || matches(bytes, header.valid)) records.push(record);
  }
  return records;
}

function matches(header: Uint8Array, valid: { readonly offset: number; readonly hex: string }): boolean {
  const wanted = Buffer.from(valid.hex, 'hex');
  return Buffer.from(header.subarray(valid.offset, valid.offset + wanted.length)).equals(wanted);
}

function mappedLength(text: string | null, map: ReadonlyMap<string, number> | undefined): number | null {
  if (text === null) return null;
  const mapped = map?.get(text);
  if (mapped !== undefined) return mapped;
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}

class Cursor {
  at: number;
  private readonly bytes: Uint8Array;
  private readonly end: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  take(length: number, minimum = 0): Uint8Array {
    if (!Number.isSafeInteger(length) || length < minimum)
      throw new FramingError(this.at, `${length} is an impossible length`);
    if (length > this.left) throw new FramingError(this.at, `${length} bytes are needed, ${this.left} are left`);
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** What follows, at most `length` bytes of it, after `skip` bytes; nothing is taken. */
  ahead(length: number, skip: number): Uint8Array {
    return this.bytes.subarray(Math.min(this.at + skip, this.end), Math.min(this.at + skip + length, this.end));
  }

  block(length: number): Cursor {
    this.take(length);
    return new Cursor(this.bytes, this.at - length, this.at);
  }

  fixed(length: number): Uint8Array[] {
    const records: Uint8Array[] = [];
    while (this.left > 0) records.push(this.take(length, 1));
    return records;
  }

  /**
   * A record or block descriptor word:
   *
   *     big     0  2  length, high byte first     2  2  not looked at
   *     little  0  2  not looked at               2  2  length, low byte first
   */
  word({ endian, inclusive, adjust }: WordFraming): number {
    const start = this.at;
    const [a = 0, b = 0, c = 0, d = 0] = this.take(4);
    const length = (endian === 'big' ? a * 256 + b : d * 256 + c) + adjust - (inclusive ? 4 : 0);
    if (length < 0) throw new FramingError(start, `a descriptor word gives the length ${length}`);
    return length;
  }

  lines(): Uint8Array[] {
    const records: Uint8Array[] = [];
    while (this.left > 0) {
      const found = this.bytes.indexOf(0x0a, this.at);
      const newLine = found >= 0 && found < this.end ? found : null;
      const stop = newLine ?? this.end;
      const line = this.bytes.subarray(
        this.at,
        newLine !== null && this.bytes[stop - 1] === 0x0d && stop > this.at ? stop - 1 : stop,
      );
      if (line.length > 0) records.push(line);
      this.at = newLine === null ? stop : stop + 1;
    }
    return records;
  }
}
