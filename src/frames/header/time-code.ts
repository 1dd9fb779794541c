import { codePage } from '../../ebcdic/open-code-page.ts';
import type { TimeFormat } from '../catalog/catalog.ts';
import { zonedDigitsCode } from './digit-code.ts';
import { clockEpoch, dateDigits, lastTime } from './event-time.ts';
import type { HeaderField } from './header-field.ts';
import { loadCode } from './load-code.ts';
import { type NumberCode, numberCode } from './number-code.ts';

/** Write the code of an event time, `civilTime` at hand; `null` when it is a rare form. */
export function timeCode(field: HeaderField, { kind, offset }: TimeFormat): NumberCode | null {
  if (kind === 'stck') return clockCode(field);
  if (kind === 'digits') return dateCode(field, offset);
  const count = numberCode(field, 't');
  if (count === null) return null;
  const value = kind === 'seconds' ? 'n * 1000' : kind === 'milliseconds' ? 'n' : 'Math.floor(n / 1000)';
  return {
    lines: [...count.lines, `const n = ${count.value}, time = ${value};`],
    faults: isBounded(field, kind)
      ? count.faults
      : [...count.faults, `(time > ${lastTime} || time < -${lastTime} ? 1 : 0)`],
    value: 'time',
  };
}

/** Whether no value of the field can be beyond what a Date holds. */
function isBounded({ type }: HeaderField, kind: TimeFormat['kind']): boolean {
  const digits = type.kind === 'zoned' || type.kind === 'packed' ? type.digits : Number.POSITIVE_INFINITY;
  return 10 ** digits * (kind === 'seconds' ? 1000 : 1) < lastTime;
}

function clockCode({ start, end }: HeaderField): NumberCode | null {
  if (end - start !== 8) return null;
  const high = loadCode({ start, size: 4 }, false);
  const low = loadCode({ start: start + 4, size: 4 }, false);
  const microseconds = `(${high} * 1048576 + (${low} >>> 12))`;
  return { lines: [], faults: [], value: `Math.floor(${microseconds} / 1000) - ${clockEpoch}` };
}

/** A byte for each digit, as a number without sign or as text. Packed dates are left to the codec. */
function dateCode(field: HeaderField, offset: number): NumberCode | null {
  const { type, settings, start, end } = field;
  const page = codePage(settings.codepage);
  const text = type.kind === 'text' && type.encoding === 'single-byte' && page.kind === 'single-byte';
  const zoned = type.kind === 'zoned' && type.encoding === 'single-byte' && !type.signed && !type.separate;
  if (!(text || (zoned && field.scale === 0)) || settings.as !== 'item' || end - start < dateDigits) return null;
  const zone = page.family === 'ascii' ? 0x30 : 0xf0;
  const part = (from: number, to: number): NumberCode => zonedDigitsCode(start + from, start + to, zone, `d${from}_`);
  const parts = [part(0, 4), ...[4, 6, 8, 10, 12].map((from) => part(from, from + 2))];
  const fraction = Math.min(3, end - start - dateDigits);
  const millisecond = fraction === 0 ? null : part(dateDigits, dateDigits + fraction);
  const rest = fraction < 3 ? null : part(dateDigits + fraction, end - start); // digits too, though they do not count
  const values = [
    ...parts.map(({ value }) => value),
    millisecond ? `${millisecond.value} * ${10 ** (3 - fraction)}` : '0',
  ];
  const all = [...parts, millisecond, rest].filter((one) => one !== null);
  return {
    lines: all.flatMap(({ lines }) => lines),
    faults: all.flatMap(({ faults }) => faults),
    value: `civilTime(${values.join(', ')}) - ${offset * 60_000}`,
  };
}
