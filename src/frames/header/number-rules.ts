import { codePage } from '../../ebcdic/open-code-page.ts';
import type { TimeFormat } from '../catalog/catalog.ts';
import type { ByteRule } from './byte-rule.ts';
import { dateDigits, lastTime } from './event-time.ts';
import { blankToken } from './field-number.ts';
import type { HeaderField } from './header-field.ts';
import { numberCode, textCode } from './number-code.ts';
import { timeCode } from './time-code.ts';

/** The rules of a field's number, from 0 up to `most` at least; `null` where there are none as simple. */
export function numberRules(field: HeaderField, most: number = Number.MAX_SAFE_INTEGER): readonly ByteRule[] | null {
  const { type, settings, start, end } = field;
  if (numberCode(field, 'n') === null) return null;
  const bits = Math.floor(Math.log2(most + 1)); // of numbers that are surely no more
  switch (type.kind) {
    case 'zoned':
      if (type.signed || 10 ** type.digits > most) return null;
      return [{ kind: 'zoned', start, end, zone: zoneOf(settings.codepage) }];
    case 'packed': {
      if (10 ** type.digits > most) return null;
      const padded = 2 * (end - start) - (type.signNibble ? 1 : 0) > type.digits;
      return [{ kind: 'packed', start, end, sign: !type.signNibble ? 'none' : type.signed ? 'any' : 'plus', padded }];
    }
    case 'binary':
      return binaryRules(start, end, type.order === 'little', bits);
    case 'bits':
      return type.bits > bits ? null : [];
    default:
      return null;
  }
}

/** The rules of what only tells one from another: see `tokenReading`. `blank`: see there. */
export function tokenRules(field: HeaderField, blank: number): readonly ByteRule[] | null {
  if (numberCode(field, 'n') !== null) return numberRules(field);
  if (textCode(field, blank, 'n') === null) return null;
  const { start, end, settings } = field;
  return Number.isNaN(blank) ? [] : [{ kind: 'text', start, end, blank: codePage(settings.codepage).blank }];
}

/** The same, where blanks are no value. */
export function textRules(field: HeaderField): readonly ByteRule[] | null {
  return tokenRules(field, blankToken(field));
}

/** The rules of an event time. */
export function timeRules(field: HeaderField, format: TimeFormat): readonly ByteRule[] | null {
  if (timeCode(field, format) === null) return null;
  const { start, end, settings } = field;
  switch (format.kind) {
    case 'stck':
      return [];
    case 'digits':
      return [
        { kind: 'zoned', start, end, zone: zoneOf(settings.codepage) },
        { kind: 'date', start: start + dateDigits - 10 },
      ];
    case 'seconds':
      return numberRules(field, lastTime / 1000);
    case 'milliseconds':
      return numberRules(field, lastTime);
    case 'microseconds':
      return numberRules(field);
  }
}

/** Numbers of more bits are left to others, negative ones of as many bytes too. */
function binaryRules(start: number, end: number, little: boolean, bits: number): readonly ByteRule[] {
  let mask = 0n;
  for (let bit = bits; bit < 8 * (end - start); bit++) {
    const byte = little ? bit >> 3 : end - start - 1 - (bit >> 3);
    mask |= 1n << BigInt(8 * byte + (bit & 7));
  }
  return mask === 0n ? [] : [{ kind: 'zeros', start, mask }];
}

function zoneOf(name: string): number {
  return codePage(name).family === 'ascii' ? 0x30 : 0xf0;
}
