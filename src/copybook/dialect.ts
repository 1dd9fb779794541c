/** How many bytes a binary item takes, by its digits (DECODING: "Sizes"). */
export type BinarySize = '2-4-8' | '1-2-4-8' | '1--8';
/** The end of a binary number that comes first. */
export type ByteOrder = 'big' | 'little';
/** Where SYNCHRONIZED items start: IBM's boundaries, the item's own size, or anywhere. */
export type SyncRule = 'ibm' | 'natural' | 'none';
/** COMP-1 and COMP-2: hexadecimal (System/360) or IEEE 754, the byte with the sign first or last (`le`). */
export type FloatFormat = 'hex' | 'hex-le' | 'ieee-be' | 'ieee-le';
/** How the sign of a zoned item is written in ASCII data. */
export type AsciiSign = 'ebcdic' | 'microfocus' | 'fujitsu';
/** How OCCURS DEPENDING ON tables lie in the record. */
export type OdoRule = 'maximum' | 'shifted' | 'padded';
/** The compilers whose choices have a name. */
export type DialectName = 'ibm' | 'gnucobol' | 'microfocus';

/** Everything compilers disagree on. A named dialect is just a set of these; each is an option of its own. */
export interface Dialect {
  readonly binarySize: BinarySize;
  readonly comp5Size: BinarySize;
  readonly comp5Order: ByteOrder;
  readonly sync: SyncRule;
  readonly floats: FloatFormat;
  readonly asciiSign: AsciiSign;
  /** Bytes of POINTER items. */
  readonly pointerSize: 4 | 8;
  /** `std`: binary items keep to their picture, a larger value is a note. `bin`: they use all their bits. */
  readonly trunc: 'std' | 'bin';
  readonly odo: OdoRule;
  /** More digits than this in one item is a warning. */
  readonly maximumDigits: number;
}

/** The single options a dialect can be overridden with, and the dialect they start from (default `ibm`). */
export interface DialectOptions extends Partial<Omit<Dialect, 'maximumDigits'>> {
  readonly dialect?: DialectName;
}

/** IBM Enterprise COBOL for z/OS, GnuCOBOL `-std=default` on x86-64, Micro Focus with IBMCOMP off. */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  ibm: {
    binarySize: '2-4-8',
    comp5Size: '2-4-8',
    comp5Order: 'big',
    sync: 'ibm',
    floats: 'hex',
    asciiSign: 'ebcdic',
    pointerSize: 4,
    trunc: 'std',
    odo: 'shifted',
    maximumDigits: 18,
  },
  gnucobol: {
    binarySize: '1-2-4-8',
    comp5Size: '1-2-4-8',
    comp5Order: 'little',
    sync: 'natural',
    floats: 'ieee-le',
    asciiSign: 'microfocus',
    pointerSize: 8,
    trunc: 'std',
    odo: 'maximum',
    maximumDigits: 38,
  },
  microfocus: {
    binarySize: '1--8',
    comp5Size: '1--8',
    comp5Order: 'little',
    sync: 'none',
    floats: 'ieee-le',
    asciiSign: 'microfocus',
    pointerSize: 4,
    trunc: 'std',
    odo: 'maximum',
    maximumDigits: 38,
  },
};

/** Take a named dialect (default `ibm`) and replace what single options say. */
export function resolveDialect(options: DialectOptions = {}): Dialect {
  const base = dialects[options.dialect ?? 'ibm'];
  return {
    binarySize: options.binarySize ?? base.binarySize,
    comp5Size: options.comp5Size ?? base.comp5Size,
    comp5Order: options.comp5Order ?? base.comp5Order,
    sync: options.sync ?? base.sync,
    floats: options.floats ?? base.floats,
    asciiSign: options.asciiSign ?? base.asciiSign,
    pointerSize: options.pointerSize ?? base.pointerSize,
    trunc: options.trunc ?? base.trunc,
    odo: options.odo ?? base.odo,
    maximumDigits: base.maximumDigits,
  };
}
