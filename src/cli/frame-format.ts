import { printable } from '../bytes/printable.ts';
import { OverpunchError } from '../errors.ts';
import type { WordOptions } from '../frames/descriptor-word.ts';
import type { RecordLength } from '../frames/fixed-step.ts';
import type { FrameFormat, SkipOptions } from '../frames/framer.ts';
import type { DecodingOptions } from './decoding-options.ts';
import { optionName } from './option-name.ts';

/** What framing needs to know of the records. */
export interface RecordSizes {
  readonly maximumLength: number;
  /** Bytes of the record at the front, as its counters say; `null` when they cannot be read. */
  lengthOf(bytes: Uint8Array): number | null;
  /** The whole number in a field, by its copybook name; `null` when it cannot be read. Throws for an unknown name. */
  numberIn(field: string): (bytes: Uint8Array) => number | null;
}

/** The options about descriptor words and bytes to pass over. */
export type FramingOptions = Omit<DecodingOptions, 'format'>;

const onlyWords = ['rdwEndian', 'rdwInclusive', 'rdwPosition', 'rdwAdjustment'] as const;

/** The format that `--format`, or its synonym `--recfm`, names. Throws `USAGE` where they contradict each other. */
export function formatName(options: DecodingOptions): NonNullable<DecodingOptions['format']> {
  const { format, recfm } = options;
  if (recfm === undefined) return format ?? 'fixed';
  const synonym = recfm === 'fb' ? 'fixed' : 'rdw';
  if (format === undefined || format === synonym) return synonym;
  throw new OverpunchError(
    'USAGE',
    `--recfm ${recfm.toUpperCase()} is --format ${synonym}, but --format ${format} is given`,
  );
}

/** Put the framing options together. Throws `USAGE` for options that do not go with the format. */
export function frameFormat(options: DecodingOptions, sizes: RecordSizes, ebcdic: boolean): FrameFormat {
  const format = formatName(options);
  if (format !== 'fixed' && options.recordLength !== undefined) refuse('recordLength', 'fixed');
  if (format !== 'rdw' && format !== 'bdw') refuseWords(options);
  if (format !== 'fixed' && format !== 'rdw' && options.lrecl !== undefined) refuse('lrecl', 'fixed or rdw');
  switch (format) {
    case 'fixed':
      return { format, recordLength: recordLength(options, sizes) };
    case 'rdw':
    case 'bdw':
      return wordFormat(format, options);
    case 'text':
      return { format, lineEnds: ebcdic ? 'ebcdic' : 'ascii' };
    case 'quarantine':
      return { format };
  }
}

/** The format of records behind descriptor words. */
export function wordFormat(format: 'rdw' | 'bdw', options: FramingOptions): FrameFormat {
  if (format === 'rdw') return { format, rdw: wordOptions(options) };
  const { adjustment: _, ...block } = wordOptions(options);
  return { format, rdw: wordOptions(options), bdw: block };
}

/** Refuse the options of descriptor words where there are none. Throws USAGE. */
export function refuseWords(options: FramingOptions): void {
  for (const name of onlyWords) if (options[name] !== undefined) refuse(name, 'rdw or bdw');
}

/** The bytes to pass over. Re-read from a quarantine they have been passed over before. */
export function skipOptions(options: FramingOptions, format: FrameFormat['format']): SkipOptions {
  if (format === 'quarantine') return {};
  return {
    fileStart: options.skipFileStart ?? 0,
    fileEnd: options.skipFileEnd ?? 0,
    recordStart: options.skipRecordStart ?? 0,
    recordEnd: options.skipRecordEnd ?? 0,
  };
}

function recordLength(options: DecodingOptions, sizes: RecordSizes): RecordLength {
  const { recordLength: given, lrecl, skipRecordStart = 0, skipRecordEnd = 0 } = options;
  const around = skipRecordStart + skipRecordEnd;
  const reach = sizes.maximumLength + around;
  if (given === undefined) return lrecl ?? reach;
  if (lrecl !== undefined) throw new OverpunchError('USAGE', '--lrecl and --record-length are both given');
  if (/^[0-9]{1,12}$/.test(given)) return Number(given);
  if (given.toLowerCase() === 'odo') {
    const of = (bytes: Uint8Array): number | null => {
      const length = sizes.lengthOf(bytes.subarray(skipRecordStart));
      return length === null ? null : length + around;
    };
    return { reach, of };
  }
  const read = sizes.numberIn(given);
  return { reach, of: (bytes) => read(bytes.subarray(skipRecordStart)) };
}

function wordOptions({ rdwEndian, rdwInclusive, rdwPosition, rdwAdjustment }: FramingOptions): WordOptions {
  return {
    ...(rdwEndian === undefined ? {} : { endian: rdwEndian }),
    ...(rdwInclusive === undefined ? {} : { inclusive: rdwInclusive }),
    ...(rdwPosition === undefined ? {} : { position: rdwPosition }),
    ...(rdwAdjustment === undefined ? {} : { adjustment: rdwAdjustment }),
  };
}

function refuse(member: string, format: string): never {
  throw new OverpunchError('USAGE', `--${printable(optionName(member))} goes with --format ${format}`);
}
