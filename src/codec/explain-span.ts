import type { LayoutItem } from '../copybook/layout.ts';
import type { Issue } from './issue.ts';
import type { AbsentView, FieldValue } from './reading.ts';

/** A run of bits of a record, and what it is. */
export type Span = FieldSpan | GapSpan;

/** Where something lies. `offset` and `bit` (0 = most significant) say where it starts, `bits` how far it goes. */
export interface Extent {
  readonly offset: number;
  readonly bit: number;
  /** Bytes it touches; 0 when `bits` is 0. */
  readonly length: number;
  readonly bits: number;
}

/** A field that is there, wholly or in part. */
export interface FieldSpan extends Extent {
  readonly kind: 'field';
  readonly item: LayoutItem;
  /** As in issues: `ORDER.LINE(2).PRICE`. */
  readonly path: string;
  readonly subscripts: readonly number[];
  /** The bytes it touches: a view of the record. */
  readonly bytes: Uint8Array;
  readonly value: FieldValue;
  /** The exact decimal of a number, also when `value` is rounded or `null`. */
  readonly digits: string | null;
  readonly issues: readonly Issue[];
}

/** Bits that no value of the output describes. */
export interface GapSpan extends Extent {
  readonly kind: 'gap';
  readonly gap: GapKind;
  /** The FILLER itself; else the group, table or redefined area the gap lies in. */
  readonly item: LayoutItem;
  readonly path: string;
  readonly subscripts: readonly number[];
  readonly bytes: Uint8Array;
  /** Of `absent-view` and `overlay`: the views that reach here. */
  readonly views: readonly ViewState[];
  readonly issues: readonly Issue[];
}

/**
 * Why bits have no value.
 *
 * - `filler`: elementary FILLER that is left out
 * - `slack`: put there by SYNCHRONIZED
 * - `pad-bits`: less than a byte, up to where the next item may start
 * - `unused-slot`: table entries that the counter does not count, or what they leave free in a redefined area
 * - `absent-view`: behind the end of the view that is shown, or there is none; only absent views reach here
 * - `overlay`: behind the end of the view that tiles, described by another present one, which lies beside the tiles
 * - `padding`: fills the record to its maximum length (`odo: padded`)
 * - `surplus`: behind the end of the layout
 * - `no-record`: no record rule fits
 */
export type GapKind =
  | 'filler'
  | 'slack'
  | 'pad-bits'
  | 'unused-slot'
  | 'absent-view'
  | 'overlay'
  | 'padding'
  | 'surplus'
  | 'no-record';

/** What became of one view of a redefined area. */
export interface ViewState {
  readonly item: LayoutItem;
  /** `present`: it is in the output; the other reasons are those of AbsentView. */
  readonly state: 'present' | AbsentView['reason'];
  /** Why it is unreadable. */
  readonly issues: readonly Issue[];
}

/** Part of the outline of a record: a span, or something with parts. */
export type Outline = Span | Branch;

/** A group, a table or a redefined area, with what lies in it. */
export interface Branch extends Extent {
  readonly kind: 'group' | 'table' | 'area';
  /** Of an area its first item. */
  readonly item: LayoutItem;
  readonly path: string;
  readonly subscripts: readonly number[];
  /** They follow one another without a gap, and fill the branch. Of an area: the view that tiles. */
  readonly parts: readonly Outline[];
  /** Areas: the other views that are present. They describe the bits of `parts` again. */
  readonly overlays: readonly Outline[];
  /** Areas: every view, in copybook order. */
  readonly views: readonly ViewState[];
}
