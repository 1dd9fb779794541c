import type { Diagnostic } from './copybook-error.ts';
import type { SourcePosition } from './source-position.ts';
import type { LiteralForm } from './token.ts';

/** A literal or figurative constant of a VALUE clause. */
export type Literal =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly form: LiteralForm; readonly text: string }
  | { readonly kind: 'figurative'; readonly word: FigurativeConstant }
  | { readonly kind: 'all'; readonly form: LiteralForm; readonly text: string };

/** Figurative constants, one spelling for each. */
export type FigurativeConstant = 'ZERO' | 'SPACE' | 'HIGH-VALUE' | 'LOW-VALUE' | 'QUOTE' | 'NULL';

/** A level 88 entry: values and ranges (`through` null for a single value). */
export interface Condition {
  readonly name: string;
  readonly values: readonly { readonly from: Literal; readonly through: Literal | null }[];
  readonly position: SourcePosition;
}

/** USAGE in its standard spelling. */
export type Usage =
  | 'DISPLAY'
  | 'COMP'
  | 'COMP-1'
  | 'COMP-2'
  | 'COMP-3'
  | 'COMP-5'
  | 'COMP-6'
  | 'COMP-X'
  | 'INDEX'
  | 'POINTER'
  | 'NATIONAL'
  | 'DISPLAY-1'
  | 'UTF-8'
  | 'BIT'
  | 'BINARY-CHAR'
  | 'BINARY-SHORT'
  | 'BINARY-LONG'
  | 'BINARY-DOUBLE';

/** OCCURS; both numbers are the same in a fixed table. */
export interface OccursClause {
  readonly minimum: number;
  readonly maximum: number;
  /** DEPENDING ON, innermost name first when qualified (`A OF B` = ['A', 'B']); `null` for a fixed table. */
  readonly dependingOn: readonly string[] | null;
  readonly position: SourcePosition;
}

/** SIGN LEADING or TRAILING. */
export interface SignClause {
  readonly placement: 'leading' | 'trailing';
  readonly separate: boolean;
}

/** One data description entry as written, clauses parsed but nothing resolved. */
export interface DataEntry {
  readonly level: number;
  /** As written; `null` for FILLER and unnamed items. */
  readonly name: string | null;
  readonly position: SourcePosition;
  readonly picture: { readonly text: string; readonly position: SourcePosition } | null;
  readonly usage: Usage | null;
  /** GROUP-USAGE BIT or NATIONAL. */
  readonly groupUsage: 'BIT' | 'NATIONAL' | null;
  /** BINARY-* UNSIGNED. */
  readonly unsigned: boolean;
  readonly sign: SignClause | null;
  readonly synchronized: boolean;
  readonly justified: boolean;
  readonly blankWhenZero: boolean;
  readonly value: Literal | null;
  readonly occurs: OccursClause | null;
  readonly redefines: { readonly name: string; readonly position: SourcePosition } | null;
  /** BYTE-LENGTH of a UTF-8 item. */
  readonly byteLength: number | null;
  readonly conditions: readonly Condition[];
  readonly children: readonly DataEntry[];
}

/** A level 66 entry as written; names innermost first, `through` null without THRU. */
export interface RenamesEntry {
  readonly name: string;
  readonly from: readonly string[];
  readonly through: readonly string[] | null;
  readonly position: SourcePosition;
}

/** One 01 or 77, or the entries of a fragment that starts at a deeper level. */
export interface RecordEntry {
  /** Name of the 01 or 77; of the file (upper case, no extension) for a fragment. */
  readonly name: string;
  /** The single 01 or 77 entry, or the top entries of a fragment. */
  readonly entries: readonly DataEntry[];
  readonly fragment: boolean;
  readonly renames: readonly RenamesEntry[];
}

/** A parsed copybook: the syntax tree, before any size or offset is known. */
export interface Copybook {
  readonly file: string;
  readonly records: readonly RecordEntry[];
  readonly decimalComma: boolean;
  /** Currency symbol of pictures → the text it stands for. */
  readonly currency: ReadonlyMap<string, string>;
  readonly warnings: readonly Diagnostic[];
}
