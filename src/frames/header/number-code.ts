import type { FieldType } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import { decimalCode, joinCode, packedDigitsCode, zonedDigitsCode } from './digit-code.ts';
import { digitsOf, longestText } from './field-number.ts';
import type { HeaderField } from './header-field.ts';
import { type LoadSize, loadCode, unsignedCode } from './load-code.ts';

/** JavaScript that reads a number in one go where its bytes hold nothing unusual; see `load-code.ts` for what it knows. */
export interface NumberCode {
  /** Declares constants whose names start with the prefix that was given. */
  readonly lines: readonly string[];
  /** Integer expressions of which one is not 0 when the bytes must be looked at more closely. */
  readonly faults: readonly string[];
  /** The number, an expression. */
  readonly value: string;
}

/** Write the code of a field's number; `null` when the codec must read it. */
export function numberCode(field: HeaderField, prefix: string): NumberCode | null {
  const { type, settings, options, start, end } = field;
  if (settings.as !== 'item' || field.scale !== 0) return null;
  switch (type.kind) {
    case 'zoned': {
      const { family } = codePage(settings.codepage);
      if (type.encoding !== 'single-byte' || type.separate || type.digits > 15) return null;
      if (!type.signed) return zonedDigitsCode(start, end, family === 'ascii' ? 0x30 : 0xf0, prefix);
      if (family === 'ascii' || type.sign === 'leading' || options.zoned === 'lenient') return null;
      return signedDigitsCode(field, prefix);
    }
    case 'packed':
      return type.digits > 15 ? null : packedCode(field, type, prefix);
    case 'binary':
      return binaryCode(field, type.order === 'little', type.signed, prefix);
    case 'bits':
      return bitsCode(field, type.bits);
    default:
      return null;
  }
}

/** Write the code of the number of a text's bytes; `null` when it is too long for a number. */
export function textCode(field: HeaderField, blank: number, prefix: string): NumberCode | null {
  const { numeric, start, end } = field;
  if (numeric || end - start > longestText) return null;
  const lines = [`const ${prefix} = ${unsignedCode(start, end)};`];
  return { lines, faults: Number.isNaN(blank) ? [] : [`(${prefix} === ${blank} ? 1 : 0)`], value: prefix };
}

/** Write the code of one number of fields of digits that follow one another. */
export function joinedCode(fields: readonly HeaderField[], prefix: string): NumberCode | null {
  const parts = fields.map((field, index) => {
    const code = numberCode(field, `${prefix}${index}_`);
    return code === null ? null : { ...code, unit: 10 ** digitsOf(field) };
  });
  const found = parts.filter((part) => part !== null);
  return found.length < parts.length ? null : joinCode(found);
}

/** The last digit has a sign for its zone: A, C, E, F plus, B, D minus. */
function signedDigitsCode({ start, end }: HeaderField, prefix: string): NumberCode {
  const head = zonedDigitsCode(start, end - 1, 0xf0, prefix);
  const last = `${prefix}s`;
  const digit = `(${last} & 15)`;
  return {
    lines: [
      ...head.lines,
      `const ${last} = ${loadCode({ start: end - 1, size: 1 }, false)};`,
      `const ${prefix}v = ${end - start === 1 ? digit : decimalCode(head.value, 10, digit)};`,
    ],
    faults: [...head.faults, `(9 - ${digit} | ${last} - 160) >> 31`],
    value: signedCode(`${prefix}v`, `${last} >> 4`),
  };
}

function packedCode(
  { start, end }: HeaderField,
  { digits, signed, signNibble }: Extract<FieldType, { kind: 'packed' }>,
  prefix: string,
): NumberCode {
  const { lines, faults, value, sign } = packedDigitsCode(start, end, signNibble, prefix);
  const padded = 2 * (end - start) - (signNibble ? 1 : 0) > digits;
  // A pad nibble that is not 0 is no part of the value.
  const pad = padded ? [`${loadCode({ start, size: 1 }, false)} & 240`] : [];
  if (!signNibble) return { lines, faults: [...faults, ...pad], value };
  // Bits 0-9, 11 and 13 of the mask: an unsigned field is hardly ever negative.
  if (!signed) return { lines, faults: [...faults, ...pad, `11263 >> ${sign} & 1`], value };
  return {
    lines: [...lines, `const ${prefix}v = ${value};`],
    faults: [...faults, ...pad, `(${sign} - 10) >> 31`],
    value: signedCode(`${prefix}v`, sign),
  };
}

/** A magnitude with its sign nibble, minus for B and D (bits 11 and 13 of the mask); never −0. */
function signedCode(magnitude: string, nibble: string): string {
  return `(10240 >> (${nibble}) & 1 ? 0 - ${magnitude} : ${magnitude})`;
}

function binaryCode(field: HeaderField, little: boolean, signed: boolean, prefix: string): NumberCode | null {
  const { start, end } = field;
  const length = end - start;
  if (length === 1 || length === 2 || length === 4) {
    return { lines: [], faults: [], value: loadCode({ start, size: length satisfies LoadSize }, signed, little) };
  }
  if (length !== 8)
    return signed || little || length > 6 ? null : { lines: [], faults: [], value: unsignedCode(start, end) };
  const high = loadCode({ start: little ? start + 4 : start, size: 4 }, signed, little);
  const low = loadCode({ start: little ? start : start + 4, size: 4 }, false, little);
  const most = Number.MAX_SAFE_INTEGER;
  return {
    lines: [`const ${prefix} = ${high} * 4294967296 + ${low};`],
    faults: [`(${prefix} > ${most} || ${prefix} < -${most} ? 1 : 0)`],
    value: prefix,
  };
}

function bitsCode({ item, start, end }: HeaderField, bits: number): NumberCode | null {
  const rest = 8 * (end - start) - item.bit - bits;
  if (item.bit + bits > 48) return null;
  const whole = unsignedCode(start, end);
  const shifted =
    rest === 0 ? whole : end - start <= 2 ? `(${whole} >> ${rest})` : `Math.floor(${whole} / ${2 ** rest})`;
  if (item.bit === 0) return { lines: [], faults: [], value: shifted };
  return {
    lines: [],
    faults: [],
    value: bits < 31 && end - start <= 4 ? `(${shifted} & ${2 ** bits - 1})` : `(${shifted} % ${2 ** bits})`,
  };
}
