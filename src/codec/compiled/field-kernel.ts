import type { FieldType, LayoutItem } from '../../copybook/layout.ts';
import { codePage } from '../../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from '../codec-options.ts';
import { decimalText } from '../decimal.ts';
import { isReadAsNumber } from '../edited-reader.ts';
import { type FieldSettings, isRaw } from '../field-settings.ts';
import { bitsStyle, type NumberStyle, numberStyle } from '../number-value.ts';
import { scaledType } from '../scaled-type.ts';
import type { BlankNumber, Kernel } from './kernel.ts';

type TypeOf<Kind extends FieldType['kind']> = Extract<FieldType, { kind: Kind }>;

const exactDigits = 15; // decimals of so many digits print back from a double
const mostDigits = 64; // of a decimal; COBOL has 38
const longestText = 32_768; // bytes: longer text is rare, and its JSON might not fit the output

/** Choose how a field is read. What has no kernel is left to the reference decoder's reader. */
export function fieldKernel(item: LayoutItem, settings: FieldSettings, options: ResolvedOptions): Kernel {
  const { length } = item;
  if (item.type === null || isRaw(settings)) return reference('hexadecimal or bits');
  const type = scaledType(item.type, settings);
  if (settings.as === 'packed-unsigned') return packedUnsigned(type, length, settings);
  switch (type.kind) {
    case 'text':
      if (type.encoding === 'utf8') return text(length, 'utf8', type.justified, settings, options);
      if (type.encoding !== 'single-byte') return reference(type.encoding);
      return text(length, settings.codepage, type.justified, settings, options);
    case 'edited':
      if (type.encoding !== 'single-byte' || isReadAsNumber(type, options)) return reference('edited');
      return text(length, settings.codepage, type.justified, settings, options);
    case 'zoned':
      return zoned(type, length, settings, options);
    case 'packed': {
      const form = decimalForm(type.digits, type.scale, numberStyle(type, 0, settings.numbers, false));
      if (form === null) return reference('long or rounded number');
      const sign = !type.signNibble ? 'none' : type.signed ? 'signed' : 'unsigned';
      const blank = sign === 'none' ? null : blankNumber(form, settings);
      const { digits, scale, quoted } = form;
      return { kind: 'packed', length, sign, digits, scale, quoted, blank };
    }
    case 'binary':
      return binary(type, length, settings, options);
    case 'bits':
      return bits(type, settings);
    case 'float':
      return reference('float');
  }
}

function reference(why: string): Kernel {
  return { kind: 'reference', why };
}

function text(
  length: number,
  codepage: string,
  justified: boolean,
  settings: FieldSettings,
  options: ResolvedOptions,
): Kernel {
  const page = codePage(codepage, { nel: options.nel });
  if (page.kind === 'dbcs' || length > longestText) return reference(page.kind === 'dbcs' ? 'dbcs' : 'long text');
  const trim = settings.trim === 'justified' ? (justified ? 'left' : 'right') : settings.trim;
  if (trim === 'nul' && page.kind === 'mixed') return reference("X'00' among double-byte blanks");
  const others = page.kind === 'single-byte' ? 'none' : 'reference';
  return { kind: 'text', length, codepage: page.name, nel: options.nel, trim, others };
}

function zoned(type: TypeOf<'zoned'>, length: number, settings: FieldSettings, options: ResolvedOptions): Kernel {
  const form = decimalForm(type.digits, type.scale, numberStyle(type, 0, settings.numbers, false));
  if (type.encoding === 'national') return reference('national digits');
  if (type.blankWhenZero) return reference('BLANK WHEN ZERO');
  if (form === null) return reference('long or rounded number');
  const { separate, signed } = type;
  const ebcdic = codePage(settings.codepage).family === 'ebcdic';
  if (!ebcdic && signed && !separate) return reference('sign in ASCII digits');
  const sign = separate ? (signed ? 'separate' : 'plus') : signed ? 'overpunch' : 'none';
  return {
    kind: 'zoned',
    length,
    start: separate && type.sign === 'leading' ? 1 : 0,
    zone: ebcdic ? 0xf0 : 0x30,
    lenient: options.zoned === 'lenient',
    signAt: type.sign === 'leading' ? 0 : length - 1,
    sign,
    digits: form.digits,
    scale: form.scale,
    quoted: form.quoted,
    blank: blankNumber(form, settings),
  };
}

/** What the policy for blank numbers makes of one. */
function blankNumber({ scale, quoted }: DecimalForm, { blank, codepage }: FieldSettings): BlankNumber | null {
  if (blank === 'error') return null;
  const byte = codePage(codepage).family === 'ebcdic' ? 0x40 : 0x20;
  if (blank === 'null') return { byte, json: 'null' };
  const zero = decimalText(false, '0', scale);
  return { byte, json: quoted ? `"${zero}"` : zero };
}

function packedUnsigned(type: FieldType, length: number, settings: FieldSettings): Kernel {
  const scale = settings.scale ?? ('scale' in type ? type.scale : 0);
  const digits = 2 * length;
  const precision = Math.max(digits, digits - scale, scale);
  const form = decimalForm(digits, scale, numberStyle({ kind: 'packed', precision }, 0, settings.numbers, false));
  return form === null
    ? reference('long or rounded number')
    : { kind: 'packed', length, sign: 'none', ...form, blank: null };
}

function binary(type: TypeOf<'binary'>, length: number, settings: FieldSettings, options: ResolvedOptions): Kernel {
  if (length > 8) return reference('long binary');
  const { order, signed, scale } = type;
  const native = type.native || options.trunc === 'bin';
  const style = numberStyle(type, length, settings.numbers, native);
  const bound = native || type.digits === 0 ? 0 : type.digits;
  const rounds = style === 'checked' || style === 'nearest';
  const limit = !rounds ? bound : bound === 0 ? exactDigits : Math.min(bound, exactDigits);
  return { kind: 'binary', length, order, signed, scale, quoted: isQuoted(style, scale), limit };
}

function bits(type: TypeOf<'bits'>, settings: FieldSettings): Kernel {
  if (type.bits > 64) return reference('long bits');
  const scale = settings.scale ?? 0;
  const style = bitsStyle(type.bits, settings);
  const limit = style === 'nearest' ? exactDigits : 0;
  return { kind: 'bits', bits: type.bits, scale, quoted: isQuoted(style, scale), limit };
}

/** How a decimal is written. */
interface DecimalForm {
  readonly digits: number;
  readonly scale: number;
  readonly quoted: boolean;
}

/** `null` when the double of a decimal may need a note, or it is too long. */
function decimalForm(digits: number, scale: number, style: NumberStyle): DecimalForm | null {
  if ((style === 'nearest' && digits > exactDigits) || digits > mostDigits || Math.abs(scale) > mostDigits) return null;
  return { digits, scale, quoted: isQuoted(style, scale) };
}

function isQuoted(style: NumberStyle, scale: number): boolean {
  return style === 'string' || (style === 'bigint' && scale > 0);
}
