import type { Diagnostic } from './copybook-error.ts';
import type { ByteOrder, Dialect } from './dialect.ts';
import type { Picture } from './picture.ts';
import type { SourcePosition } from './source-position.ts';
import type { Condition, Literal } from './syntax.ts';

/**
 * What an elementary item holds. It follows from picture, usage and dialect alone, never from data.
 *
 * `digits` counts the stored digit positions (9s), `precision` also the P positions; `scale` is the number of decimals
 * (negative when P stands on the right), so that value = stored digits × 10^−scale.
 */
export type FieldType =
  | { readonly kind: 'text'; readonly encoding: TextEncodingKind; readonly justified: boolean }
  | {
      /** Numeric- or alphanumeric-edited: text by default, `picture` says how to read it back. */
      readonly kind: 'edited';
      readonly encoding: 'single-byte' | 'national';
      readonly numeric: boolean;
      readonly picture: Picture;
      readonly blankWhenZero: boolean;
      readonly justified: boolean;
    }
  | {
      /** Numeric DISPLAY, or NATIONAL when each digit is a UTF-16 unit. */
      readonly kind: 'zoned';
      readonly encoding: 'single-byte' | 'national';
      readonly digits: number;
      readonly precision: number;
      readonly scale: number;
      readonly signed: boolean;
      readonly sign: 'leading' | 'trailing';
      readonly separate: boolean;
      readonly blankWhenZero: boolean;
    }
  | {
      /** COMP-3 (`signNibble`) or COMP-6. */
      readonly kind: 'packed';
      readonly digits: number;
      readonly precision: number;
      readonly scale: number;
      readonly signed: boolean;
      readonly signNibble: boolean;
    }
  | {
      readonly kind: 'binary';
      /** Digits of the picture; 0 when there is none (INDEX, POINTER, BINARY-LONG, `PIC X(n) COMP-5`). */
      readonly digits: number;
      readonly precision: number;
      readonly scale: number;
      readonly signed: boolean;
      readonly order: ByteOrder;
      /** The item uses all its bits whatever its picture (COMP-5, BINARY-*, COMP-X, INDEX, POINTER, TRUNC(BIN)). */
      readonly native: boolean;
    }
  | { readonly kind: 'float' }
  | { readonly kind: 'bits'; readonly bits: number };

/** `single-byte`: X, A in the field's code page (may be a mixed page); `national`: N; `dbcs`: G, DISPLAY-1; `utf8`: U. */
export type TextEncodingKind = 'single-byte' | 'national' | 'dbcs' | 'utf8';

/** The OCCURS clause of an item, resolved. */
export interface Occurs {
  readonly minimum: number;
  readonly maximum: number;
  /** The DEPENDING ON item when it is in this record. */
  readonly counter: LayoutItem | null;
  /** The DEPENDING ON name as written; `null` for a fixed table. */
  readonly counterName: string | null;
  /** Bytes from one occurrence to the next (bits / 8 for bit tables, see `strideBits`). */
  readonly stride: number;
  readonly strideBits: number;
}

/** One data item of a record: a group (with `children`) or an elementary item (with `type`). */
export interface LayoutItem {
  /** Position in the record's `items`: preorder, which is copybook order. */
  readonly index: number;
  readonly level: number;
  /** As written; `null` for FILLER and unnamed items. */
  readonly name: string | null;
  /** Names from the 01 down, joined by `.`; FILLER stands for unnamed items. */
  readonly path: string;
  readonly parent: LayoutItem | null;
  readonly children: readonly LayoutItem[];
  /** `null` for groups. */
  readonly type: FieldType | null;
  /** Bytes from the start of the record to the first occurrence, every table before it at its maximum. */
  readonly offset: number;
  /** Bit within that byte, 0 = most significant; 0 for everything but bit items. */
  readonly bit: number;
  /** Bytes of one occurrence at maximum counts, with the slack inside it and its largest redefinition. */
  readonly length: number;
  /** The same in bits; 8 × length for everything but bit items and bit groups. */
  readonly bitLength: number;
  /** It starts at the next bit rather than the next byte: items of USAGE BIT, GROUP-USAGE BIT groups, and groups in these. */
  readonly bitAligned: boolean;
  /** Slack bytes directly before the item, put there by SYNCHRONIZED. */
  readonly slack: number;
  /** Slack bytes at the end of each occurrence, inside `length`. */
  readonly trailingSlack: number;
  readonly occurs: Occurs | null;
  /** The item this one redefines, as written; `null` for the others. */
  readonly redefines: LayoutItem | null;
  /** On the first item of a redefined area: itself and all that redefine it, in order. Empty everywhere else. */
  readonly views: readonly LayoutItem[];
  /** On the first item of a redefined area: bytes of the longest view with all its occurrences. Otherwise 0. */
  readonly areaLength: number;
  /** PICTURE as written, `null` without one. */
  readonly picture: string | null;
  /** USAGE in its standard spelling (`DISPLAY`, `COMP-3`, …), inherited ones too; `null` for groups without one. */
  readonly usage: string | null;
  readonly synchronized: boolean;
  readonly value: Literal | null;
  /** Level 88 entries of the item. */
  readonly conditions: readonly Condition[];
  readonly position: SourcePosition;
}

/** A level 66 entry. */
export interface LayoutRenames {
  readonly name: string;
  readonly from: LayoutItem;
  readonly through: LayoutItem;
  readonly offset: number;
  readonly length: number;
  readonly position: SourcePosition;
}

/** One 01, 77 or fragment. */
export interface RecordLayout {
  /** The name of the 01 or 77, or of the file for a fragment that starts at a deeper level. */
  readonly name: string;
  /** The 01 or 77 itself. For a fragment: a group of level 0 around its items. */
  readonly root: LayoutItem;
  /** Every item in copybook order, `root` first. */
  readonly items: readonly LayoutItem[];
  readonly renames: readonly LayoutRenames[];
  /** Bytes with every OCCURS DEPENDING ON table at its minimum count and its maximum count. Equal under `odo: maximum`. */
  readonly minimumLength: number;
  readonly maximumLength: number;
}

/** Where everything in a copybook lies: what `layoutOf` makes and `createCodec` takes. */
export interface Layout {
  readonly records: readonly RecordLayout[];
  readonly dialect: Dialect;
  /** Whether `,` is the decimal point of edited pictures. */
  readonly decimalComma: boolean;
  /** Currency symbol of pictures → the text it stands for (`$` → `$` by default). */
  readonly currency: ReadonlyMap<string, string>;
  readonly warnings: readonly Diagnostic[];
}
