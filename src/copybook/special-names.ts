import type { TextWord } from './text-word.ts';

/** What SPECIAL-NAMES says about numbers; it watches the words of the ENVIRONMENT DIVISION go by. */
export class SpecialNames {
  decimalComma = false;
  /** PICTURE symbol → the text it stands for. */
  readonly currency: Map<string, string> = new Map();
  #previous = '';
  /** The CURRENCY SIGN literal whose PICTURE SYMBOL may follow. */
  #sign: string | null = null;
  #inSign = false;

  see(word: TextWord): void {
    const text = word.kind === 'literal' ? literalText(word.text) : word.text.toUpperCase();
    if (word.kind === 'literal') this.#literal(text);
    else if (text === 'IS' || text === 'SIGN' || text === 'WITH') return;
    else {
      if (text === 'COMMA' && this.#previous === 'DECIMAL-POINT') this.decimalComma = true;
      this.#inSign = text === 'CURRENCY' || (this.#inSign && text === 'PICTURE') || (this.#inSign && text === 'SYMBOL');
      if (text === 'CURRENCY') this.#sign = null;
    }
    this.#previous = text;
  }

  #literal(text: string): void {
    if (!this.#inSign || text === '') return;
    if (this.#sign !== null && this.#previous === 'SYMBOL') {
      this.currency.delete(this.#sign);
      this.currency.set(text, this.#sign);
      this.#inSign = false;
    } else {
      this.#sign = text;
      this.currency.set(text, text);
    }
  }
}

function literalText(literal: string): string {
  return literal.replace(/^[A-Za-z]{0,2}["']/, '').slice(0, -1);
}
