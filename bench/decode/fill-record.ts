import type { LayoutItem } from 'overpunch/copybook';
import { codePage } from 'overpunch/ebcdic';
import type { Random } from './random.ts';

/** What goes into a record of a case. */
export interface RecordContents {
  /** The text of a field, cut to its length. */
  text(item: LayoutItem, random: Random): string;
  /** The stored digits of a number; `null`: up to as many as there is room for, sometimes below zero. */
  number?(item: LayoutItem, random: Random): number | null;
  /** The view that a redefined area takes. */
  view?(views: readonly LayoutItem[], random: Random): LayoutItem;
}

const negativeZoned = 0.15;
const negativeOthers = 0.2;

/** Fill records with clean values. */
export class RecordFiller {
  readonly #contents: RecordContents;
  readonly #random: Random;
  readonly #page: ReturnType<typeof codePage>;
  /** How many entries tables have, by their counter. */
  readonly #counts = new Map<LayoutItem, number>();

  constructor(contents: RecordContents, random: Random, codepage: string) {
    this.#contents = contents;
    this.#random = random;
    this.#page = codePage(codepage);
  }

  /** Fill an item and what is below it, and give its end. */
  fill(bytes: Uint8Array, at: number, item: LayoutItem): number {
    const { occurs } = item;
    const count = occurs === null ? 1 : (this.#counts.get(occurs.counter ?? item) ?? occurs.maximum);
    let end = at;
    for (let entry = 0; entry < count; entry++) end = this.#one(bytes, end, item);
    return end;
  }

  #one(bytes: Uint8Array, at: number, item: LayoutItem): number {
    if (item.type !== null) {
      this.#field(bytes, at, item);
      return at + item.length;
    }
    let end = at;
    for (const child of item.children) {
      if (child.redefines !== null) continue;
      if (child.views.length === 0) {
        end = this.fill(bytes, end, child);
        continue;
      }
      bytes.fill(this.#page.blank, end, end + child.areaLength);
      this.fill(bytes, end, this.#contents.view?.(child.views, this.#random) ?? child);
      end += child.areaLength;
    }
    return end;
  }

  #field(bytes: Uint8Array, at: number, item: LayoutItem): void {
    const { type, length } = item;
    const given = this.#contents.number?.(item, this.#random) ?? null;
    if (given !== null) this.#counts.set(item, given);
    const value = (digits: number, signed: boolean, share: number): number => {
      if (given !== null) return given;
      const magnitude = this.#random.magnitude(digits);
      return signed && magnitude > 0 && this.#random.share() < share ? -magnitude : magnitude;
    };
    switch (type?.kind) {
      case 'text': {
        bytes.fill(this.#page.blank, at, at + length);
        const text = this.#page.encode(this.#contents.text(item, this.#random).slice(0, length));
        if ('unmappable' in text) throw new Error(`a text of ${item.path} is not in the code page`);
        bytes.set(text.bytes, at);
        return;
      }
      case 'zoned': {
        const number = value(type.digits, type.signed, negativeZoned);
        const digits = String(Math.abs(number)).padStart(length, '0');
        for (let index = 0; index < length; index++) bytes[at + index] = 0xc0 + digits.charCodeAt(index);
        const last = at + length - 1;
        if (type.signed) bytes[last] = ((bytes[last] ?? 0) & 15) | (number < 0 ? 0xd0 : 0xc0);
        return;
      }
      case 'packed': {
        const number = value(type.digits, type.signed, negativeOthers);
        const sign = type.signed ? (number < 0 ? 'D' : 'C') : 'F';
        const nibbles = `${Math.abs(number)}${sign}`.padStart(2 * length, '0');
        for (let index = 0; index < length; index++) {
          bytes[at + index] = Number.parseInt(nibbles.slice(2 * index, 2 * index + 2), 16);
        }
        return;
      }
      case 'binary': {
        let rest = BigInt.asUintN(64, BigInt(value(type.digits, type.signed, negativeOthers)));
        for (let index = length - 1; index >= 0; index--, rest >>= 8n) bytes[at + index] = Number(rest & 0xffn);
        return;
      }
      default:
        throw new Error(`${item.path} is of a kind that is not filled`);
    }
  }
}
