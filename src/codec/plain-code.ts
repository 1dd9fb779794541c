import { putDecimal } from '../bytes/put-json.ts';
import { type PlainField, putPlain } from './plain-json.ts';
import type { PlainNumber } from './plain-number.ts';

const mostDigits = 9; // that a 32-bit integer holds

/** What the code of `plainCode` calls, by name. */
export const plainCalls: Readonly<Record<string, unknown>> = { putDecimal, putPlain };

/**
 * Write the code that does what `putPlain` does for one field: straight-line code over the bytes `from` to `to` behind `start` in `bytes`, which
 * writes to `out` and moves `at`. `stop` is the code for a field that is not plain, with `at` as it was. What the code refers to is added
 * to `known`.
 */
export function plainCode(
  field: PlainField,
  from: number,
  to: number,
  stop: string,
  known: Record<string, unknown>,
): readonly string[] {
  const { number } = field;
  if (number === null) return textCode(field, from, to, stop, known);
  const value = numberCode(number, from, to, stop);
  if (value !== null) return [...value, ...decimalCode(number.scale, number.signed)];
  const name = nameOf(field, 'field', known);
  return [
    `const end = putPlain(${name}, bytes, start + ${from}, start + ${to}, out, at);`,
    `if (end < 0) ${stop}`,
    'at = end;',
  ];
}

function textCode(
  { characters, blank }: PlainField,
  from: number,
  to: number,
  stop: string,
  known: Record<string, unknown>,
): readonly string[] {
  const table = nameOf(characters, 'characters', known);
  return [
    `let next = start + ${from}, last = start + ${to}, place = at + 1;`,
    `while (last > next && bytes[last - 1] === ${blank}) last--;`,
    'let character = 1;',
    'for (; next < last; next++) {',
    `character = ${table}[bytes[next]];`,
    'if (character === 0) break;',
    'out[place++] = character;',
    '}',
    `if (character === 0) ${stop}`,
    'out[at] = 34; out[place] = 34; at = place + 1;',
  ];
}

/** Code that reads a number of few digits as `value`; `null` for others. */
function numberCode(number: PlainNumber, from: number, to: number, stop: string): readonly string[] | null {
  if (number.kind === 'bits') return bitsCode(number, from, to);
  const length = to - from;
  if ((number.kind === 'zoned' ? length : 2 * length - 1) > mostDigits) return null;
  return number.kind === 'zoned' ? zonedCode(number, from, length, stop) : packedCode(number, from, length, stop);
}

function bitsCode({ bit, bits }: PlainNumber, from: number, to: number): readonly string[] | null {
  if (to - from > 1) return null;
  return [`const value = (bytes[start + ${from}] >>> ${8 - bit - bits}) & ${(1 << bits) - 1};`];
}

function zonedCode({ zone, signed }: PlainNumber, from: number, length: number, stop: string): readonly string[] {
  const last = length - 1;
  const digits = Array.from({ length }, (_unused, index) => `d${index}`);
  const reads = digits.map((name, index) => {
    const byte = `bytes[start + ${from + index}]`;
    return signed && index === last ? `sign = ${byte}, ${name} = sign & 15` : `${name} = ${byte} - ${zone}`;
  });
  return [
    `const ${reads.join(', ')};`,
    `if ((${digits.map((name) => `${name} | (9 - ${name})`).join(' | ')}) < 0) ${stop}`,
    ...valueCode(digits.reduce((value, name) => `(${value} * 10 + ${name})`)),
    ...(signed ? signCode('sign & 240', 0xc0, 0xd0, stop) : []),
  ];
}

function packedCode({ signed, padded }: PlainNumber, from: number, length: number, stop: string): readonly string[] {
  const last = length - 1;
  const bytes = Array.from({ length }, (_unused, index) => `b${index}`);
  const reads = bytes.map((name, index) => `${name} = bytes[start + ${from + index}]`);
  const nibbles = bytes.flatMap((name, index) => [`(${name} >> 4)`, ...(index === last ? [] : [`(${name} & 15)`])]);
  // The first of an even number of digits is a pad.
  const limits = nibbles.map((nibble, index) => `${padded && index === 0 ? 0 : 9} - ${nibble}`);
  return [
    `const ${reads.join(', ')};`,
    `if ((${limits.map((limit) => `(${limit})`).join(' | ')}) < 0) ${stop}`,
    ...valueCode(nibbles.reduce((value, nibble) => `(${value} * 10 + ${nibble})`)),
    ...(signed ? signCode(`b${last} & 15`, 0x0c, 0x0d, stop) : [`if ((b${last} & 15) !== 15) ${stop}`]),
  ];
}

function valueCode(value: string): readonly string[] {
  return [`let value = ${value} | 0;`];
}

function signCode(sign: string, plus: number, minus: number, stop: string): readonly string[] {
  return [
    `if ((${sign}) === ${minus}) { if (value === 0) ${stop} value = -value; }`,
    `else if ((${sign}) !== ${plus}) ${stop}`,
  ];
}

/** Code that writes `value` with so many decimals. */
function decimalCode(scale: number, signed: boolean): readonly string[] {
  const write = `at = putDecimal(out, at, value, ${scale});`;
  if (scale !== 0 || signed) return [write];
  return [
    'if (value < 10) out[at++] = 48 + value;',
    'else if (value < 100) { const tens = (value * 205) >> 11; out[at] = 48 + tens; out[at + 1] = 48 + value - 10 * tens; at += 2; }',
    `else ${write}`,
  ];
}

/** The name of a value in the code: one for the same value. */
function nameOf(value: unknown, kind: string, known: Record<string, unknown>): string {
  for (const [name, other] of Object.entries(known)) if (other === value) return name;
  const name = `${kind}${Object.keys(known).length}`;
  known[name] = value;
  return name;
}
