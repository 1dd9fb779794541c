import type { CarefulText } from './careful-text.ts';
import type { KeyCaches } from './key-caches.ts';
import type { LongNumbers } from './long-numbers.ts';
import type { LongTexts } from './long-texts.ts';
import type { Callable } from './wasm/function-writer.ts';
import type { ModuleWriter } from './wasm/module-writer.ts';

/** Functions outside of the module, which know items by numbers: `(item, address, out) → out`, 0 when there is an issue. */
export interface Callbacks {
  readonly field: Callable;
  /** The same, for a text without its quotation marks. */
  readonly text: Callable;
  readonly subtree: Callable;
  /** `(item, address) → number`, −1 when there is an issue. */
  readonly count: Callable;
  /** `(item) → view` of an area, −1 when no rule fits. */
  readonly view: Callable;
  /** `(item, view, address)`: 1 when a view of an area surely cannot be read, else 0. */
  readonly isUnreadable: Callable;
}

/** What the functions of a module have in common. */
export interface ModuleParts {
  readonly module: ModuleWriter;
  readonly callbacks: Callbacks;
  readonly long: LongNumbers;
  readonly longTexts: LongTexts;
  readonly careful: CarefulText;
  readonly caches: KeyCaches;
  /** Set by shared functions that refuse a record. */
  readonly refusedAt: number;
  /** Records that are too short have been filled up. */
  readonly filled: boolean;
}
