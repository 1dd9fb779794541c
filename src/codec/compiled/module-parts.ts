import type { CarefulText } from './careful-text.ts';
import type { FieldNotes } from './field-notes.ts';
import type { KeyCaches } from './key-caches.ts';
import type { LongNumbers } from './long-numbers.ts';
import type { LongTexts } from './long-texts.ts';
import type { SmallNumbers } from './small-numbers.ts';
import type { Callable } from './wasm/function-writer.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/**
 * Functions outside of the module, which know items by numbers: `(item, address, bit, out) → out`, 0 when there is an issue. `bit` is where
 * the item starts in its first byte.
 */
export interface Callbacks {
  readonly field: Callable;
  /** The same, for a text without its quotation marks. */
  readonly text: Callable;
  /** The same for an item that may have notes, which is kept then as `FieldNotes` would: 0 only when there is an error. */
  readonly noted: Callable;
  /** `(item, address, bit) → number`, −1 when there is an issue. */
  readonly count: Callable;
  /** `(item) → view` of an area, −1 when no rule fits. */
  readonly view: Callable;
  /** `(item, view, address, bit)`: 1 when a view of an area surely cannot be read, else 0. */
  readonly isUnreadable: Callable;
  /** `(address, length) → record` of the plan, by its discriminator; negative for none. */
  readonly record: Callable;
  /** `(record, start, length, out) → out`: decode a record by careful code; 0 when that refuses it too. */
  readonly careful: Callable;
}

/** What the functions of a module have in common. */
export interface ModuleParts {
  readonly module: ModuleWriter;
  readonly callbacks: Callbacks;
  readonly long: LongNumbers;
  readonly longTexts: LongTexts;
  readonly small: SmallNumbers;
  readonly careful: CarefulText;
  readonly caches: KeyCaches;
  readonly notes: FieldNotes;
  /** Where a run leaves what it did: see `resultPlaces`. */
  readonly resultAt: number;
  /** Set by shared functions that refuse a record. */
  readonly refusedAt: number;
  /** Where it is kept how many bytes of notes there are about the record so far. */
  readonly notesAt: number;
  /** Records that are too short have been filled up. */
  readonly filled: boolean;
}
