import { grantTurns } from './careful-turns.ts';
import type { CompiledCode, Run } from './compiled-code.ts';
import type { CompiledPlan } from './compiled-plan.ts';
import type { DecodingSpace } from './decoding-space.ts';
import { type CarefulMode, type CarefulModule, emitCareful } from './emit-careful.ts';
import { emitModule } from './emit-module.ts';
import type { MadeModule, ModulePlaces } from './made-module.ts';
import type { ReferenceCalls } from './reference-calls.ts';
import { resultPlaces } from './result-places.ts';
import type { WebAssemblyApi } from './wasm/web-assembly.ts';

/**
 * Compile a plan to WebAssembly, which keeps what it needs in the space from `start` on.
 *
 * `made`: what that gave before, for the same plan. It is good for the same place only.
 */
export function compileModule(
  plan: CompiledPlan,
  start: number,
  api: WebAssemblyApi,
  made: MadeModule | null = null,
): CompiledCode {
  const known = made?.start === start ? made : null;
  const emitted = known ?? emitModule(plan, start);
  const { end, lineBound, resultAt, memories, turnsAt, references } = emitted;
  const places = { end, lineBound, resultAt, memories, turnsAt, references };
  const all = [...references]; // more when a careful module is compiled
  const careful = (record: number, mode: CarefulMode, from: number): CarefulModule | null =>
    emitCareful(plan, places, all, record, mode, from);
  let module = known?.module ?? null;
  return {
    ...places,
    engine: 'webassembly',
    slotsAt: memories.map(({ slotsAt }) => slotsAt),
    references: all,
    get made(): MadeModule | null {
      return module === null ? null : { ...places, start, module };
    },
    start(space, calls): Run {
      if ('bytes' in emitted) module ??= new api.Module(emitted.bytes);
      if (module === null) throw new RangeError('there is no module');
      return startRun(module, careful, places, space, calls, api);
    },
  };
}

/** Code that is tried when fast code refuses a record. */
interface Attempt {
  readonly decode: (start: number, length: number, out: number) => number;
  readonly notesAt: number;
}

const noAttempt: Attempt = { decode: () => 0, notesAt: 0 };

function startRun(
  module: object,
  emitted: (record: number, mode: CarefulMode, from: number) => CarefulModule | null,
  { resultAt, turnsAt }: ModulePlaces,
  space: DecodingSpace,
  calls: ReferenceCalls,
  api: WebAssemblyApi,
): Run {
  const usedAt = (resultAt + resultPlaces.notes) >> 2;
  const attempts: Readonly<Record<CarefulMode, Attempt[]>> = { careful: [], noting: [] };
  const table = new api.Table({ element: 'anyfunc', initial: turnsAt.length }); // of `attempts.careful`
  const granted: number[] = []; // turns of careful code
  const notedLast = new Set<number>(); // layouts, which are likely to be noted again

  const attempt = (mode: CarefulMode, record: number, start: number, length: number, out: number): number => {
    const { decode, notesAt } = attempts[mode][record] ?? compile(mode, record);
    calls.begin(start, length, notesAt);
    return decode(start, length, out);
  };
  const careful = (record: number, start: number, length: number, out: number): number => {
    const before = notedLast.has(record);
    const plain = before ? 0 : attempt('careful', record, start, length, out);
    if (plain !== 0) {
      granted[record] = grantTurns(space.numbers, turnsAt[record] ?? 0, granted[record] ?? 0);
      return plain;
    }
    const end = attempt('noting', record, start, length, out);
    const noted = space.numbers[usedAt] !== 0;
    if (noted && !before) notedLast.add(record);
    else if (!noted && before) notedLast.delete(record);
    return end;
  };
  const exportsOf = (compiled: object): unknown =>
    new api.Instance(compiled, { env: { ...calls, careful, table, memory: space.memory } }).exports;
  const compile = (mode: CarefulMode, record: number): Attempt => {
    const { address } = space.allocate(0);
    const code = emitted(record, mode, address);
    let found = noAttempt;
    try {
      if (code !== null) {
        const { bytes, end, notesAt } = code;
        space.allocate(end - address);
        found = { ...(exportsOf(new api.Module(bytes)) as Pick<Attempt, 'decode'>), notesAt };
        if (mode === 'careful') table.set(record, found.decode);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // no memory is left
    }
    attempts[mode][record] = found;
    return found;
  };
  return (exportsOf(module) as { readonly run: Run }).run;
}
