import type { Kernel } from './kernel.ts';

/**
 * What a compiled decoder does with the records of a codec, as plain data: nothing of WebAssembly, and nothing of JSON but the
 * names of members. `planText` prints it.
 */
export interface CompiledPlan {
  readonly records: readonly PlannedRecord[];
  /** Bytes that decide which record is meant; `null` when there is one. */
  readonly discriminator: RecordDiscriminator | null;
  /** Short lines of text are filled up with blanks of this byte; `null` for other formats. */
  readonly fill: number | null;
}

/** Where the values stand that `recordWhen` rules ask for. Together they are at most 8 bytes. */
export interface RecordDiscriminator {
  readonly pieces: readonly { readonly offset: number; readonly length: number }[];
}

/** One record layout. */
export interface PlannedRecord {
  readonly name: string;
  readonly root: PlannedNode;
  /** The 01 is a group, and no level of the output. */
  readonly rootIsObject: boolean;
  /** Bytes at maximum counts. */
  readonly length: number;
  /**
   * What the length of a frame must be: that of the layout (`length`), where its last item ends (`counted`), or anything from
   * there to the length of the layout, since nothing but slots that do not count may be missing (`between`).
   */
  readonly ends: 'length' | 'counted' | 'between';
  /** Where the last item ends; of a table that keeps its slots where it starts. */
  readonly end: Place;
  /** The slot with the number of entries of that table, and bytes from entry to entry; −1: there is none. */
  readonly endSlot: number;
  readonly endStride: number;
  /** How many places, and values kept for counters and rules, it needs. */
  readonly bases: number;
  readonly slots: number;
}

/**
 * A byte position: so many bytes behind a base. Base 0 is the start of the record; entries of tables and what follows a part whose
 * length depends on the data have bases of their own.
 */
export interface Place {
  readonly base: number;
  readonly offset: number;
}

/** What becomes of an item: see ItemRole. What is dropped is read all the same, since it may have issues. */
export type PlannedRole = 'member' | 'drop' | 'hoist';

interface PlannedBase {
  /** Copybook names, for people. */
  readonly path: string;
  readonly role: PlannedRole;
  /** `"NAME":` */
  readonly prefix: string;
}

export type PlannedNode = PlannedField | PlannedGroup | PlannedTable | PlannedArea | PlannedSubtree;

/** An elementary item. */
export interface PlannedField extends PlannedBase {
  readonly kind: 'field';
  /** Index among the record's items. */
  readonly item: number;
  readonly at: Place;
  /** Where it starts in its first byte; 0 for all but bit items. */
  readonly bit: number;
  readonly bits: number;
  readonly kernel: Kernel;
  /** Where the place, and for a counter the value, is kept: −1 for most. */
  readonly slot: number;
  /** Its value is how many entries a table has. */
  readonly counts: boolean;
}

/** A group, or one entry of a table of them. */
export interface PlannedGroup extends PlannedBase {
  readonly kind: 'group';
  readonly members: readonly PlannedNode[];
  /** A group that may take no bytes is left out when it stands at the end of the record. */
  readonly emptyAt: Place | null;
}

/** An item with OCCURS. */
export interface PlannedTable extends PlannedBase {
  readonly kind: 'table';
  readonly at: Place;
  readonly entry: PlannedField | PlannedGroup;
  /** The base of each entry. */
  readonly entryBase: number;
  /** Bytes from entry to entry; `null` when each ends where its last item does, at `entryEnd`. */
  readonly stride: number | null;
  readonly entryEnd: Place;
  readonly minimum: number;
  readonly maximum: number;
  /** Where the number of entries is kept; −1: all of them count. */
  readonly slot: number;
  /** The base of what follows, when that depends on the data; −1 otherwise. */
  readonly nextBase: number;
}

/** A redefined area. */
export interface PlannedArea {
  readonly kind: 'area';
  readonly path: string;
  readonly at: Place;
  /** Index of its first item among the record's items. */
  readonly item: number;
  /** `all` views are output; a rule chooses `one`; those that read without error are (`good`), or the `first` of them. */
  readonly how: 'all' | 'one' | 'good' | 'first';
  readonly views: readonly PlannedNode[];
  /** For each view of an area that is read by trial whether it may turn out to be unreadable. */
  readonly mayFail: readonly boolean[];
  /** The kept values that rules ask for, and how many bytes each has. */
  readonly slots: readonly { readonly slot: number; readonly length: number }[];
}

/** An item of fixed length, or a redefined area, that is left as a whole to the reference decoder. */
export interface PlannedSubtree extends PlannedBase {
  readonly kind: 'subtree';
  readonly why: string;
  /** Index of its (first) item among the record's items. */
  readonly item: number;
  readonly at: Place;
  readonly bit: number;
  readonly bits: number;
  /** Of an area the members of its views are output, of an item its value. */
  readonly area: boolean;
  /** The most bytes of JSON. */
  readonly bound: number;
}
