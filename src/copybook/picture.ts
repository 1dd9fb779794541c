/** The symbols of a PICTURE, repetitions counted out into runs. */
export interface PictureRun {
  /** One symbol in upper case: `X A 9 S V P Z * B 0 / , . + - N G U 1 E`, `CR`, `DB`, or a currency symbol as `¤`. */
  readonly symbol: string;
  readonly count: number;
}

/** What a PICTURE describes (Enterprise COBOL Language Reference, "Classes and categories of data"). */
export type PictureCategory =
  | 'alphabetic'
  | 'alphanumeric'
  | 'alphanumeric-edited'
  | 'numeric'
  | 'numeric-edited'
  | 'national'
  | 'national-edited'
  | 'dbcs'
  | 'utf8'
  | 'boolean'
  | 'external-float';

/** A parsed PICTURE character-string. */
export interface Picture {
  readonly text: string;
  readonly category: PictureCategory;
  readonly runs: readonly PictureRun[];
  /** Character positions it takes in DISPLAY (S, V and P take none). */
  readonly size: number;
  /** Digit positions that are stored: 9, Z, *, and all but the first of a floating string. */
  readonly digits: number;
  /** `digits` plus the P positions. */
  readonly precision: number;
  /** Decimals: digit positions right of V or the decimal point, P on the left counted too, P on the right negative. */
  readonly scale: number;
  readonly signed: boolean;
  /** The currency text `¤` stands for, `''` when there is none. */
  readonly currency: string;
  readonly decimalComma: boolean;
}
