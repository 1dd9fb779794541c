import type { CompiledPlan } from './compiled-plan.ts';
import type { EmittedModule } from './emit-module.ts';
import { hasText } from './has-text.ts';
import { jsonSteps } from './json-steps.ts';
import type { RecordMode } from './record-mode.ts';
import { RecordWriter } from './record-writer.ts';
import type { Reference, Subscript } from './reference.ts';
import { startModule } from './start-module.ts';
import type { Local } from './wasm/function-writer.ts';
import { i32 } from './wasm/instructions.ts';

/** A WebAssembly module that decodes records of one layout that fast code refuses. */
export interface CarefulModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The first address behind what the module needs. */
  readonly end: number;
  /** Where notes are kept: see `noteParts`. 0: it refuses what there are notes about. */
  readonly notesAt: number;
}

/** What it takes: any text, or all that has no errors. */
export type CarefulMode = Exclude<RecordMode, 'fast'>;

/** What a careful module has in common with the one it works for. */
export type CarefulPlaces = Pick<EmittedModule, 'resultAt' | 'memories'>;

/**
 * Compile a record of a plan to a module of its own, which keeps what it needs in memory from `start` on; `null` when it would take
 * nothing that fast code does not. `references` are those of the module it works for: what it refers to besides is added.
 *
 * Exports `decode(start, length, out)`: the address behind the line, 0 for a record that it does not take either. `careful` takes any
 * text; `noting` has what its kernels refuse read by the import `noted` field by field, and keeps the fields that there are notes about.
 */
export function emitCareful(
  plan: CompiledPlan,
  { resultAt, memories }: CarefulPlaces,
  references: Reference[],
  index: number,
  mode: CarefulMode,
  start: number,
): CarefulModule | null {
  const record = plan.records[index];
  const memory = memories[index];
  if (record === undefined || memory === undefined) throw new RangeError(`no record ${index}`);
  if (mode === 'careful' && !hasText(record.root)) return null;
  const parts = startModule(start, plan.fill !== null, resultAt);
  const { module, refusedAt, notes } = parts;
  const reference = (item: number, subscripts: readonly Subscript[] = []): number =>
    references.push({ record: index, item, subscripts }) - 1;
  const steps = jsonSteps(record, mode !== 'noting');
  const decode = new RecordWriter(parts, record, memory, reference, mode, null).write(steps);
  const f = module.function(['i32', 'i32', 'i32'], ['i32']);
  const [from, length, out] = f.parameters as readonly [Local, Local, Local];
  // What refused the record is forgotten.
  f.get(from).get(length).get(out).call(decode).tee(out).do(i32.eqz);
  f.if(() => f.int(0).int(0).memory(i32.store, refusedAt));
  f.get(out);
  module.export('decode', f);
  const notesAt = mode === 'noting' ? notes.listAt : 0;
  return { bytes: module.finish(), end: module.end, notesAt };
}
