import { CarefulText } from './careful-text.ts';
import { FieldNotes } from './field-notes.ts';
import { KeyCaches } from './key-caches.ts';
import { LongNumbers } from './long-numbers.ts';
import { LongTexts } from './long-texts.ts';
import type { ModuleParts } from './module-parts.ts';
import { resultPlaces } from './result-places.ts';
import { SmallNumbers } from './small-numbers.ts';
import { ModuleWriter } from './wasm/module-writer.ts';

/**
 * Begin a module: what it imports, and what its functions have in common. It keeps what it needs in memory from `start` on.
 *
 * `filled`: see `ModuleParts`. `resultAt`: that of the module which this one works for, unless it is the first.
 */
export function startModule(start: number, filled: boolean, resultAt: number | null = null): ModuleParts {
  const module = new ModuleWriter(start);
  const callbacks = {
    field: module.import('field', ['i32', 'i32', 'i32', 'i32'], ['i32']),
    text: module.import('text', ['i32', 'i32', 'i32', 'i32'], ['i32']),
    noted: module.import('noted', ['i32', 'i32', 'i32', 'i32'], ['i32']),
    count: module.import('count', ['i32', 'i32', 'i32'], ['i32']),
    view: module.import('view', ['i32'], ['i32']),
    isUnreadable: module.import('isUnreadable', ['i32', 'i32', 'i32', 'i32'], ['i32']),
    record: module.import('record', ['i32', 'i32'], ['i32']),
    careful: module.import('careful', ['i32', 'i32', 'i32', 'i32'], ['i32']),
  };
  const result = resultAt ?? module.reserve(resultPlaces.size);
  const refusedAt = result + resultPlaces.refused;
  const notesAt = result + resultPlaces.notes;
  return {
    module,
    callbacks,
    long: new LongNumbers(module, refusedAt),
    longTexts: new LongTexts(module, refusedAt),
    small: new SmallNumbers(module),
    careful: new CarefulText(module, refusedAt),
    caches: new KeyCaches(module),
    notes: new FieldNotes(module, notesAt),
    resultAt: result,
    refusedAt,
    notesAt,
    filled,
  };
}
