import type { Picture } from '../copybook/picture.ts';
import { type Decimal, parseDecimal } from './decimal.ts';

/**
 * Read a numeric-edited text back by its picture; `null` when it is no number.
 *
 * Blanks, `*`, the currency sign and insertion characters are passed over; `-`, CR or DB anywhere makes it negative; the decimal
 * point is where the text has it, or for V and P where the picture says. A `0` that the picture inserts is no digit.
 */
export function readEdited(text: string, picture: Picture): Decimal | null {
  if (picture.category === 'external-float') {
    const plain = text.replaceAll(picture.decimalComma ? ',' : '.', '.').replace(/\s+/g, '');
    // Two digits of exponent are all a picture has: what is beyond a double was not edited by it.
    return Number.isFinite(Number(plain)) ? parseDecimal(plain) : null;
  }
  const aligned = positions(picture);
  const point = picture.decimalComma ? ',' : '.';
  const explicit = picture.runs.some((run) => run.symbol === point);
  const bare = picture.currency === '' ? text : text.replace(picture.currency, ' '.repeat(picture.currency.length));
  const negative = /-|CR|DB/i.test(bare);
  const rest = bare.replace(/CR|DB/i, '  ');
  let digits = '';
  let scale = 0;
  let afterPoint = false;
  for (let at = 0; at < rest.length; at++) {
    const character = rest.charAt(at);
    if (character >= '0' && character <= '9') {
      if (character === '0' && aligned[at] === '0') continue;
      digits += character;
      if (afterPoint) scale++;
    } else if (character === point) {
      if (afterPoint || !explicit) return null;
      afterPoint = true;
    } else if (!' *+-,./'.includes(character)) {
      return null;
    }
  }
  if (digits === '') return null;
  if (!explicit) scale = picture.scale;
  const plain = digits.replace(/^0+(?=.)/, '');
  return { negative: negative && plain !== '0', digits: plain, scale };
}

/** The symbol at each character of the text. */
function positions(picture: Picture): readonly string[] {
  const symbols: string[] = [];
  let currency = picture.currency;
  for (const { symbol, count } of picture.runs) {
    if (symbol === 'S' || symbol === 'V' || symbol === 'P') continue;
    for (let repeated = 0; repeated < count; repeated++) {
      const width = symbol === '¤' && currency !== '' ? currency.length : symbol.length;
      if (symbol === '¤') currency = '';
      for (let taken = 0; taken < width; taken++) symbols.push(symbol);
    }
  }
  return symbols;
}
