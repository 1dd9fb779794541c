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

/** Where the values stand that `recordWhen` rules ask for. */
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
  /** The slot with the number of entries of that table, and bits from entry to entry; −1: there is none. */
  readonly endSlot: number;
  readonly endStrideBits: number;
  /** How many places, and values kept for counters and rules, it needs. */
  readonly bases: number;
  readonly slots: number;
  /** The bases that are bits rather than whole bytes. */
  readonly bitBases: ReadonlySet<number>;
}

/**
 * A position: so many bytes, and up to 7 bits, behind a base. Base 0 is the start of the record; entries of tables and what follows a
 * part whose length depends on the data have bases of their own. Only bit items stand behind bases that are bits.
 */
export interface Place {
  readonly base: number;
  readonly offset: number;
  readonly bit: number;
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

export type PlannedNode = PlannedField | PlannedGroup | PlannedTable | PlannedArea | PlannedAlignment;

/** An elementary item. */
export interface PlannedField extends PlannedBase {
  readonly kind: 'field';
  /** Index among the record's items. */
  readonly item: number;
  readonly at: Place;
  readonly bits: number;
  readonly kernel: Kernel;
  /** Where the place, and for a counter the value, is kept: −1 for most. */
  readonly slot: number;
  /** Its value is how many entries a table has. */
  readonly counts: boolean;
  /** Its bits choose a view: a copy of them is kept, which starts at a byte. */
  readonly copied: boolean;
  /** It is only read to be kept, since what it decides stands before it, or its view may be absent. */
  readonly ahead: boolean;
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
  /** Bits from entry to entry; `null` when each ends where its last item does, at `entryEnd`. */
  readonly strideBits: number | null;
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

/** No item: behind a place that is a bit, the next whole byte is a base. */
export interface PlannedAlignment {
  readonly kind: 'alignment';
  readonly at: Place;
  readonly base: number;
}
