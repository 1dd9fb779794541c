import type { LayoutItem, RecordLayout } from '../copybook/layout.ts';
import type { Issue } from './issue.ts';

/** A decoded elementary value. */
export type FieldValue = string | number | bigint | null;

/**
 * One item as it was found in one record. `offset` and `length` are the bytes it really touches there; `bit` is where it starts in the
 * first of them, 0 = most significant.
 */
export type Reading = FieldReading | GroupReading | TableReading;

/** An elementary item, or one entry of a table of them. */
export interface FieldReading {
  readonly kind: 'field';
  readonly item: LayoutItem;
  readonly offset: number;
  readonly bit: number;
  /** Bytes read: less than the item's length where the record ended first. */
  readonly length: number;
  /** 1-based, outermost table first; empty outside of tables. */
  readonly subscripts: readonly number[];
  readonly value: FieldValue;
  /** The exact decimal of a numeric item with the digits of its scale (`-12.50`), also when `value` is rounded; else `null`. */
  readonly digits: string | null;
  /** The item lies wholly behind the end of the record. */
  readonly absent: boolean;
  readonly issues: readonly Issue[];
}

/** A group, or one entry of a table of them. */
export interface GroupReading {
  readonly kind: 'group';
  readonly item: LayoutItem;
  readonly offset: number;
  readonly bit: number;
  readonly length: number;
  /** What it takes by its counters, though the record may end before. */
  readonly bits: number;
  readonly subscripts: readonly number[];
  /** In copybook order. Of a redefined area only the views that are present. */
  readonly children: readonly Reading[];
  /** Views of areas in this group that are not present, and why. */
  readonly absentViews: readonly AbsentView[];
  /** The group lies wholly behind the end of the record. */
  readonly absent: boolean;
}

/** A view of a redefined area that is not in the output. */
export interface AbsentView {
  readonly item: LayoutItem;
  readonly offset: number;
  readonly bit: number;
  /** `rule`: a rule chose another; `unreadable`: it has errors (in `issues`); `not-first`: an earlier one reads well. */
  readonly reason: 'rule' | 'unreadable' | 'not-first';
  readonly issues: readonly Issue[];
}

/** An item with OCCURS. */
export interface TableReading {
  readonly kind: 'table';
  readonly item: LayoutItem;
  readonly offset: number;
  readonly bit: number;
  readonly length: number;
  /** What it takes by its counters, though the record may end before. */
  readonly bits: number;
  readonly subscripts: readonly number[];
  /** One per occurrence that counts: fields, or groups. */
  readonly entries: readonly Reading[];
  /** The table lies wholly behind the end of the record, and has entries that are missing there. */
  readonly absent: boolean;
}

/** A whole record as it was read: a tree beside the layout's, for whoever wants offsets and bytes as well as values. */
export interface RecordReading {
  /** When no `recordWhen` rule fits (issue NO_RECORD): the first record, with an empty group as `root`. */
  readonly record: RecordLayout;
  /** What rules chose: the record when there are several, then views outside of tables, joined by `/`; `null` for nothing. */
  readonly view: string | null;
  readonly root: Reading;
  /** All issues that count, in record order (those of absent views do not). */
  readonly issues: readonly Issue[];
  /** Bytes of this record that the layout describes: all of them, or fewer when there is surplus. */
  readonly length: number;
}
