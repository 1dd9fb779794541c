import type { LayoutItem } from '../../copybook/layout.ts';
import type { Catalog, FrameType } from '../catalog/catalog.ts';
import type { ByteRule } from './byte-rule.ts';
import { digitFields, isLongKey } from './field-number.ts';
import { type HeaderField, headerField } from './header-field.ts';
import { numberRules, textRules, timeRules, tokenRules } from './number-rules.ts';

/** What a header is like that is surely sound. */
export interface HeaderRules {
  /** Bytes of the header. */
  readonly length: number;
  readonly rules: readonly ByteRule[];
  readonly frameLength: FrameLengthRule | null;
  /**
   * The bytes that decide about all the rest: which type, whether the direction suits it, whether the body is compressed. Of two
   * headers with the same bytes here the one is as good as the other.
   */
  readonly decisive: readonly ByteRange[];
}

/** Bytes of a frame. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where the length of a frame stands: up to 4 bytes, or up to 9 digits. */
export interface FrameLengthRule extends ByteRange {
  readonly kind: 'binary' | 'zoned' | 'packed';
  /** Of binary numbers. */
  readonly little: boolean;
  readonly signed: boolean;
  /** Of packed ones: the last nibble is a sign. */
  readonly signNibble: boolean;
  /** Added to the number. */
  readonly added: number;
}

const mostLengthDigits = 9;
const mostDecisiveBytes = 32;

/** Work out the rules of a protocol's headers; `null` when they are not as simple as that. */
export function headerRules({
  header,
  types,
}: Pick<Catalog, 'header'> & { readonly types: readonly Pick<FrameType, 'compression'>[] }): HeaderRules | null {
  const { fields, length, lengthAdjustment } = header;
  const at = (item: LayoutItem): HeaderField => headerField(header, item);
  const rulesOf = (
    item: LayoutItem | null,
    find: (field: HeaderField) => readonly ByteRule[] | null,
  ): readonly ByteRule[] | null => (item === null ? [] : find(at(item)));
  // Flags that types ask for decide.
  const asked = types.some(({ compression }) => compression !== null && compression.flag !== 0);
  const deciding = [...header.discriminators, fields.direction, asked ? fields.flags : null];
  const decisive = deciding.filter((item) => item !== null).map((item) => rangeOf(at(item)));
  const size = decisive.reduce((sum, { start, end }) => sum + end - start, 0);
  const frameLength = fields.length === null ? null : frameLengthRule(at(fields.length), lengthAdjustment, length);
  const parts = [
    rulesOf(fields.key, (field) => keyRules(field, at)),
    rulesOf(fields.sequence, textRules),
    rulesOf(fields.time, (field) => timeRules(field, header.timeFormat)),
    rulesOf(asked ? null : fields.flags, (field) => tokenRules(field, Number.NaN)),
    rulesOf(fields.length, (field) => numberRules(field)),
  ].filter((rules) => rules !== null);
  if (parts.length < 5 || size > mostDecisiveBytes || (fields.length !== null && frameLength === null)) return null;
  return { length, rules: parts.flat(), frameLength, decisive };
}

function rangeOf({ start, end }: HeaderField): ByteRange {
  return { start, end };
}

function keyRules(key: HeaderField, at: (item: LayoutItem) => HeaderField): readonly ByteRule[] | null {
  const digits = digitFields(key, at);
  if (digits === null) return isLongKey(key) ? null : textRules(key);
  const rules = digits.map((field) => numberRules(field)).filter((found) => found !== null);
  return rules.length < digits.length ? null : joined(rules.flat());
}

/** Fields of digits one behind the other are one: more bytes are looked at at once. */
function joined(rules: readonly ByteRule[]): readonly ByteRule[] {
  const all: ByteRule[] = [];
  for (const rule of rules) {
    const before = all.at(-1);
    const adjacent = before?.kind === 'zoned' && rule.kind === 'zoned' && before.end === rule.start;
    if (adjacent && before.zone === rule.zone) all[all.length - 1] = { ...before, end: rule.end };
    else all.push(rule);
  }
  return all;
}

/** A length that is less than what is added to it would be negative: that cannot be with what is no longer than the header. */
function frameLengthRule(field: HeaderField, added: number, headerLength: number): FrameLengthRule | null {
  const { type, start, end } = field;
  if (!Number.isInteger(added) || added > headerLength || added < -(2 ** 30)) return null;
  const rule = { start, end, little: false, signed: false, signNibble: false, added };
  switch (type.kind) {
    case 'binary':
      if (end - start > 4) return null;
      return { ...rule, kind: 'binary', little: type.order === 'little', signed: type.signed };
    case 'zoned':
      return type.digits > mostLengthDigits ? null : { ...rule, kind: 'zoned' };
    case 'packed':
      if (type.digits > mostLengthDigits || (type.signNibble && type.signed)) return null;
      return { ...rule, kind: 'packed', signNibble: type.signNibble };
    default:
      return null;
  }
}
