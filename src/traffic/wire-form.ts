import { putDigits } from '../bytes/put-digits.ts';
import { putAscii, putBytes, putWhole } from '../bytes/put-json.ts';
import { itemsBelow } from '../codec/field-settings.ts';
import { jsonText } from '../codec/json-text.ts';
import type { LayoutItem } from '../copybook/layout.ts';
import { OverpunchError } from '../errors.ts';
import { type BodyCompressor, bodyCompressor } from '../frames/catalog/body-compressor.ts';
import type { Catalog, FrameType } from '../frames/catalog/catalog.ts';
import type { FieldPlace, FormOptions } from './form-slots.ts';
import { type FrameForm, frameForm } from './frame-form.ts';
import type { WordPool } from './word-pool.ts';

/** Who sends a frame, and when. */
export interface Envelope {
  /** Point of sale; 0 is all of them. */
  readonly terminal: number;
  readonly transaction: number;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Sent before, under the same key. */
  readonly resent: boolean;
}

const keptBodies = 256;
const asciiZone = 0x30;
const room = 100_000; // transactions of a terminal: keys are its number and five digits

/** A type of frame as it goes over the line: its form, what the header always says about it, and its compression. */
export class WireForm {
  readonly type: FrameType;
  readonly form: FrameForm;
  readonly headerLength: number;
  readonly #catalog: Catalog;
  readonly #key: readonly FieldPlace[];
  readonly #changing: readonly FieldPlace[];
  readonly #keyIsNumber: boolean;
  readonly #sequence: FieldPlace | undefined;
  readonly #time: FieldPlace | undefined;
  readonly #length: FieldPlace | undefined;
  readonly #resent: FieldPlace | undefined;
  readonly #flag: FieldPlace | undefined;
  readonly #flagValue: number;
  readonly #compressor: BodyCompressor | null;
  readonly #cutByte: number;
  /** Start of a truth line's members, up to the key. */
  readonly #truthHead: Uint8Array;
  readonly #headRoom: number;
  /** How many were captured. */
  captured = 0;
  #scratch = new Uint8Array(0);
  /** Frames whose bodies come again, by the number that tells them apart. */
  readonly #kept = new Map<number, Uint8Array>();
  #bodyNumber = 0;

  /** Throws USAGE for a header that cannot be filled in. */
  constructor(catalog: Catalog, type: FrameType, words: WordPool, options: FormOptions) {
    const { header } = catalog;
    const codec = type.codec();
    const keyItems = leaves(header.record.items, header.fields.key, header);
    const texts = [...keyItems, header.fields.time, header.fields.sequence].flatMap((item) =>
      item?.type?.kind === 'text' ? (item.name ?? []) : [],
    );
    const form = frameForm(codec, words, { ...options, digits: new Set([...options.digits, ...texts]) });
    this.type = type;
    this.form = form;
    this.headerLength = header.length;
    this.#catalog = catalog;
    const place = (item: LayoutItem | null, what: string): FieldPlace | undefined => {
      if (item === null) return undefined;
      const field = form.field(item.name ?? '');
      if (field === undefined || field.form.meaning === 'constant' || field.form.meaning === 'word') {
        throw new OverpunchError(
          'USAGE',
          `generate cannot fill in the ${what} of the header, ${item.name ?? 'FILLER'}`,
          {
            hint: 'it takes unsigned numbers, and texts for the key',
            exitStatus: 2,
          },
        );
      }
      return field;
    };
    this.#key = keyItems.map((item) => place(item, 'key')).filter((field) => field !== undefined);
    this.#keyIsNumber = header.fields.key.type !== null && header.fields.key.type.kind !== 'text';
    this.#sequence = place(header.fields.sequence, 'sequence');
    this.#time = place(header.fields.time, 'time');
    this.#length = place(header.fields.length, 'length');
    this.#resent = form.field('ITC-RESENT');
    const { compression } = type;
    const flag = compression === null || compression.flag === 0 ? null : flagItem(catalog, compression.flag);
    this.#flag = flag === null ? undefined : form.field(flag.item.name ?? '');
    this.#flagValue = flag?.value ?? 0;
    this.#cutByte = compression?.scheme === 'cut' ? (compression.options.fill ?? words.blank) : -1;
    this.#compressor =
      compression === null || compression.scheme === 'cut' ? null : bodyCompressor(compression, header.length, codec);
    this.#changing = [...this.#key, this.#sequence, this.#time, this.#resent].filter((field) => field !== undefined);
    const head = `,"type":${jsonText(type.name)},"role":"${type.role}","key":"`;
    this.#truthHead = new TextEncoder().encode(head);
    this.#headRoom = this.#key.reduce((sum, { form }) => sum + form.item.length + 20, this.#truthHead.length);
    this.#setConstants(words);
  }

  /** The place of a field that changes. Throws USAGE when the type does not have it. */
  at(name: string): number {
    const field = this.form.field(name);
    if (field !== undefined) return field.index;
    throw new OverpunchError('USAGE', `${this.type.name} has no ${name}, which its traffic needs`, {
      hint: 'the types of the ITC protocol must have the fields they have in copybooks/itc',
    });
  }

  /** Distance of two entries of the table that a field is in. */
  stride(name: string): number {
    return this.form.field(name)?.strides.at(-1) ?? 0;
  }

  /** The most bytes a frame takes. */
  get room(): number {
    return 2 * this.form.maximumLength + 64;
  }

  /**
   * Say that the body of the next frame is the one with this number, and whether it is known: then its fields need not be filled in,
   * unless `json` is asked for.
   */
  nextBody(number: number): boolean {
    this.#bodyNumber = number;
    return this.#kept.has(number);
  }

  /** Write a frame; returns its length. There must be `room`. */
  write(out: Uint8Array, at: number, envelope: Envelope): number {
    this.#setEnvelope(envelope);
    const number = this.#bodyNumber;
    if (number === 0) return this.#writeWhole(out, at);
    this.#bodyNumber = 0;
    const kept = this.#kept.get(number);
    if (kept !== undefined) {
      out.set(kept, at);
      this.#putEnvelope(out, at);
      if (this.#length !== undefined) {
        this.form.values[this.#length.index] = kept.length - this.#catalog.header.lengthAdjustment;
      }
      return kept.length;
    }
    const length = this.#writeWhole(out, at);
    if (this.#kept.size >= keptBodies) this.#kept.clear();
    this.#kept.set(number, out.slice(at, at + length));
    return length;
  }

  #writeWhole(out: Uint8Array, at: number): number {
    const { form, headerLength } = this;
    if (this.#compressor !== null) return this.#writeCompressed(out, at, this.#compressor);
    let length = form.write(out, at);
    if (this.#cutByte >= 0) while (length > headerLength && out[at + length - 1] === this.#cutByte) length--;
    this.putLength(out, at, length);
    return length;
  }

  /** Write the members of a truth line that follow `length`, up to the key; returns where they end. */
  putTruthHead(out: Uint8Array, at: number, envelope: Envelope): number {
    const key = this.#putKey(out, putBytes(out, at, this.#truthHead), envelope);
    return putAscii(out, key, '"');
  }

  /** Whether the header counts frames. */
  get hasSequence(): boolean {
    return this.#sequence !== undefined;
  }

  /** Whether the header has the time. */
  get hasTime(): boolean {
    return this.#time !== undefined;
  }

  /** The most bytes that the start of a truth line and the value take. */
  get truthRoom(): number {
    return this.#headRoom + this.form.jsonRoom;
  }

  /** The key of an envelope as people read it. */
  #putKey(out: Uint8Array, at: number, { terminal, transaction }: Envelope): number {
    const [only] = this.#key;
    if (this.#key.length === 1 && only !== undefined && this.#keyIsNumber) {
      return putWhole(out, at, keyNumber(terminal, transaction, only));
    }
    let end = at;
    for (const { form, index } of this.#key) {
      putDigits(out, end, form.item.length, (this.form.values[index] as number) % (form.maximum + 1), asciiZone);
      end += form.item.length;
    }
    return end;
  }

  #writeCompressed(out: Uint8Array, at: number, compressor: BodyCompressor): number {
    const { form } = this;
    if (this.#scratch.length === 0) this.#scratch = new Uint8Array(form.maximumLength);
    const flag = this.#flag;
    if (flag !== undefined) form.values[flag.index] = this.#flagValue;
    const plain = form.write(this.#scratch, 0);
    const frame = this.#scratch.subarray(0, plain);
    const compressed = compressor.compress(frame);
    if (flag !== undefined && compressed.length >= plain) {
      form.values[flag.index] = 0;
      const length = form.write(out, at);
      this.putLength(out, at, length);
      return length;
    }
    out.set(compressed, at);
    this.putLength(out, at, compressed.length);
    return compressed.length;
  }

  /** Write the length of a frame into its header. */
  putLength(out: Uint8Array, at: number, length: number): void {
    const field = this.#length;
    if (field === undefined) return;
    const value = length - this.#catalog.header.lengthAdjustment;
    this.form.values[field.index] = value;
    const { item } = field.form;
    field.form.put(out, 8 * (at + item.offset) + item.bit, value);
  }

  #setEnvelope({ terminal, transaction, sequence, time, resent }: Envelope): void {
    const { values } = this.form;
    const key = this.#key;
    const last = key.length - 1;
    if (last === 1) {
      values[(key[0] as FieldPlace).index] = terminal;
      values[(key[1] as FieldPlace).index] = transaction;
    } else {
      for (let index = 0; index <= last; index++) {
        const field = key[index] as FieldPlace;
        values[field.index] =
          last === 0
            ? keyNumber(terminal, transaction, field)
            : index === 0
              ? terminal
              : index === last
                ? transaction
                : 0;
      }
    }
    if (this.#sequence !== undefined) values[this.#sequence.index] = sequence;
    if (this.#time !== undefined) values[this.#time.index] = this.#timeNumber(time);
    if (this.#resent !== undefined) values[this.#resent.index] = resent ? 1 : 0;
  }

  /** Write what changes from envelope to envelope over a header that is there. */
  #putEnvelope(out: Uint8Array, at: number): void {
    const { values } = this.form;
    for (const { form, index } of this.#changing) {
      const { item } = form;
      const first = at + item.offset;
      if (item.bitLength % 8 !== 0 || item.bit !== 0) clearBits(out, 8 * first + item.bit, item.bitLength);
      form.put(out, 8 * first + item.bit, values[index] as number);
    }
  }

  #timeNumber(time: number): number {
    switch (this.#catalog.header.timeFormat.kind) {
      case 'seconds':
        return Math.floor(time / 1000);
      case 'microseconds':
        return time * 1000;
      default:
        return time;
    }
  }

  /** What the header says of every frame of the type. */
  #setConstants(words: WordPool): void {
    const { header } = this.#catalog;
    const { type } = this;
    const set = (item: LayoutItem, text: string): void => {
      const field = this.form.fields.find(
        ({ form }) => form.item.name === item.name && form.item.offset === item.offset,
      );
      if (field === undefined) return;
      const { form, index } = field;
      if (form.meaning === 'word') this.form.values[index] = words.word(text);
      else if (form.meaning === 'number') this.form.values[index] = Number(text) || 0;
    };
    for (const item of header.record.items) if (item.name === 'ITC-VERSION') set(item, 'I1');
    const [direction] = header.directions[type.role];
    if (header.fields.direction !== null && direction !== undefined) set(header.fields.direction, direction);
    for (const [index, item] of header.discriminators.entries()) {
      const [value] = type.when[index] ?? [];
      if (value !== undefined) set(item, value);
    }
  }
}

function clearBits(out: Uint8Array, bit: number, bits: number): void {
  for (let at = bit; at < bit + bits; at++) out[at >>> 3] = (out[at >>> 3] as number) & ~(0x80 >>> (at & 7));
}

function keyNumber(terminal: number, transaction: number, { form }: FieldPlace): number {
  return (terminal * room + transaction) % (form.maximum + 1);
}

function leaves(items: readonly LayoutItem[], key: LayoutItem, { record }: Catalog['header']): readonly LayoutItem[] {
  const below = itemsBelow(record, key);
  return items.filter((item) => item.type !== null && item.name !== null && below.includes(item));
}

/** The item whose bits a mask of the flags are, and its value when all of them are set. */
function flagItem({ header }: Catalog, mask: number): { readonly item: LayoutItem; readonly value: number } | null {
  const { flags } = header.fields;
  if (flags === null) return null;
  if (flags.type !== null) return { item: flags, value: mask };
  const end = 8 * flags.offset + flags.bit + flags.bitLength;
  for (const item of itemsBelow(header.record, flags)) {
    const shift = end - (8 * item.offset + item.bit + item.bitLength);
    const own = (2 ** item.bitLength - 1) * 2 ** shift;
    if (item.type !== null && item.name !== null && own === mask) return { item, value: 2 ** item.bitLength - 1 };
  }
  return null;
}
