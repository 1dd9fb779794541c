import type { TextEncodingKind } from '../copybook/layout.ts';
import type { CodePage, DecodedText } from '../ebcdic/code-page.ts';
import { codePage, pureDbcsOf } from '../ebcdic/open-code-page.ts';
import type { ResolvedOptions } from './codec-options.ts';
import type { FieldSettings } from './field-settings.ts';
import { type FieldReader, noProblems, note, type Problem, type Scalar, unreadable } from './scalar.ts';
import { fastText } from './single-byte-text.ts';
import { type TrimRule, trimText } from './trim-text.ts';

/** Make the reader of a text item: decode, then trim. Throws UNKNOWN_CODE_PAGE. */
export function textReader(
  encoding: TextEncodingKind,
  justified: boolean,
  settings: FieldSettings,
  options: ResolvedOptions,
): FieldReader {
  const rule: TrimRule = settings.trim === 'justified' ? (justified ? 'left' : 'right') : settings.trim;
  const decode = textDecoder(encoding, settings, options);
  const wide = decode.wide;
  const read: FieldReader = (bytes, start, end) => {
    let to = end;
    // The blank of a single-byte page is one byte: what would be trimmed need not be decoded.
    if (rule === 'right' && decode.blank >= 0) while (to > start && bytes[to - 1] === decode.blank) to--;
    const plain = decode.fast === null ? null : decode.fast(bytes, start, to);
    if (plain !== null) return { value: trimText(plain, rule, wide), digits: null, problems: noProblems };
    const decoded = decode.full(bytes.subarray(start, to));
    const problems = textProblems(decoded);
    const [problem] = problems;
    if (problem?.severity === 'error') return unreadable(problem.code, problem.expected);
    const text = trimText(decoded.text, rule, wide);
    // Blanks of another width than the item is filled up with would come back as others.
    const other = wide && rule !== 'none' && problems.length === 0 && decoded.text.length > text.length;
    const lost = other && hasOther(decoded.text, text, encoding === 'dbcs' ? '\u3000' : ' ', rule);
    return { value: text, digits: null, problems: lost ? [otherBlanks] : problems };
  };
  return decode.fast === null ? read : remembering(read);
}

const shortText = 4; // bytes: codes, which have few values
const remembered = 64; // texts of a field

/** Keep the short texts that were read last: a scalar is never changed, and the same codes come again and again. */
function remembering(read: FieldReader): FieldReader {
  const keys = new Float64Array(remembered).fill(-1);
  const scalars = new Array<Scalar | undefined>(remembered).fill(undefined);
  return (bytes, start, end, bit) => {
    const length = end - start;
    if (length > shortText) return read(bytes, start, end, bit);
    let code = 0;
    for (let at = start; at < end; at++) code = (code << 8) | (bytes[at] as number);
    const key = (code >>> 0) * 8 + length;
    const slot = ((code >>> 14) ^ (code >>> 7) ^ code) & (remembered - 1);
    const known = scalars[slot];
    if (known !== undefined && keys[slot] === key) return known;
    const scalar = read(bytes, start, end, bit);
    keys[slot] = key;
    scalars[slot] = scalar;
    return scalar;
  };
}

const otherBlanks = note(
  'TEXT_FORM',
  'the blanks that the item is filled up with; the field ends in blanks of another width',
);

/** Whether anything but `blank` was trimmed off. */
function hasOther(whole: string, text: string, blank: string, rule: TrimRule): boolean {
  const start = rule === 'left' ? whole.length - text.length : rule === 'both' ? whole.indexOf(text) : 0;
  const trimmed = whole.slice(0, start) + whole.slice(start + text.length);
  return [...trimmed].some((character) => character !== blank);
}

/** Ways to turn the bytes of one kind of text item into characters. */
export interface TextDecoder {
  readonly fast: ((bytes: Uint8Array, start: number, end: number) => string | null) | null;
  readonly full: (bytes: Uint8Array) => DecodedText;
  /** The byte of a blank where that is one byte, else −1. */
  readonly blank: number;
  /** Whether U+3000 is a blank too. */
  readonly wide: boolean;
}

/** Choose how an item's bytes become characters. Throws UNKNOWN_CODE_PAGE. */
export function textDecoder(
  encoding: TextEncodingKind,
  settings: FieldSettings,
  options: ResolvedOptions,
): TextDecoder {
  switch (encoding) {
    case 'national':
      return { fast: null, full: (bytes) => decodeUtf16(bytes, options.national), blank: -1, wide: true };
    case 'utf8':
      return { fast: null, full: codePage('utf8').decode, blank: 0x20, wide: false };
    case 'dbcs':
      return { fast: null, full: pureDbcsOf(settings.codepage).decode, blank: -1, wide: true };
    case 'single-byte': {
      const page = codePage(settings.codepage, { nel: options.nel });
      const single = page.kind === 'single-byte';
      const wide = page.kind === 'mixed' || page.kind === 'dbcs';
      return { fast: single ? cachedFastText(page) : null, full: page.decode, blank: wide ? -1 : page.blank, wide };
    }
  }
}

const fastTexts = new WeakMap<CodePage, ReturnType<typeof fastText>>();

function cachedFastText(page: CodePage): ReturnType<typeof fastText> {
  const made = fastTexts.get(page) ?? fastText(page);
  fastTexts.set(page, made);
  return made;
}

/** UTF-16 unit by unit: a lone surrogate is data, half a unit at a cut end is left out. */
function decodeUtf16(bytes: Uint8Array, form: 'utf-16be' | 'utf-16le'): DecodedText {
  const units = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  if (form === 'utf-16be') units.swap16();
  return { text: units.toString('utf16le'), unmapped: [], exact: true };
}

function textProblems(decoded: DecodedText): readonly Problem[] {
  if (decoded.problem === 'DBCS_SHIFT') {
    return [
      {
        code: 'DBCS_SHIFT',
        severity: 'error',
        expected: "shift-out X'0E' and shift-in X'0F' in pairs within the field",
      },
    ];
  }
  if (decoded.problem === 'TEXT_BYTES') {
    return [{ code: 'TEXT_BYTES', severity: 'error', expected: 'double-byte characters, two bytes each' }];
  }
  const [first] = decoded.unmapped;
  if (first !== undefined) {
    return [
      note(
        'UNMAPPED_BYTE',
        `characters of the code page; byte ${first + 1} of the field has none and is shown as U+FFFD`,
      ),
    ];
  }
  return decoded.exact
    ? noProblems
    : [note('TEXT_FORM', 'the bytes that these characters are written as; the field holds others')];
}
