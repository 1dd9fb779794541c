/**
 * How the bytes of one field are read. Each kernel takes only what is wholly clean: anything that would give an issue makes it refuse
 * the record, which other code or the reference decoder then reads.
 */
export type Kernel =
  | TextKernel
  | ZonedKernel
  | PackedKernel
  | BinaryKernel
  | BitsKernel
  | { readonly kind: 'reference'; readonly why: string };

/** Text of a code page that has one byte for each character, as far as it is used. */
export interface TextKernel {
  readonly kind: 'text';
  readonly length: number;
  readonly codepage: string;
  readonly nel: 'nel' | 'lf';
  readonly trim: 'right' | 'none' | 'left' | 'both' | 'nul';
  /** What reads characters of more than one byte: nothing where there are none. */
  readonly others: 'none' | 'reference';
}

interface DecimalKernel {
  readonly digits: number;
  /** Decimals; negative for P positions on the right. */
  readonly scale: number;
  /** Whether the value is a string in JSON. */
  readonly quoted: boolean;
  /** `null`: blank fields have errors. */
  readonly blank: BlankNumber | null;
}

/** What is written for a number that is nothing but this byte, or nothing but X'00': there is a note about it. */
export interface BlankNumber {
  readonly byte: number;
  readonly json: string;
}

/** Numeric DISPLAY. */
export interface ZonedKernel extends DecimalKernel {
  readonly kind: 'zoned';
  readonly length: number;
  /** Where the digits start in the field, behind a leading separate sign. */
  readonly start: number;
  readonly zone: 0xf0 | 0x30;
  /** The zones of digits without a sign are not looked at. */
  readonly lenient: boolean;
  /** Which byte of the field carries the sign or, in an unsigned field, has a zone that is looked at even when `lenient`. */
  readonly signAt: number;
  /** `overpunch`: C or D in the zone of a digit; `separate`: + or −; `plus`: a separate +; `none`: a zone as all others. */
  readonly sign: 'overpunch' | 'separate' | 'plus' | 'none';
}

/** COMP-3 and COMP-6. */
export interface PackedKernel extends DecimalKernel {
  readonly kind: 'packed';
  readonly length: number;
  /** `signed`: C or D; `unsigned`: F; `none`: all nibbles are digits. */
  readonly sign: 'signed' | 'unsigned' | 'none';
}

/** Two's complement and unsigned binary of 1 to 8 bytes. */
export interface BinaryKernel {
  readonly kind: 'binary';
  readonly length: number;
  readonly order: 'big' | 'little';
  readonly signed: boolean;
  readonly scale: number;
  readonly quoted: boolean;
  /** Values of more digits are refused; 0: none are. */
  readonly limit: number;
}

/** USAGE BIT. */
export interface BitsKernel {
  readonly kind: 'bits';
  readonly bits: number;
  /** Decimals, which only a setting gives them. */
  readonly scale: number;
  readonly quoted: boolean;
  readonly limit: number;
}
