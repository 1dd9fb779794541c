import type { ByteText, TextPiece } from '../bytes/byte-text.ts';
import { DigitsPiece } from '../bytes/digits-piece.ts';
import { writeJsonCharacters } from '../codec/json-text.ts';
import type { Catalog } from '../frames/catalog/catalog.ts';
import { keyDigits } from '../frames/header/key-digits.ts';
import type { MatchedPair } from '../streams/matched-pair.ts';

/** The key of a pair as people read it. It is moved from pair to pair. */
export class PairKey {
  readonly #digits: DigitsPiece;
  readonly #keyOf: (bytes: Uint8Array) => string;
  /** The key where it is digits, which are the same in JSON. */
  piece: TextPiece | null = null;
  #text = '';

  /** `keyOf` reads the key of a frame, for keys whose text is more than their number. */
  constructor(catalog: Catalog, keyOf: (bytes: Uint8Array) => string) {
    this.#digits = new DigitsPiece(keyDigits(catalog));
    this.#keyOf = keyOf;
  }

  /** The key, where there is no `piece`. */
  get text(): string {
    return this.#text;
  }

  move({ key, request }: MatchedPair): void {
    if (typeof key === 'number' && this.#digits.length > 0) {
      this.#digits.set(key);
      this.piece = this.#digits;
    } else {
      this.piece = null;
      this.#text = typeof key === 'string' ? key : this.#keyOf(request.bytes);
    }
  }

  write(out: ByteText): void {
    if (this.piece === null) out.text(this.#text);
    else out.piece(this.piece);
  }

  /** The same as it stands between quotation marks in JSON. */
  writeJson(out: ByteText): void {
    if (this.piece === null) writeJsonCharacters(this.#text, out);
    else out.piece(this.piece);
  }
}
