import type { TimeFormat } from '../catalog/catalog.ts';
import { civilTime } from './civil-time.ts';
import { countReading, type NumberReading } from './field-number.ts';
import type { HeaderField } from './header-field.ts';

/** Milliseconds from 1900-01-01 to 1970-01-01, UTC. */
export const clockEpoch = 2_208_988_800_000;

/** Milliseconds to either side of 1970 that a Date holds. */
export const lastTime = 8.64e15;

/** Digits of a date and time without fractions: YYYYMMDDHHMMSS. */
export const dateDigits = 14;

/** Make the reading of an event time: milliseconds since 1970-01-01T00:00:00Z, rounded down. */
export function timeReading(field: HeaderField, { kind, offset }: TimeFormat): NumberReading {
  if (kind === 'stck') return clockReading(field);
  if (kind === 'digits') return digitsReading(field, offset);
  const count = countReading(field);
  return (bytes, at) => {
    const value = count(bytes, at);
    // Fractions of a second are given in decimals, which a multiplication does not hit.
    const time =
      kind === 'seconds' ? Math.round(value * 1000) : Math.floor(kind === 'microseconds' ? value / 1000 : value);
    return Math.abs(time) <= lastTime ? time : Number.NaN;
  };
}

/** The TOD clock: 64 bits since 1900, of which bit 51 is a microsecond. */
function clockReading({ start, end }: HeaderField): NumberReading {
  if (end - start !== 8) return () => Number.NaN;
  return (bytes, at) => {
    let high = 0;
    for (let index = at + start; index < at + start + 6; index++) high = high * 256 + (bytes[index] ?? 0);
    const microseconds = high * 16 + ((bytes[at + start + 6] ?? 0) >> 4);
    return Math.floor(microseconds / 1000) - clockEpoch;
  };
}

function digitsReading(field: HeaderField, offset: number): NumberReading {
  const { type } = field;
  const positions = 'digits' in type ? type.digits : 0;
  return (bytes, at) => {
    const { value, digits } = field.read(bytes, at);
    const text = field.numeric
      ? (digits ?? '').padStart(positions, '0')
      : typeof value === 'string'
        ? value.trim()
        : '';
    const found = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d*)$/.exec(text);
    if (value === null || found === null) return Number.NaN;
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
    const millisecond = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
    return civilTime(year, month, day, hour, minute, second, millisecond) - offset * 60_000;
  };
}
