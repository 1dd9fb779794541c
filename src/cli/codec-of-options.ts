import type { CodecOptions } from '../codec/codec-options.ts';
import type { Codec } from '../codec/create-codec.ts';
import type { FieldReading } from '../codec/reading.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { formatName, type RecordSizes } from './frame-format.ts';

/** The codec options among the decoding options, as given. */
export function codecOptions(options: DecodingOptions): CodecOptions {
  const { record, recordWhen, view, views, codepage, floats, trunc, national, nel, asciiSign, odo, zoned, blank } =
    options;
  const { edited, trim, names, numbers, filler, field, select } = options;
  return {
    record,
    recordWhen,
    view,
    views,
    codepage,
    floats,
    trunc,
    national,
    nel,
    asciiSign,
    odo,
    zoned,
    blank,
    edited,
    format: formatName(options),
    trim,
    names,
    numbers,
    filler,
    field,
    select: select?.flatMap((names) => names.split(',')),
  };
}

/** What framing asks a codec for. */
export function recordSizes(codec: Codec): RecordSizes {
  return {
    maximumLength: codec.maximumLength,
    lengthOf: (bytes) => codec.lengthOf(bytes),
    numberIn(field) {
      const read = codec.fieldReader(field);
      return (bytes) => wholeNumber(read(bytes));
    },
  };
}

/** The whole number a field holds, in digits or as text. */
function wholeNumber(reading: FieldReading | null): number | null {
  const { digits = null, value = null } = reading ?? {};
  const text = digits ?? (typeof value === 'string' ? value.trim() : '');
  return /^[0-9]{1,15}(?:\.0*)?$/.test(text) ? Number(text) : null;
}
