import type { Code } from '../errors.ts';
import { CopybookError } from './copybook-error.ts';
import type { Picture, PictureCategory, PictureRun } from './picture.ts';
import type { SourcePosition } from './source-position.ts';

/** What SPECIAL-NAMES changes about pictures. */
export interface PictureOptions {
  readonly decimalComma: boolean;
  readonly currency: ReadonlyMap<string, string>;
}

const maximumRepetition = 1 << 28; // 256 MiB: no record may be larger
const maximumPrecision = 1000; // digits: no compiler takes more than 38
const maximumEdited = 10_000; // characters of a number: editing goes through them one by one; compilers take 249
const symbols = new Set('XASVPZ*B0/,.+-9NGU1E');

/**
 * Parse a PICTURE character-string (Enterprise COBOL Language Reference, "PICTURE clause").
 *
 * Accepts two forms compilers refuse but files have: S with an explicit point (`S9(3).99`) and an edited sign with an
 * implied point (`+9(6)V99`). Throws a CopybookError (`BAD_PICTURE`, `PICTURE_TOO_LARGE`) that points into the string.
 */
export function parsePicture(text: string, position: SourcePosition, options: PictureOptions): Picture {
  const fail = (index: number, message: string, hint?: string, code: Code = 'BAD_PICTURE'): never => {
    throw new CopybookError({
      code,
      severity: 'error',
      position: { ...position, column: position.column + index },
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  };
  const { runs, currency } = readRuns(text, options, fail);
  const category = categorize(runs, options, fail);
  const numeric = category === 'numeric' || category === 'numeric-edited';
  const { digits, precision, scale } = numeric
    ? countDigits(runs, options, fail)
    : { digits: 0, precision: 0, scale: 0 };
  if (precision > maximumPrecision)
    fail(0, `the picture describes a number of ${precision} digits`, 'check the repetitions', 'PICTURE_TOO_LARGE');
  const size = runs.reduce((sum, run) => sum + runSize(run), 0) + Math.max(0, currency.length - 1);
  if (numeric && size > maximumEdited)
    fail(0, `the picture describes a number of ${size} characters`, 'check the repetitions', 'PICTURE_TOO_LARGE');
  if (size > maximumRepetition) fail(0, `the picture describes ${size} characters`, undefined, 'PICTURE_TOO_LARGE');
  if (size === 0) fail(0, 'the picture describes no character', 'give it at least one X, A, 9, N, G or U');
  const signed = runs.some((run) => run.symbol === 'S');
  return { text, category, runs, size, digits, precision, scale, signed, currency, decimalComma: options.decimalComma };
}

type Fail = (index: number, message: string, hint?: string, code?: Code) => never;

/** Characters a run takes in storage; the currency symbol counts 1, its longer text is added once by the caller. */
function runSize({ symbol, count }: PictureRun): number {
  if (symbol === 'S' || symbol === 'V' || symbol === 'P') return 0;
  return symbol.length * count;
}

function readRuns(text: string, options: PictureOptions, fail: Fail): { runs: PictureRun[]; currency: string } {
  const runs: PictureRun[] = [];
  let currency = '';
  let at = 0;
  while (at < text.length) {
    const start = at;
    const character = text[at] ?? '';
    const upper = character.toUpperCase();
    const pair = text.slice(at, at + 2).toUpperCase();
    const currencyText = options.currency.get(character);
    let symbol = upper;
    if (currencyText !== undefined) {
      if (currency !== '' && currency !== currencyText) fail(at, 'two currency signs stand in one picture');
      currency = currencyText;
      symbol = '¤';
    } else if (pair === 'CR' || pair === 'DB') {
      symbol = pair;
      at++;
    } else if (character === '(') {
      fail(at, 'a repetition in parentheses follows no symbol', 'write the symbol first: X(10)');
    } else if (!symbols.has(upper)) {
      fail(at, `${character} is no picture symbol`, pictureHint(character));
    }
    at++;
    let count = 1;
    if (text[at] === '(') {
      const close = text.indexOf(')', at);
      if (close < 0) fail(at, 'the parenthesis is not closed', 'write the repetition without blanks: X(10)');
      const inside = text.slice(at + 1, close);
      if (!/^[0-9]+$/.test(inside))
        fail(at + 1, `${inside === '' ? 'nothing' : inside} is no repetition count`, 'write a whole number');
      count = Number(inside);
      if (count === 0) fail(at + 1, 'a symbol cannot be repeated 0 times');
      if (count > maximumRepetition)
        fail(at + 1, `a repetition of ${inside} is larger than any record`, undefined, 'PICTURE_TOO_LARGE');
      at = close + 1;
    }
    if (symbol.length === 2 && count > 1) fail(start, `${symbol} stands once`);
    const last = runs.at(-1);
    if (last !== undefined && last.symbol === symbol) runs[runs.length - 1] = { symbol, count: last.count + count };
    else runs.push({ symbol, count });
  }
  return { runs, currency };
}

function pictureHint(character: string): string | undefined {
  if (character === ')') return 'a parenthesis is closed that was not opened';
  if (/[2-8[\]{}]/.test(character)) return 'write a repetition in parentheses: X(10)';
  if (/[€£¥$]/.test(character)) return 'declare the currency sign with --currency or in SPECIAL-NAMES';
  return undefined;
}

function categorize(runs: readonly PictureRun[], options: PictureOptions, fail: Fail): PictureCategory {
  const has = new Set(runs.map((run) => run.symbol));
  const only = (allowed: string): boolean =>
    [...has].every((symbol) => symbol.length === 1 && allowed.includes(symbol));
  if (has.has('X') || has.has('A')) {
    if (only('A')) return 'alphabetic';
    if (only('XA9')) return 'alphanumeric';
    if (only('XA9B0/')) return 'alphanumeric-edited';
    return fail(
      0,
      'X and A go with 9, B, 0 and / only',
      has.has('1') ? 'write a repetition in parentheses: X(10)' : undefined,
    );
  }
  if (has.has('N')) {
    if (only('N')) return 'national';
    if (only('NB0/')) return 'national-edited';
    return fail(0, 'N goes with B, 0 and / only');
  }
  if (has.has('G')) return only('GB') ? 'dbcs' : fail(0, 'G goes with B only');
  if (has.has('U')) return only('U') ? 'utf8' : fail(0, 'U goes with no other symbol');
  if (has.has('1')) return only('1') ? 'boolean' : fail(0, '1 goes with no other symbol', 'a digit is 9');
  if (has.has('E')) return only('E9+-.V') ? 'external-float' : fail(0, 'E goes with 9, +, -, . and V only');
  checkNumeric(runs, options, fail);
  return only('9SVP') ? 'numeric' : 'numeric-edited';
}

function checkNumeric(runs: readonly PictureRun[], options: PictureOptions, fail: Fail): void {
  const count = (symbol: string): number => runs.reduce((sum, run) => sum + (run.symbol === symbol ? run.count : 0), 0);
  const point = options.decimalComma ? ',' : '.';
  if (count('S') > 1) fail(0, 'S stands twice');
  if (count('S') === 1 && runs[0]?.symbol !== 'S') fail(0, 'S must stand first', 'write S9(5), not 9(5)S');
  if (count('V') > 1) fail(0, 'V stands twice', 'an item has one decimal point; the decimals are 9s behind it: V99');
  if (count(point) > 1)
    fail(
      0,
      `the decimal point ${point} stands twice`,
      options.decimalComma ? undefined : 'with DECIMAL-POINT IS COMMA use --decimal-comma',
    );
  if (count('V') + count(point) > 1) fail(0, 'V and a decimal point exclude each other');
  if (count('CR') + count('DB') > 1) fail(0, 'CR and DB exclude each other');
  const positions = runs.filter((run) => '9Z*P+-¤'.includes(run.symbol) && run.symbol.length === 1);
  if (!positions.some((run) => run.symbol !== 'P'))
    fail(0, 'the picture has no digit position', 'give it at least one 9');
  const pRuns = positions.filter((run) => run.symbol === 'P');
  const digits = positions.filter((run) => '9Z*P'.includes(run.symbol));
  if (pRuns.length > 1) fail(0, 'P stands in two places');
  if (pRuns.length === 1 && digits[0]?.symbol !== 'P' && digits.at(-1)?.symbol !== 'P')
    fail(0, 'P stands at the left or the right end of the digits only');
}

/** Digit positions and scale. A `+`, `-` or currency sign that stands twice or more floats: all but the first are digits. */
function countDigits(
  runs: readonly PictureRun[],
  options: PictureOptions,
  fail: Fail,
): { digits: number; precision: number; scale: number } {
  const point = options.decimalComma ? ',' : '.';
  const floating = ['+', '-', '¤'].find(
    (symbol) => runs.reduce((sum, run) => sum + (run.symbol === symbol ? run.count : 0), 0) > 1,
  );
  let digits = 0;
  let decimals = 0;
  let leftP = 0;
  let rightP = 0;
  let afterPoint = false;
  let floatStarted = false;
  for (const { symbol, count } of runs) {
    if (symbol === 'V' || symbol === point) afterPoint = true;
    else if (symbol === 'P') {
      if (digits === 0) leftP += count;
      else rightP += count;
    } else if (symbol === '9' || symbol === 'Z' || symbol === '*' || symbol === floating) {
      const stored = symbol === floating && !floatStarted ? count - 1 : count;
      if (symbol === floating) floatStarted = true;
      digits += stored;
      if (afterPoint) decimals += stored;
    }
  }
  if (digits === 0) fail(0, 'the picture has no digit position', 'give it at least one 9');
  const scale = leftP > 0 ? digits + leftP : rightP > 0 ? -rightP : decimals;
  return { digits, precision: digits + leftP + rightP, scale };
}
