import { OverpunchError } from '../../errors.ts';
import { jsonBytes, numberedKey, readJson } from '../../rewards/saved-key.ts';
import type { Environment, Table } from '../../state/environment.ts';

const pieceLength = 1 << 19; // bytes: what one commit can write on the side
const usualMost = 256 << 20; // bytes of all texts: as much as the journal keeps that refers to them
const mark = '@sha256:'; // no YAML or JSON starts with an at sign
const kinds = { control: 0, text: 1, piece: 2 } as const;

/** A long text, and what is said in its place. */
export interface ReferredText {
  readonly reference: string;
  readonly bytes: Uint8Array;
}

/** Number of a text, its bytes, and when it was used last. */
type Kept = readonly [id: number, length: number, used: number];

/** What the next text, or use of one, is numbered, and the bytes of all texts. */
type Control = readonly [next: number, bytes: number];

/** Name a text by its SHA-256, in base64. */
export function referenceTo(hash: string): string {
  return `${mark}${hash}`;
}

/** Whether a text is a reference to one. */
export function isReference(text: string): boolean {
  return text.startsWith(mark);
}

/**
 * Long texts that a journal refers to, in the environment of a partition. They are written piece by piece, a piece in each of several commits, so that a
 * journal entry of many megabytes makes no commit a pause: the entry that refers to a text comes when all of it is there.
 *
 * Of more than `most` bytes (default 256 MiB) those are dropped that were used longest ago.
 */
export class KeptTexts {
  readonly #table: Table;
  readonly #most: number;

  constructor(environment: Environment, stage: string, most: number = usualMost) {
    this.#table = environment.table(`campaigns-${stage}`);
    this.#most = most;
  }

  /** Whether all of a text is there. */
  has(reference: string): boolean {
    const kept = this.#find(reference);
    return kept !== null && this.#table.get(pieceKey(kept[0], countOf(kept[1]) - 1)) !== undefined;
  }

  /** In how many pieces a text is kept. */
  piecesOf({ bytes }: ReferredText): number {
    return countOf(bytes.length);
  }

  /** Write a piece of a text inside of a commit, from 0 on. */
  put({ reference, bytes }: ReferredText, piece: number): void {
    const known = piece === 0 ? null : this.#find(reference);
    const id = known?.[0] ?? this.#use(reference, bytes.length);
    this.#table.put(pieceKey(id, piece), bytes.subarray(piece * pieceLength, (piece + 1) * pieceLength));
  }

  /** Write all of a text inside of a commit. */
  putAll(text: ReferredText): void {
    for (let piece = 0; piece < this.piecesOf(text); piece++) this.put(text, piece);
  }

  /** Note inside of a commit that a text is referred to. */
  touch(reference: string): void {
    const kept = this.#find(reference);
    if (kept !== null) this.#use(reference, kept[1]);
  }

  /** The bytes of a text. Throws JOURNAL_INPUT when it is not there. */
  get(reference: string): Uint8Array {
    const [id = 0, length = 0] = this.#find(reference) ?? [];
    const bytes = new Uint8Array(length);
    let end = 0;
    for (let piece = 0; end < length; piece++) {
      const found = this.#table.get(pieceKey(id, piece));
      if (found === undefined) break;
      bytes.set(found, end);
      end += found.length;
    }
    if (length > 0 && end === length) return bytes;
    throw new OverpunchError(
      'JOURNAL_INPUT',
      `the text ${reference}, to which the journal refers, is not kept any more`,
      {
        hint: 'the newest texts are kept, 256 MiB of them: what was decided by an older one cannot be decided again',
      },
    );
  }

  /** Drop a text inside of a commit, if there are too many bytes, but for the one that is in force. */
  dropOld(inForce: string): void {
    const [next, bytes] = this.#control();
    if (bytes <= this.#most) return;
    const spared = isReference(inForce) ? textKey(inForce) : textKey('');
    let oldest: { readonly key: Uint8Array; readonly kept: Kept } | null = null;
    for (const { key, value } of this.#table.range({ from: numberedKey(kinds.text), to: numberedKey(kinds.piece) })) {
      const kept = readJson(value) as Kept;
      if (Buffer.compare(key, spared) !== 0 && (oldest === null || kept[2] < oldest.kept[2])) oldest = { key, kept };
    }
    if (oldest === null) return;
    const { key, kept } = oldest;
    for (let piece = 0; piece < countOf(kept[1]); piece++) this.#table.delete(pieceKey(kept[0], piece));
    this.#table.delete(key);
    this.#table.put(controlKey, jsonBytes([next, bytes - kept[1]]));
  }

  /** Note the use of a text, which may be a new one; its number. */
  #use(reference: string, length: number): number {
    const [next, bytes] = this.#control();
    const known = this.#find(reference);
    const id = known?.[0] ?? next;
    this.#table.put(textKey(reference), jsonBytes([id, length, next]));
    this.#table.put(controlKey, jsonBytes([next + 1, known === null ? bytes + length : bytes]));
    return id;
  }

  #find(reference: string): Kept | null {
    const value = this.#table.get(textKey(reference));
    return value === undefined ? null : (readJson(value) as Kept);
  }

  #control(): Control {
    const value = this.#table.get(controlKey);
    return value === undefined ? [0, 0] : (readJson(value) as Control);
  }
}

const controlKey = numberedKey(kinds.control);

function textKey(reference: string): Uint8Array {
  return Buffer.concat([numberedKey(kinds.text), Buffer.from(reference.slice(mark.length), 'base64')]);
}

function pieceKey(id: number, piece: number): Uint8Array {
  return numberedKey(kinds.piece, id, piece);
}

function countOf(length: number): number {
  return Math.max(1, Math.ceil(length / pieceLength));
}
