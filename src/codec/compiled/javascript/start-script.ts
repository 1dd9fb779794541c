import type { Run } from '../compiled-code.ts';
import type { CompiledPlan, PlannedRecord } from '../compiled-plan.ts';
import type { DecodingSpace } from '../decoding-space.ts';
import type { ReferenceCalls } from '../reference-calls.ts';
import { resultPlaces } from '../result-places.ts';
import { stopReasons } from '../stop-reasons.ts';
import type { GeneratedScript } from './generate-script.ts';
import { isUnreadable } from './is-unreadable.ts';
import { KeyCache, longestKey, unknownKey } from './key-cache.ts';
import { readCount } from './read-count.ts';
import { fourDigits, prepareDigits, splitDigits, splitInteger } from './split-integer.ts';
import { pageTables, trimLeft, trimNulls, trimRight, writeEscaped, writeText, writeTrimmed } from './write-text.ts';

/** Decodes one record: from `start`, `length` bytes, to `out`; gives where its line ends, 0 when it is left to the reference decoder. */
type DecodeRecord = (b: Uint8Array, v: DataView, n: Int32Array, start: number, length: number, out: number) => number;

/** Make a generated script run in a space. Throws an EvalError where code must not be generated. */
export function startScript(
  script: GeneratedScript,
  plan: CompiledPlan,
  space: DecodingSpace,
  calls: ReferenceCalls,
): Run {
  const decoders = makeFunctions(script, calls);
  const choose = recordChooser(plan, calls);
  const { lineBound, resultAt, fillAt } = script;
  const longest = Math.max(...plan.records.map(({ length }) => length));
  let bytes = space.bytes;
  let view = viewOf(bytes);

  return (origin, count, stride, list, out, limit) => {
    if (space.bytes !== bytes) {
      bytes = space.bytes;
      view = viewOf(bytes);
    }
    const { numbers } = space;
    let at = origin;
    let end = out;
    let entry = list >> 2;
    let done = 0;
    let reason: number = stopReasons.end;
    for (; done < count; done++) {
      if (end + lineBound > limit) {
        reason = stopReasons.full;
        break;
      }
      let start = at;
      let length = stride;
      if (list === 0) at += stride;
      else {
        start = origin + (numbers[entry] as number);
        length = numbers[entry + 1] as number;
        entry += 2;
      }
      if (plan.fill !== null && length < longest) {
        bytes.copyWithin(fillAt, start, start + length);
        bytes.fill(plan.fill, fillAt + length, fillAt + longest);
        start = fillAt;
      }
      const chosen = choose === null ? 0 : choose(bytes, start, length);
      const record = plan.records[chosen];
      const decode = decoders[chosen];
      const to =
        record === undefined || decode === undefined || isWrongLength(record, length, plan.fill !== null)
          ? 0
          : decode(bytes, view, numbers, start, length, end);
      if (to === 0) {
        reason = stopReasons.unusual;
        break;
      }
      end = to;
    }
    numbers[(resultAt + resultPlaces.out) >> 2] = end;
    numbers[(resultAt + resultPlaces.reason) >> 2] = reason;
    return done;
  };
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

function makeFunctions(script: GeneratedScript, calls: ReferenceCalls): readonly DecodeRecord[] {
  prepareDigits();
  const pages = script.pages.map(({ codepage, nel }) => pageTables(codepage, nel));
  const named = {
    ...calls,
    splitInteger,
    split: splitDigits,
    four: fourDigits,
    writeText,
    writeTrimmed,
    writeEscaped,
    trimRight,
    trimNulls,
    trimLeft,
    readCount,
    isBadDecimal: isUnreadable,
    ...numbered('p', pages),
    ...numbered(
      'q',
      pages.map(({ pairs }) => pairs),
    ),
    ...numbered('k', script.kernels),
    ...numbered(
      'c',
      Array.from({ length: script.caches }, () => new KeyCache()),
    ),
  };
  const make = new Function(...Object.keys(named), `'use strict';\n${script.source}`);
  return make(...Object.values(named)) as readonly DecodeRecord[];
}

function numbered<T>(letter: string, values: readonly T[]): { readonly [name: string]: T } {
  return Object.fromEntries(values.map((value, index) => [`${letter}${index}`, value]));
}

/** Whether a record cannot be of a layout, by its length. */
function isWrongLength({ ends, length: expected }: PlannedRecord, length: number, filled: boolean): boolean {
  if (filled) return length > expected;
  return ends === 'length' ? length !== expected : length > expected || length === 0;
}

/** Choose the layout of a record by the bytes that `recordWhen` looks at, −1 for none; `null` when there is one layout. */
function recordChooser(
  { discriminator, fill }: CompiledPlan,
  calls: ReferenceCalls,
): ((b: Uint8Array, start: number, length: number) => number) | null {
  if (discriminator === null) return null;
  const { pieces } = discriminator;
  const places = pieces.flatMap(({ offset, length }) => Array.from({ length }, (_, index) => offset + index));
  const least = Math.max(...places) + 1;
  const cache = new KeyCache();
  return (b, start, length) => {
    if (fill === null && length < least) return -1;
    if (places.length > longestKey) return calls.record(start, length);
    let high = 0;
    let low = 0;
    for (const place of places) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | (b[start + place] as number);
    }
    const known = cache.lookUp(high, low);
    return known === unknownKey ? cache.remember(high, low, calls.record(start, length)) : known;
  };
}
